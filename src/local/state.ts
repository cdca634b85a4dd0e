/** What the local Discord knows, all of it in memory: who is there, where one can write, what was said. */
import { randomBytes } from "node:crypto";
import {
  type APIApplicationCommand,
  type APIMessage,
  type APIUser,
  MessageFlags,
  type UserFlags,
} from "discord-api-types/v10";
import { createSnowflakes, snowflakeAt } from "./snowflake.ts";

export interface GuildChannel {
  readonly kind: "guild";
  readonly id: string;
  readonly guildId: string;
  readonly name: string;
  readonly topic: string;
  readonly position: number;
}

interface DirectChannel {
  readonly kind: "dm";
  readonly id: string;
}

export type Channel = GuildChannel | DirectChannel;

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly channels: readonly GuildChannel[];
  /** The role that the bot brought along when it was invited. */
  readonly botRoleId: string;
  readonly createdAtMs: number;
}

interface Application {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What the bot must show: `Authorization: Bot <token>`, and in IDENTIFY. */
  readonly token: string;
}

/** A file that came with a message. */
export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Something that the bot's gateway and the page must hear of. */
export type Change =
  | { readonly type: "message-create" | "message-update"; readonly channel: Channel; readonly message: APIMessage }
  | { readonly type: "message-delete"; readonly channel: Channel; readonly message: APIMessage }
  | { readonly type: "typing"; readonly channel: Channel }
  | { readonly type: "commands" }
  | { readonly type: "presence" };

export interface State {
  readonly nextId: () => string;
  readonly application: Application;
  readonly bot: APIUser;
  /** The one person at the page. */
  readonly person: APIUser;
  readonly guilds: ReadonlyMap<string, Guild>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly directChannel: DirectChannel;
  /** By id, in the order of registration. */
  readonly commands: Map<string, APIApplicationCommand>;
  /** Tells everyone who listens. */
  announce(change: Change): void;
  /** Calls `listener` for each change until the function returned is called. */
  listen(listener: (change: Change) => void): () => void;
  /** The messages of a channel by id, oldest first; private ones are among them. */
  messagesIn(channelId: string): ReadonlyMap<string, APIMessage>;
  addMessage(channel: Channel, message: APIMessage): void;
  /** Replaces the message of the same id. A message that is gone stays gone. */
  replaceMessage(channel: Channel, message: APIMessage): void;
  removeMessage(channel: Channel, message: APIMessage): void;
  keepFile(file: StoredFile): void;
  file(id: string): StoredFile | undefined;
}

export interface StateOptions {
  /** How many servers the bot is in. */
  readonly guilds: number;
  /** The bot's name. */
  readonly botName: string;
  readonly token?: string | undefined;
}

/** Messages kept in a channel: enough to scroll, and nothing grows without end. */
const HISTORY_LENGTH = 250;
/** Bytes of attachments kept; the oldest go first. */
const FILES_LIMIT_BYTES = 64 * 1024 * 1024;
/** Longer ago than any message, so that ids sort as they would on Discord. */
const GUILD_AGE_MS = 30 * 24 * 60 * 60 * 1000;

/** @returns Whether only the person at the page can see the message. */
export function isEphemeral(message: APIMessage): boolean {
  return ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

function createUser(id: string, name: string, bot: boolean): APIUser {
  return {
    id,
    username: bot ? name : name.toLowerCase(),
    discriminator: bot ? "0001" : "0",
    global_name: bot ? null : name,
    avatar: null,
    banner: null,
    accent_color: null,
    public_flags: 0 as UserFlags,
    flags: 0 as UserFlags,
    avatar_decoration_data: null,
    primary_guild: null,
    ...(bot ? { bot } : {}),
  };
}

function createGuild(index: number, nowMs: number, count: number, nextId: () => string): Guild {
  // A millisecond apart, as `(guild_id >> 22) % shards` is by the millisecond: neighbours belong to different shards.
  const createdAtMs = nowMs - GUILD_AGE_MS - count + index;
  const id = snowflakeAt(createdAtMs);
  const channel = (position: number, name: string, topic: string): GuildChannel => ({
    kind: "guild",
    id: nextId(),
    guildId: id,
    name,
    topic,
    position,
  });
  return {
    id,
    name: index === 0 ? "Ways out" : `Ways out ${index + 1}`,
    channels: [
      channel(0, "ask-wayout", "How do I get out of an account? Mention the bot, or type / for its commands."),
    ],
    botRoleId: nextId(),
    createdAtMs,
  };
}

/** A new, empty world: the servers, the bot, the person, and the direct messages between the two. */
export function createState(options: StateOptions): State {
  const nextId = createSnowflakes();
  const nowMs = Date.now();
  const applicationId = nextId();
  const application: Application = {
    id: applicationId,
    name: options.botName,
    description: "",
    // The form of Discord's tokens: the application's id, and two parts nobody can guess.
    token:
      options.token ??
      [
        Buffer.from(applicationId).toString("base64url"),
        randomBytes(4).toString("base64url"),
        randomBytes(28).toString("base64url"),
      ].join("."),
  };
  const guilds = new Map<string, Guild>();
  for (let index = 0; index < options.guilds; index++) {
    const guild = createGuild(index, nowMs, options.guilds, nextId);
    guilds.set(guild.id, guild);
  }
  const directChannel: DirectChannel = { kind: "dm", id: nextId() };
  const channels = new Map<string, Channel>([[directChannel.id, directChannel]]);
  for (const guild of guilds.values()) for (const channel of guild.channels) channels.set(channel.id, channel);

  const listeners = new Set<(change: Change) => void>();
  const messages = new Map<string, Map<string, APIMessage>>();
  const files = new Map<string, StoredFile>();
  let fileBytes = 0;

  const announce = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  const historyOf = (channelId: string): Map<string, APIMessage> => {
    let history = messages.get(channelId);
    if (history === undefined) {
      history = new Map();
      messages.set(channelId, history);
    }
    return history;
  };
  const dropFile = (id: string): void => {
    fileBytes -= files.get(id)?.bytes.byteLength ?? 0;
    files.delete(id);
  };
  const forget = (history: Map<string, APIMessage>, message: APIMessage): boolean => {
    for (const attachment of message.attachments) dropFile(attachment.id);
    return history.delete(message.id);
  };

  return {
    nextId,
    application,
    bot: createUser(applicationId, options.botName, true),
    person: createUser(nextId(), "You", false),
    guilds,
    channels,
    directChannel,
    commands: new Map(),
    announce,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    messagesIn: (channelId) => historyOf(channelId),
    addMessage(channel, message) {
      const history = historyOf(channel.id);
      history.set(message.id, message);
      if (history.size > HISTORY_LENGTH) {
        const [oldest] = history.values();
        if (oldest !== undefined) forget(history, oldest);
      }
      announce({ type: "message-create", channel, message });
    },
    replaceMessage(channel, message) {
      const history = historyOf(channel.id);
      if (!history.has(message.id)) return;
      history.set(message.id, message);
      announce({ type: "message-update", channel, message });
    },
    removeMessage(channel, message) {
      if (!forget(historyOf(channel.id), message)) return;
      announce({ type: "message-delete", channel, message });
    },
    keepFile(file) {
      files.set(file.id, file);
      fileBytes += file.bytes.byteLength;
      for (const id of files.keys()) {
        if (fileBytes <= FILES_LIMIT_BYTES) break;
        dropFile(id);
      }
    },
    file: (id) => files.get(id),
  };
}
