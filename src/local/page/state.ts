/**
 * What the page knows, and how it changes with what the server says. Plain values and pure functions: the views draw
 * them, `main.ts` keeps the one current state.
 */
import type { APIApplicationCommand, APIApplicationCommandOptionChoice, APIUser } from "discord-api-types/v10";
import type { LocalChannel, LocalMessage, ServerEvent } from "../protocol.ts";
import type { Mentions } from "./markdown.ts";

/** Whether the page's line to its server stands. */
type Connection = "connecting" | "open" | "lost";

/** What the server says when the page connects. */
export interface Session {
  readonly user: APIUser;
  readonly bot: APIUser | null;
  readonly botOnline: boolean;
  readonly guildName: string;
  readonly channels: readonly LocalChannel[];
  readonly commands: readonly APIApplicationCommand[];
}

/** An interaction that the person has started, until it is answered, or its failure is dismissed. */
export interface Interaction {
  readonly nonce: string;
  readonly channelId: string;
  /** `sent`: not at the bot yet; `pending`: the bot has it; `failed`: `reason` says why. */
  readonly stage: "sent" | "pending" | "failed";
  readonly reason?: string;
  /** A command's name, or the message and component that was used. */
  readonly source:
    | { readonly kind: "command"; readonly name: string }
    | { readonly kind: "component"; readonly messageId: string; readonly customId: string };
}

/** What the bot offers for an option, and which request it answers. */
export interface Completion {
  readonly nonce: string;
  readonly choices: readonly APIApplicationCommandOptionChoice[];
}

export interface PageState {
  readonly connection: Connection;
  readonly session: Session | null;
  /** The channel shown; null until the server has named one. */
  readonly channelId: string | null;
  /** By channel id, oldest first. */
  readonly messages: Readonly<Record<string, readonly LocalMessage[]>>;
  readonly unread: ReadonlySet<string>;
  readonly interactions: readonly Interaction[];
  /** The message that the next one replies to. */
  readonly replyTo: LocalMessage | null;
  /** The bot's last answer to an option being typed. */
  readonly completion: Completion | null;
  /** Something that could not be done, in a sentence. */
  readonly notice: string | null;
}

export const initialState: PageState = {
  connection: "connecting",
  session: null,
  channelId: null,
  messages: {},
  unread: new Set(),
  interactions: [],
  replyTo: null,
  completion: null,
  notice: null,
};

/**
 * The state after an event of the server.
 * @param state before
 * @param event as received
 */
export function applyEvent(state: PageState, event: ServerEvent): PageState {
  switch (event.type) {
    case "ready":
      return applyReady(state, event);
    case "message-create": {
      const message = event.message.message;
      const known = state.messages[event.channelId] ?? [];
      const messages = known.some((one) => one.message.id === message.id)
        ? replaced(known, event.message)
        : [...known, event.message];
      const foreign = event.channelId !== state.channelId && message.author.id !== state.session?.user.id;
      return {
        ...state,
        messages: { ...state.messages, [event.channelId]: messages },
        unread: foreign ? new Set([...state.unread, event.channelId]) : state.unread,
      };
    }
    case "message-update": {
      const messages = replaced(state.messages[event.channelId] ?? [], event.message);
      return { ...state, messages: { ...state.messages, [event.channelId]: messages } };
    }
    case "message-delete": {
      const messages = (state.messages[event.channelId] ?? []).filter((one) => one.message.id !== event.messageId);
      return {
        ...state,
        messages: { ...state.messages, [event.channelId]: messages },
        replyTo: state.replyTo?.message.id === event.messageId ? null : state.replyTo,
        interactions: state.interactions.filter(
          ({ source }) => source.kind !== "component" || source.messageId !== event.messageId,
        ),
      };
    }
    case "interaction-pending":
      return withInteraction(state, event.nonce, (interaction) => ({ ...interaction, stage: "pending" }));
    case "interaction-done":
      return withoutInteraction(state, event.nonce);
    case "interaction-failed":
      return withInteraction(state, event.nonce, (interaction) => ({
        ...interaction,
        stage: "failed",
        reason: event.reason,
      }));
    case "autocomplete":
      return { ...state, completion: { nonce: event.nonce, choices: event.choices } };
    case "error":
      return { ...state, notice: event.reason };
  }
}

