/** The messages of a channel: its beginning, a line between two days, close messages of one author together. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { LocalChannel, LocalMessage } from "../../protocol.ts";
import type { Actions } from "../actions.ts";
import { hashIcon } from "../icons.ts";
import wayoutImage from "../images/wayout.svg";
import { commandsIn, messageCommands } from "../slash.ts";
import { displayName, mentionsOf, type PageState, type Session } from "../state.ts";
import { dayName, sameDay } from "../time.ts";
import { awaitedView, messageView } from "./message-view.ts";

/** Messages of one author within this time stand together, as on Discord: seven minutes. */
const GROUP_MILLISECONDS = 7 * 60 * 1000;

/** What a newcomer may click to have it written; none is sent by itself. */
const EXAMPLES = [
  "how do i delete my tiktok?",
  "i deleted my instagram by mistake, can i undo that?",
  "how do i stop people from finding me?",
] as const;

export function messageListView(
  state: PageState,
  session: Session,
  channel: LocalChannel,
  actions: Actions,
  light: boolean,
): TemplateResult {
  const messages = state.messages[channel.id] ?? [];
  const now = new Date();
  const mentions = mentionsOf(session);
  const commands = messageCommands(commandsIn(session.commands, channel.kind));
  const awaited = state.interactions.filter(
    ({ source, channelId, stage }) => source.kind === "command" && channelId === channel.id && stage !== "sent",
  );
  return html`<discord-messages .lightTheme=${light} .noBackground=${true} role="log" aria-live="off" aria-label="Messages">
    ${beginningView(channel, session, actions)}
    ${repeat(
      messages,
      ({ message }) => message.id,
      (local, index) => {
        const before = messages[index - 1];
        const newDay = before === undefined || !sameDay(dateOf(before), dateOf(local));
        const view = messageView(local, {
          actions,
          mentions,
          messageCommands: commands,
          interaction: state.interactions.find(
            ({ source }) => source.kind === "component" && source.messageId === local.message.id,
          ),
          grouped: !newDay && before !== undefined && belongsTo(before, local),
          now,
        });
        return html`${newDay ? dayView(dateOf(local)) : nothing}${view}`;
      },
    )}
    ${session.bot === null ? nothing : awaited.map((one) => session.bot && awaitedView(session.bot, one, actions))}
  </discord-messages>`;
}

function beginningView(channel: LocalChannel, session: Session, actions: Actions): TemplateResult {
  const bot = session.bot === null ? "Wayout" : displayName(session.bot);
  const inDirectMessages = channel.kind === "dm";
  return html`<section class="beginning" aria-label="Beginning of the channel">
    ${
      inDirectMessages
        ? html`<img class="beginning-image" src=${wayoutImage} alt="" />`
        : html`<span class="beginning-image">${hashIcon}</span>`
    }
    <h2>${inDirectMessages ? bot : html`Welcome to #${channel.name}`}</h2>
    <p>
      ${
        inDirectMessages
          ? html`Just write your question. Nobody else can read it here.`
          : html`Type <kbd>/</kbd> for commands, mention <strong>@${bot}</strong>, or write in the direct messages.`
      }
      Nothing leaves your computer.
    </p>
    <p class="examples">
      <span>Try:</span>
      ${EXAMPLES.map((question) => {
        const text = inDirectMessages ? question : `@${bot} ${question}`;
        return html`<button type="button" class="example" @click=${() => actions.fillComposer(text)}>${question}</button>`;
      })}
    </p>
  </section>`;
}

function dayView(date: Date): TemplateResult {
  return html`<div class="day" role="separator" aria-label=${dayName(date)}><span>${dayName(date)}</span></div>`;
}

function belongsTo(before: LocalMessage, local: LocalMessage): boolean {
  const { message } = local;
  return (
    before.message.author.id === message.author.id &&
    message.message_reference === undefined &&
    message.interaction === undefined &&
    dateOf(local).getTime() - dateOf(before).getTime() < GROUP_MILLISECONDS
  );
}

function dateOf({ message }: LocalMessage): Date {
  return new Date(message.timestamp);
}
