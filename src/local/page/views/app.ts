/** The whole page: places on the left, the channel with its messages, and the composer. */
import { html, nothing, type TemplateResult } from "lit";
import type { Actions } from "../actions.ts";
import { closeIcon, hashIcon, menuIcon } from "../icons.ts";
import { currentChannel, displayName, type PageState } from "../state.ts";
import "./composer.ts";
import { messageListView } from "./message-list.ts";
import { avatarOf } from "./message-view.ts";
import { sidebarView } from "./sidebar.ts";

export interface Surroundings {
  readonly light: boolean;
  /** Whether the list of channels is open, where it does not stand beside the messages. */
  readonly sidebarOpen: boolean;
  /** What a screen reader is to say: the last thing that came. */
  readonly announcement: string;
}

export function appView(state: PageState, actions: Actions, surroundings: Surroundings): TemplateResult {
  const { session } = state;
  const channel = currentChannel(state);
  if (session === null || channel === undefined) {
    return html`<main class="waiting"><p role="status">${state.connection === "lost" ? "Waiting for the local Discord to start again…" : "Connecting…"}</p></main>`;
  }
  const direct = channel.kind === "dm";
  const name = direct && session.bot !== null ? displayName(session.bot) : channel.name;
  return html`<div class="app ${surroundings.sidebarOpen ? "sidebar-open" : ""}">
    ${sidebarView(state, session, actions, surroundings.light)}
    <div class="veil" @click=${actions.toggleSidebar}></div>
    <main>
      <header>
        <button
          type="button"
          class="tool open-sidebar"
          aria-label="Channels"
          aria-expanded=${surroundings.sidebarOpen}
          aria-controls="sidebar"
          @click=${actions.toggleSidebar}
        >
          ${menuIcon}${state.unread.size === 0 ? nothing : html`<i class="unread-dot"></i>`}
        </button>
        ${direct ? html`<img class="avatar" src=${avatarOf({ bot: true })} alt="" />` : hashIcon}
        <h1>${name}</h1>
        ${channel.topic === undefined ? nothing : html`<p class="topic" title=${channel.topic}>${channel.topic}</p>`}
      </header>
      ${statusView(state, actions)}
      <div class="scroller" tabindex="0" role="region" aria-label="Messages in ${name}">
        ${messageListView(state, session, channel, actions, surroundings.light)}
      </div>
      <message-composer
        class="composer"
        .page=${state}
        .session=${session}
        .channel=${channel}
        .actions=${actions}
      ></message-composer>
      <div class="hidden" aria-live="polite">${surroundings.announcement}</div>
    </main>
  </div>`;
}

function statusView(state: PageState, actions: Actions): TemplateResult | typeof nothing {
  if (state.connection === "lost") {
    return html`<p class="status" role="status">The local Discord is not answering. Trying again…</p>`;
  }
  if (state.notice !== null) {
    return html`<p class="status" role="alert">
      <span>${state.notice}</span>
      <button type="button" class="tool" aria-label="Close" @click=${actions.closeNotice}>${closeIcon}</button>
    </p>`;
  }
  if (state.session?.botOnline === false) {
    return html`<p class="status" role="status">Wayout is not connected yet. It answers as soon as it is online.</p>`;
  }
  return nothing;
}
