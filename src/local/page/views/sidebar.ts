/** The list of places to write in, and the person's own corner with the theme switch. */
import { html, type TemplateResult } from "lit";
import type { LocalChannel } from "../../protocol.ts";
import type { Actions } from "../actions.ts";
import { closeIcon, hashIcon, moonIcon, sunIcon } from "../icons.ts";
import { displayName, type PageState, type Session } from "../state.ts";
import { avatarOf } from "./message-view.ts";

export function sidebarView(state: PageState, session: Session, actions: Actions, light: boolean): TemplateResult {
  const guild = session.channels.filter((channel) => channel.kind === "guild");
  const direct = session.channels.filter((channel) => channel.kind === "dm");
  return html`<nav id="sidebar" class="sidebar" aria-label="Channels">
    <div class="guild">
      <span class="guild-name">${session.guildName}</span>
      <button type="button" class="tool close-sidebar" aria-label="Close the list of channels" @click=${actions.toggleSidebar}>
        ${closeIcon}
      </button>
    </div>
    <div class="places">
      <h2>Text channels</h2>
      <ul>
        ${guild.map((channel) => placeView(channel, state, session, actions))}
      </ul>
      <h2>Direct messages</h2>
      <ul>
        ${direct.map((channel) => placeView(channel, state, session, actions))}
      </ul>
    </div>
    <div class="me">
      <img class="avatar" src=${avatarOf(session.user)} alt="" />
      <span class="me-name">${displayName(session.user)}<small>That's you, on this computer only</small></span>
      <button
        type="button"
        class="tool"
        aria-label=${light ? "Dark theme" : "Light theme"}
        title=${light ? "Dark theme" : "Light theme"}
        @click=${actions.toggleTheme}
      >
        ${light ? moonIcon : sunIcon}
      </button>
    </div>
  </nav>`;
}

function placeView(channel: LocalChannel, state: PageState, session: Session, actions: Actions): TemplateResult {
  const current = channel.id === state.channelId;
  const unread = state.unread.has(channel.id);
  return html`<li>
    <button
      type="button"
      class="place ${unread ? "unread" : ""}"
      aria-current=${current ? "page" : "false"}
      @click=${() => actions.openChannel(channel.id)}
    >
      ${channel.kind === "guild" ? html`${hashIcon}<span>${channel.name}</span>` : botPlace(session, channel)}
      ${unread ? html`<span class="hidden">, unread</span>` : ""}
    </button>
  </li>`;
}

function botPlace(session: Session, channel: LocalChannel): TemplateResult {
  const presence = session.botOnline ? "online" : "offline";
  return html`<span class="presence ${presence}">
      <img class="avatar" src=${avatarOf({ bot: true })} alt="" /><i></i>
    </span>
    <span>${session.bot === null ? channel.name : displayName(session.bot)}</span>
    <span class="hidden">, ${presence}</span>`;
}
