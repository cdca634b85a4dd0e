/** The page of the local Discord: keeps the state, draws it, and does what a person asks for. */
import { render } from "lit";
import type { ServerEvent } from "../protocol.ts";
import type { Actions } from "./actions.ts";
import { connect } from "./connection.ts";
import wayoutImage from "./images/wayout.svg";
import "./library.ts";
import { type Follower, followLatest } from "./scrolling.ts";
import {
  applyEvent,
  displayName,
  encodeMentions,
  initialState,
  loseConnection,
  mentionsOf,
  openChannel,
  type PageState,
  startInteraction,
  withoutInteraction,
} from "./state.ts";
import "./styles/page.css";
import { applyTheme, isLight, toggleTheme } from "./theme.ts";
import { appView } from "./views/app.ts";
import { MessageComposer } from "./views/composer.ts";
import { isPrivate, summary } from "./views/message-view.ts";

/** What is read out of a message that came, at most; a whole card would take minutes. */
const ANNOUNCED_CHARACTERS = 180;

const root = pageRoot();
let state: PageState = initialState;
let sidebarOpen = false;
let announcement = "";
let nonces = 0;
let follower: Follower | undefined;

const actions: Actions = {
  openChannel(channelId) {
    sidebarOpen = false;
    update(openChannel(state, channelId));
    follower?.follow();
    void composer()?.focusText();
  },
  toggleSidebar() {
    sidebarOpen = !sidebarOpen;
    draw();
    const focus = sidebarOpen ? ".sidebar .place[aria-current=page]" : ".open-sidebar";
    root.querySelector<HTMLElement>(focus)?.focus();
  },
  toggleTheme() {
    toggleTheme();
    draw();
  },
  sendMessage(content) {
    const { session, channelId, replyTo } = state;
    if (session === null || channelId === null) return false;
    const sent = connection.send({
      type: "send-message",
      channelId,
      content: encodeMentions(content, session.bot === null ? [] : [session.bot]),
      ...(replyTo === null ? {} : { replyTo: replyTo.message.id }),
    });
    if (!sent) return refuse();
    follower?.follow();
    update({ ...state, replyTo: null, notice: null });
    return true;
  },
  runCommand(command, options, target) {
    const { channelId } = state;
    if (channelId === null) return false;
    const nonce = nextNonce();
    const sent = connection.send({
      type: "command",
      nonce,
      channelId,
      commandId: command.id,
      options,
      ...(target === undefined ? {} : { targetId: target.message.id }),
    });
    if (!sent) return refuse();
    follower?.follow();
    update(startInteraction(state, { nonce, channelId, source: { kind: "command", name: command.name } }));
    return true;
  },
  complete(command, options, focused) {
    const nonce = nextNonce();
    const { channelId } = state;
    if (channelId !== null) {
      connection.send({ type: "autocomplete", nonce, channelId, commandId: command.id, options, focused });
    }
    return nonce;
  },
  useComponent({ message }, customId, values) {
    const nonce = nextNonce();
    const channelId = message.channel_id;
    const sent = connection.send({
      type: "component",
      nonce,
      channelId,
      messageId: message.id,
      customId,
      ...(values === undefined ? {} : { values }),
    });
    if (!sent) {
      refuse();
      return;
    }
    const source = { kind: "component", messageId: message.id, customId } as const;
    update(startInteraction(state, { nonce, channelId, source }));
  },
  dismiss({ message }) {
    if (!connection.send({ type: "dismiss", channelId: message.channel_id, messageId: message.id })) refuse();
    void composer()?.focusText();
  },
  replyTo(message) {
    update({ ...state, replyTo: message });
    void composer()?.focusText();
  },
  fillComposer(text) {
    void composer()?.fill(text);
  },
  forgetInteraction(nonce) {
    update(withoutInteraction(state, nonce));
  },
  closeNotice() {
    update({ ...state, notice: null });
  },
};

applyTheme(draw);
showIcon();
draw();
const connection = connect({
  onEvent,
  onLost: () => update(loseConnection(state)),
});

function onEvent(event: ServerEvent): void {
  const first = state.session === null;
  announce(event);
  update(applyEvent(state, event));
  if (event.type === "message-update" && event.channelId === state.channelId) {
    const { id } = event.message.message;
    // What was drawn has its size after the elements of the library have drawn themselves.
    requestAnimationFrame(() => follower?.reveal(id));
  }
  if (first && state.session !== null) void composer()?.focusText();
}

/** Has a screen reader told what came from somebody else. */
function announce(event: ServerEvent): void {
  if (event.type === "interaction-failed") announcement = event.reason;
  if (event.type !== "message-create" && event.type !== "message-update") return;
  const { message } = event.message;
  const { session } = state;
  if (session === null || message.author.id === session.user.id) return;
  const text = summary(message, mentionsOf(session));
  if (text === "") return;
  const short = text.length > ANNOUNCED_CHARACTERS ? `${text.slice(0, ANNOUNCED_CHARACTERS)}…` : text;
  announcement = `${displayName(message.author)}${isPrivate(message) ? ", only to you" : ""}: ${short}`;
}

function update(next: PageState): void {
  state = next;
  draw();
}

function draw(): void {
  render(appView(state, actions, { light: isLight(), sidebarOpen, announcement }), root);
  const scroller = root.querySelector<HTMLElement>(".scroller");
  if (follower === undefined && scroller !== null) follower = followLatest(scroller);
}

function composer(): MessageComposer | null {
  const element = root.querySelector(".composer");
  return element instanceof MessageComposer ? element : null;
}

function refuse(): false {
  update({ ...state, notice: "That could not be sent: the local Discord is not answering." });
  return false;
}

function nextNonce(): string {
  nonces += 1;
  return String(nonces);
}

function pageRoot(): HTMLElement {
  const element = document.querySelector<HTMLElement>("#page");
  if (element === null) throw new Error("index.html has no element #page");
  return element;
}

function showIcon(): void {
  const link = document.createElement("link");
  link.rel = "icon";
  link.href = wayoutImage;
  document.head.append(link);
}