/** Notes an interaction that is being sent; one that failed before on the same message is forgotten. */
export function startInteraction(state: PageState, interaction: Omit<Interaction, "stage">): PageState {
  const { source } = interaction;
  const kept = state.interactions.filter(
    (other) =>
      other.stage !== "failed" ||
      source.kind !== "component" ||
      other.source.kind !== "component" ||
      other.source.messageId !== source.messageId,
  );
  return { ...state, interactions: [...kept, { ...interaction, stage: "sent" }] };
}

/** Forgets an interaction: answered, or its failure dismissed. */
export function withoutInteraction(state: PageState, nonce: string): PageState {
  return { ...state, interactions: state.interactions.filter((interaction) => interaction.nonce !== nonce) };
}

/** Shows another channel; its messages count as read, and a reply begun elsewhere is left. */
export function openChannel(state: PageState, channelId: string): PageState {
  const unread = new Set(state.unread);
  unread.delete(channelId);
  return { ...state, channelId, unread, replyTo: channelId === state.channelId ? state.replyTo : null };
}

/** The state once the line to the server is lost: what was under way will not be answered. */
export function loseConnection(state: PageState): PageState {
  return {
    ...state,
    connection: "lost",
    interactions: state.interactions.map((interaction) =>
      interaction.stage === "failed"
        ? interaction
        : { ...interaction, stage: "failed", reason: "The connection was lost before an answer came. Try again." },
    ),
  };
}

/** The channel shown, if any. */
export function currentChannel(state: PageState): LocalChannel | undefined {
  return state.session?.channels.find((channel) => channel.id === state.channelId);
}

/** A user's name as it is shown. */
export function displayName(user: Pick<APIUser, "username" | "global_name">): string {
  return user.global_name ?? user.username;
}

/** Who and what can be mentioned, by name. */
export function mentionsOf(session: Session): Mentions {
  const users = [session.user, ...(session.bot === null ? [] : [session.bot])];
  return {
    userName: (id) => {
      const user = users.find((one) => one.id === id);
      return user && displayName(user);
    },
    channelName: (id) => session.channels.find((channel) => channel.id === id)?.name,
  };
}

/**
 * A text as it is sent: `@Name` becomes the mention that Discord knows, `<@id>`.
 * @param users who can be mentioned
 */
export function encodeMentions(text: string, users: readonly APIUser[]): string {
  return users.reduce((encoded, user) => {
    const name = displayName(user).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return encoded.replace(new RegExp(`(?<!\\S)@${name}(?![\\p{L}\\p{N}_])`, "giu"), `<@${user.id}>`);
  }, text);
}

function applyReady(state: PageState, event: Extract<ServerEvent, { type: "ready" }>): PageState {
  const { type: _, history, ...session } = event;
  const known = session.channels.some((channel) => channel.id === state.channelId);
  // A server that was started again has the same channels under other ids.
  const before = currentChannel(state);
  const same = session.channels.find(({ kind, name }) => kind === before?.kind && name === before.name);
  return {
    ...state,
    connection: "open",
    session,
    channelId: known ? state.channelId : ((same ?? session.channels[0])?.id ?? null),
    messages: history,
    replyTo: known ? state.replyTo : null,
  };
}

function replaced(messages: readonly LocalMessage[], message: LocalMessage): readonly LocalMessage[] {
  return messages.map((one) => (one.message.id === message.message.id ? message : one));
}

function withInteraction(
  state: PageState,
  nonce: string,
  change: (interaction: Interaction) => Interaction,
): PageState {
  return {
    ...state,
    interactions: state.interactions.map((one) => (one.nonce === nonce ? change(one) : one)),
  };
}
