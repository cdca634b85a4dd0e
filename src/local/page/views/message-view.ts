/** One message: the library draws its frame (author, time, reply line, tint), this fills it. */
import {
  type APIApplicationCommand,
  type APIAttachment,
  type APIMessage,
  type APIUser,
  MessageFlags,
} from "discord-api-types/v10";
import { html, nothing, type TemplateResult } from "lit";
import type { LocalMessage } from "../../protocol.ts";
import type { Actions } from "../actions.ts";
import { eyeIcon, moreIcon, replyIcon, warningIcon } from "../icons.ts";
import personImage from "../images/person.svg";
import wayoutImage from "../images/wayout.svg";
import { type Mentions, parseMarkdown, plainText } from "../markdown.ts";
import { displayName, type Interaction } from "../state.ts";
import { clock, messageTime } from "../time.ts";
import { componentsView, fileView } from "./components-view.ts";
import { markdownView } from "./markdown-view.ts";

export interface MessageContext {
  readonly actions: Actions;
  readonly mentions: Mentions;
  /** The commands offered on a message. */
  readonly messageCommands: readonly APIApplicationCommand[];
  /** What is under way, or has failed, on this message. */
  readonly interaction: Interaction | undefined;
  /** It follows its author's last message closely: no avatar and no name. */
  readonly grouped: boolean;
  readonly now: Date;
}

/** The picture of a user: the bot has its mark, everybody else one shape. */
export function avatarOf(user: Pick<APIUser, "bot">): string {
  return user.bot === true ? wayoutImage : personImage;
}

/** What a message says, on one line: for a reply's preview and for screen readers. */
export function summary(message: APIMessage, mentions: Mentions): string {
  const texts: string[] = [];
  if (message.content !== "") texts.push(message.content);
  collectTexts(message.components ?? [], texts);
  return plainText(parseMarkdown(texts.join("\n")), mentions)
    .replace(/\s+/g, " ")
    .trim();
}

export function isPrivate(message: APIMessage): boolean {
  return has(message, MessageFlags.Ephemeral);
}

/** A message with its reply line, its components, and what can be done with it. */
export function messageView(local: LocalMessage, context: MessageContext): TemplateResult {
  const { message } = local;
  const date = new Date(message.timestamp);
  const time = context.grouped ? clock(date) : messageTime(date, context.now);
  const hidden = isPrivate(message);
  return html`<div
    class="message ${context.grouped ? "grouped" : ""}"
    role="article"
    aria-label="${displayName(message.author)}, ${time}"
    data-message-id=${message.id}
  >
    <discord-message
      .author=${displayName(message.author)}
      .avatar=${avatarOf(message.author)}
      .bot=${message.author.bot === true}
      .timestamp=${time}
      .edited=${message.edited_timestamp !== null && !has(message, MessageFlags.IsComponentsV2)}
      .ephemeral=${hidden}
      .messageBodyOnly=${context.grouped}
      .highlight=${false}
    >
      ${replyView(local, context.mentions)} ${bodyView(local, context)}
      <div slot="components" class="components">
        ${componentsView(message.components ?? [], {
          mentions: context.mentions,
          pending: pendingComponent(context.interaction),
          onUse: (customId, values) => context.actions.useComponent(local, customId, values),
        })}
        ${unplacedFiles(message).map(({ url, filename }) => fileView(url, filename))} ${failureView(context)} ${hidden ? privateNote(local, context.actions) : nothing}
      </div>
    </discord-message>
    ${hidden || has(message, MessageFlags.Loading) ? nothing : toolsView(local, context)}
  </div>`;
}

/** A bot's answer that is still awaited, or did not come: where the answer would stand. */
export function awaitedView(bot: APIUser, interaction: Interaction, actions: Actions): TemplateResult {
  return html`<div class="message" role="article" aria-label=${displayName(bot)}>
    <discord-message
      .author=${displayName(bot)}
      .avatar=${avatarOf(bot)}
      .bot=${true}
      .timestamp=${""}
      .ephemeral=${interaction.stage === "failed"}
    >
      ${
        interaction.stage === "failed"
          ? html`<div slot="components" class="components">
              <p class="failure">${warningIcon}${interaction.reason ?? "The application did not respond"}</p>
              <p class="private-note">
                ${eyeIcon} Only you can see this ·
                <button type="button" class="text-button" @click=${() => actions.forgetInteraction(interaction.nonce)}>
                  Dismiss message
                </button>
              </p>
            </div>`
          : thinkingView(displayName(bot))
      }
    </discord-message>
  </div>`;
}

function thinkingView(name: string): TemplateResult {
  return html`<span class="thinking"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${name} is thinking…</span>`;
}

