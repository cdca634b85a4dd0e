/** Makes messages, of the bot and of the person, from what they were told to say. */
import {
  AllowedMentionsTypes,
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  type APIUser,
  ComponentType,
  EmbedType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from "discord-api-types/v10";
import { finishComponents, type Media } from "./finished-components.ts";
import { invalidFormBody } from "./rest/errors.ts";
import type { Channel, State, StoredFile } from "./state.ts";
import { walkComponents } from "./validation/components.ts";
import type { AllowedMentions, MessageBody } from "./validation/message.ts";

/** A file of a request, before it has an id. */
export interface UploadedFile {
  /** Its number in the request: `files[n]`. */
  readonly index: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

interface Mentions {
  readonly users: readonly APIUser[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

/** Everyone that a text would ping, were it allowed to. */
function mentionsIn(state: State, channel: Channel, texts: readonly string[]): Mentions {
  const all = texts.join("\n");
  const users = [state.bot, state.person].filter((user) => new RegExp(`<@!?${user.id}>`).test(all));
  if (channel.kind === "dm") return { users, roles: [], everyone: false };
  const botRole = state.guilds.get(channel.guildId)?.botRoleId;
  return {
    users,
    roles: botRole !== undefined && all.includes(`<@&${botRole}>`) ? [botRole] : [],
    everyone: /@(everyone|here)\b/.test(all),
  };
}

/** @see https://docs.discord.com/developers/resources/message#allowed-mentions-object */
function allowedOf(found: Mentions, repliedTo: APIUser | null, allowed: AllowedMentions | null | undefined): Mentions {
  const parse = allowed?.parse ?? [];
  const users = found.users.filter(
    (user) => allowed == null || parse.includes(AllowedMentionsTypes.User) || allowed.users?.includes(user.id),
  );
  const pingReplied = repliedTo !== null && (allowed == null || allowed.replied_user === true);
  return {
    users: pingReplied && !users.some((user) => user.id === repliedTo.id) ? [...users, repliedTo] : users,
    roles: found.roles.filter(
      (role) => allowed == null || parse.includes(AllowedMentionsTypes.Role) || allowed.roles?.includes(role),
    ),
    // The bot has no permission to mention everyone in a server.
    everyone: false,
  };
}

function finishEmbeds(embeds: NonNullable<MessageBody["embeds"]>): APIEmbed[] {
  return embeds.map((embed) => ({
    ...embed,
    type: EmbedType.Rich,
    ...(embed.fields === undefined ? {} : { fields: embed.fields.map((field) => ({ inline: false, ...field })) }),
  }));
}

export interface MessageMaker {
  readonly state: State;
  /** Where the local Discord is: `http://127.0.0.1:3000`. */
  readonly origin: () => string;
}

function keepFiles(maker: MessageMaker, body: MessageBody, files: readonly UploadedFile[], ephemeral: boolean) {
  return files.map((file): APIAttachment => {
    const described = body.attachments?.find((attachment) => attachment.id === file.index);
    const stored: StoredFile = {
      id: maker.state.nextId(),
      filename: described?.filename ?? file.filename,
      contentType: file.contentType,
      bytes: file.bytes,
    };
    maker.state.keepFile(stored);
    const url = `${maker.origin()}/attachments/${stored.id}/${encodeURIComponent(stored.filename)}`;
    return {
      id: stored.id,
      filename: stored.filename,
      size: stored.bytes.byteLength,
      url,
      proxy_url: url,
      content_type: stored.contentType,
      ...(described?.description == null ? {} : { description: described.description }),
      ...(ephemeral ? { ephemeral } : {}),
    };
  });
}

function mediaResolver(maker: MessageMaker, attachments: readonly APIAttachment[]) {
  return (url: string): Media => {
    const name = url.startsWith("attachment://") ? url.slice("attachment://".length) : null;
    const attachment = name === null ? undefined : attachments.find(({ filename }) => filename === name);
    if (name !== null && attachment === undefined)
      throw invalidFormBody([
        {
          path: ["components"],
          code: "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
          message: `The attachment "${name}" was not found among the attachments`,
        },
      ]);
    const where = attachment?.url ?? url;
    const item = { id: maker.state.nextId(), url: where, proxy_url: where, width: null, height: null };
    if (attachment === undefined) return { item };
    const { id, filename, size, content_type = "application/octet-stream" } = attachment;
    return { item: { ...item, content_type, attachment_id: id }, file: { name: filename, size } };
  };
}

/** What only some messages have, and never changes. */
export type Provenance = Pick<
  APIMessage,
  "webhook_id" | "application_id" | "interaction_metadata" | "interaction" | "message_reference"
>;

/** A message said by `author`, not yet in any channel. */
export function composeMessage(
  maker: MessageMaker,
  said: {
    readonly author: APIUser;
    readonly channel: Channel;
    readonly body: MessageBody;
    readonly type: MessageType;
    readonly files?: readonly UploadedFile[];
    /** Whose message it replies to, where that person may be pinged for it. */
    readonly repliedTo?: APIUser | null;
    readonly provenance?: Provenance;
  },
): APIMessage {
  const { state } = maker;
  const { author, channel, body } = said;
  const flags = body.flags ?? 0;
  const attachments = keepFiles(maker, body, said.files ?? [], (flags & MessageFlags.Ephemeral) !== 0);
  const components = finishComponents(body.components ?? [], mediaResolver(maker, attachments));
  const mentions = pinged(state, channel, body, said.repliedTo ?? null);
  const message: APIMessage = {
    id: state.nextId(),
    type: said.type,
    channel_id: channel.id,
    author,
    content: (body.content ?? "").trim(),
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: body.tts ?? false,
    mention_everyone: mentions.everyone,
    mentions: [...mentions.users],
    mention_roles: [...mentions.roles],
    attachments,
    embeds: finishEmbeds(body.embeds ?? []),
    components,
    pinned: false,
    flags,
    ...said.provenance,
  };
  if (body.nonce != null) message.nonce = body.nonce;
  return message;
}

function pinged(state: State, channel: Channel, body: MessageBody, repliedTo: APIUser | null): Mentions {
  const texts = [body.content ?? ""];
  for (const [component] of walkComponents(body.components ?? []))
    if (component.type === ComponentType.TextDisplay) texts.push(component.content);
  return allowedOf(mentionsIn(state, channel, texts), repliedTo, body.allowed_mentions);
}

/** The message after an edit. What the body does not name stays. */
export function editMessage(
  maker: MessageMaker,
  channel: Channel,
  message: APIMessage,
  body: MessageBody,
  files: readonly UploadedFile[] = [],
): APIMessage {
  const flags = message.flags ?? 0;
  const kept =
    body.attachments == null
      ? message.attachments
      : message.attachments.filter(({ id }) => body.attachments?.some((attachment) => attachment.id === id));
  const attachments = [...kept, ...keepFiles(maker, body, files, (flags & MessageFlags.Ephemeral) !== 0)];
  const textChanged = body.content !== undefined || body.components !== undefined;
  const mentions = textChanged ? pinged(maker.state, channel, body, null) : null;
  return {
    ...message,
    ...(body.content === undefined ? {} : { content: (body.content ?? "").trim() }),
    ...(body.embeds === undefined ? {} : { embeds: finishEmbeds(body.embeds ?? []) }),
    ...(body.components === undefined
      ? {}
      : { components: finishComponents(body.components ?? [], mediaResolver(maker, attachments)) }),
    ...(mentions === null ? {} : { mentions: [...mentions.users], mention_roles: [...mentions.roles] }),
    attachments,
    flags: (flags & ~MessageFlags.Loading) | ((body.flags ?? 0) & EDITABLE_FLAGS),
    // What was "thinking…" has not been said before.
    edited_timestamp: (flags & MessageFlags.Loading) !== 0 ? null : new Date().toISOString(),
  };
}

const EDITABLE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

/** The message with the one it replies to, as Discord sends it along: null where that one is gone. */
export function withReference(state: State, message: APIMessage): APIMessage {
  const reference = message.message_reference;
  if (reference === undefined || message.type !== MessageType.Reply) return message;
  if ((reference.type ?? MessageReferenceType.Default) !== MessageReferenceType.Default) return message;
  const original =
    reference.message_id === undefined ? undefined : state.messagesIn(reference.channel_id).get(reference.message_id);
  return { ...message, referenced_message: original ?? null };
}
