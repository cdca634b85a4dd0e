/**
 * The chat parts of `@skyra/discord-components-core`, only those in use, and what they lack here: colors that reach WCAG
 * AA, the page's sizes, and a way to dismiss a private message with the keyboard (ours stands below the message).
 */
import { DiscordAuthorInfo } from "@skyra/discord-components-core/discord-author-info.js";
import { DiscordCommand } from "@skyra/discord-components-core/discord-command.js";
import { DiscordMention } from "@skyra/discord-components-core/discord-mention.js";
import { DiscordMessage } from "@skyra/discord-components-core/discord-message.js";
import { DiscordReply } from "@skyra/discord-components-core/discord-reply.js";
import "@skyra/discord-components-core/discord-messages.js";
import "@skyra/discord-components-core/discord-quote.js";
import "@skyra/discord-components-core/discord-spoiler.js";
import "@skyra/discord-components-core/discord-time.js";
import { css } from "lit";

// Styles of the page do not reach into the library's shadow roots, its properties do.
const author = css`
  .discord-author-username.discord-author-username {
    color: var(--heading);
    font-weight: 600;
  }
`;

const line = css`
  .discord-replied-message-username.discord-replied-message-username {
    color: var(--text);
    opacity: 1;
  }
  .discord-replied-message-content.discord-replied-message-content {
    overflow: hidden;
    cursor: default;
    color: inherit;
  }
  .discord-slash-command-name.discord-slash-command-name.discord-slash-command-name {
    color: var(--mention-text) !important;
    background: var(--mention);
  }
`;

DiscordAuthorInfo.elementStyles.push(author);
DiscordReply.elementStyles.push(line);
DiscordCommand.elementStyles.push(line);
DiscordMention.elementStyles.push(css`
  :host(:not(:hover)) {
    color: var(--mention-text);
    background: var(--mention);
  }
`);
DiscordMessage.elementStyles.push(css`
  .discord-message-timestamp.discord-message-timestamp.discord-message-timestamp,
  .discord-message-edited.discord-message-edited {
    color: var(--muted);
    font-size: 12px;
  }
  .discord-message-content {
    min-width: 0;
  }
  .discord-message-body-only-indent {
    flex: none;
  }
  .discord-message-ephemeral {
    display: none;
  }
  .discord-author-avatar.discord-author-avatar {
    margin-top: 2px;
  }
  @media (max-width: 760px) {
    .discord-author-avatar.discord-author-avatar {
      min-width: 32px;
      margin-right: 12px;
    }
    .discord-author-avatar.discord-author-avatar img {
      width: 32px;
      height: 32px;
    }
    .discord-message-body-only-indent.discord-message-body-only-indent {
      width: 44px;
    }
  }
`);