function bodyView({ message }: LocalMessage, { mentions }: MessageContext): TemplateResult | typeof nothing {
  if (has(message, MessageFlags.Loading)) return thinkingView(displayName(message.author));
  if (message.content === "") return nothing;
  return html`<span class="content">${markdownView(message.content, mentions)}</span>`;
}

function replyView({ message, repliedTo }: LocalMessage, mentions: Mentions): TemplateResult | typeof nothing {
  if (repliedTo !== undefined) {
    return html`<discord-reply
      slot="reply"
      .author=${displayName(repliedTo.author)}
      .avatar=${avatarOf(repliedTo.author)}
      .bot=${repliedTo.author.bot === true}
      .edited=${false}
      .mentions=${message.mentions.some((user) => user.id === repliedTo.author.id)}
      >${summary(repliedTo, mentions) || "Click to see attachment"}</discord-reply
    >`;
  }
  if (message.message_reference !== undefined && message.interaction_metadata === undefined) {
    return html`<discord-reply slot="reply" .deleted=${true}></discord-reply>`;
  }
  const used = usedCommand(message);
  if (used === undefined) return nothing;
  return html`<discord-command
    slot="reply"
    .author=${displayName(used.user)}
    .avatar=${avatarOf(used.user)}
    .command=${used.name}
    .type=${"slash_command"}
  ></discord-command>`;
}

/** The command that a message answers, as Discord's clients show it above the answer. */
function usedCommand(message: APIMessage): { readonly name: string; readonly user: APIUser } | undefined {
  // Real payloads still carry the older field, the only one with the command's name.
  const { interaction } = message;
  if (interaction === undefined) return undefined;
  return { name: interaction.name, user: interaction.user };
}

/** Files that no component shows: with components of the second version, each file stands where one names it. */
function unplacedFiles(message: APIMessage): readonly APIAttachment[] {
  return has(message, MessageFlags.IsComponentsV2) ? [] : message.attachments;
}

function failureView({ interaction }: MessageContext): TemplateResult | typeof nothing {
  if (interaction?.stage !== "failed") return nothing;
  return html`<p class="failure" role="status">
    ${warningIcon}${interaction.reason ?? "This interaction failed"}
  </p>`;
}

function privateNote(local: LocalMessage, actions: Actions): TemplateResult {
  return html`<p class="private-note">
    ${eyeIcon} Only you can see this ·
    <button type="button" class="text-button" @click=${() => actions.dismiss(local)}>Dismiss message</button>
  </p>`;
}

function toolsView(local: LocalMessage, { actions, messageCommands }: MessageContext): TemplateResult {
  const close = (event: Event) => {
    if (!(event.currentTarget instanceof HTMLElement)) return;
    const menu = event.currentTarget.closest("details");
    menu?.removeAttribute("open");
    menu?.querySelector("summary")?.focus();
  };
  return html`<div class="tools">
    <button type="button" class="tool" aria-label="Reply" title="Reply" @click=${() => actions.replyTo(local)}>
      ${replyIcon}
    </button>
    <details
      class="tool-menu"
      @focusout=${(event: FocusEvent) => {
        const menu = event.currentTarget;
        if (!(menu instanceof HTMLElement)) return;
        if (!(event.relatedTarget instanceof Node) || !menu.contains(event.relatedTarget)) menu.removeAttribute("open");
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Escape") close(event);
      }}
    >
      <summary class="tool" aria-label="More" title="More">${moreIcon}</summary>
      <div class="menu">
        <button
          type="button"
          @click=${(event: Event) => {
            close(event);
            actions.replyTo(local);
          }}
        >
          Reply
        </button>
        ${messageCommands.length === 0 ? nothing : html`<p class="menu-title">Apps</p>`}
        ${messageCommands.map(
          (command) => html`<button
            type="button"
            @click=${(event: Event) => {
              close(event);
              actions.runCommand(command, [], local);
            }}
          >
            <img src=${wayoutImage} alt="" />${command.name}
          </button>`,
        )}
      </div>
    </details>
  </div>`;
}

function pendingComponent(interaction: Interaction | undefined): string | null {
  if (interaction === undefined || interaction.stage === "failed" || interaction.source.kind !== "component")
    return null;
  return interaction.source.customId;
}

function has(message: APIMessage, flag: MessageFlags): boolean {
  return ((message.flags ?? 0) & flag) !== 0;
}

function collectTexts(components: readonly unknown[], texts: string[]): void {
  for (const component of components) {
    if (typeof component !== "object" || component === null) continue;
    if ("content" in component && typeof component.content === "string") texts.push(component.content);
    if ("components" in component && Array.isArray(component.components)) collectTexts(component.components, texts);
  }
}
