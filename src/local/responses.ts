/** What the bot's answers to interactions do to the channel: new messages, changed ones, none. */
import {
  type APIMessage,
  InteractionType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from "discord-api-types/v10";
import { integrationOwners } from "./interaction-payloads.ts";
import type { InteractionRecord } from "./interactions.ts";
import { composeMessage, editMessage, type MessageMaker, type Provenance, type UploadedFile } from "./messages.ts";
import { unknownMessage } from "./rest/errors.ts";
import type { ExistingMessage, MessageBody } from "./validation/message.ts";

/** The message with this id in the interaction's channel. @throws ApiError 10008 */
export function messageOfInteraction(maker: MessageMaker, record: InteractionRecord, id: string | null): APIMessage {
  const message = id === null ? undefined : maker.state.messagesIn(record.channel.id).get(id);
  if (message === undefined) throw unknownMessage();
  return message;
}

function provenanceOf(maker: MessageMaker, record: InteractionRecord, followsUp: string | null): Provenance {
  const { state } = maker;
  const replyTo = followsUp ?? record.sourceId;
  const place = record.channel.kind === "guild" ? { guild_id: record.channel.guildId } : {};
  const metadata = {
    id: record.id,
    user: state.person,
    authorizing_integration_owners: integrationOwners(record.channel),
    ...(followsUp === null ? {} : { original_response_message_id: followsUp }),
  };
  return {
    webhook_id: state.application.id,
    application_id: state.application.id,
    interaction_metadata:
      record.sourceId === null
        ? {
            ...metadata,
            type: InteractionType.ApplicationCommand,
            ...(record.targetId === null ? {} : { target_message_id: record.targetId }),
          }
        : { ...metadata, type: InteractionType.MessageComponent, interacted_message_id: record.sourceId },
    // The older form, which libraries still read; only answers to commands have it.
    ...(record.commandName === null || followsUp !== null
      ? {}
      : {
          interaction: {
            id: record.id,
            type: InteractionType.ApplicationCommand,
            name: record.commandName,
            user: state.person,
          },
        }),
    ...(replyTo === null
      ? {}
      : {
          message_reference: {
            type: MessageReferenceType.Default,
            channel_id: record.channel.id,
            message_id: replyTo,
            ...place,
          },
        }),
  };
}

function typeOf(record: InteractionRecord, followsUp: string | null): MessageType {
  if (followsUp !== null || record.sourceId !== null) return MessageType.Reply;
  return record.isContextMenu ? MessageType.ContextMenuCommand : MessageType.ChatInputCommand;
}

/** Posts what the bot answers, or, with `followsUp`, adds after its first answer. */
export function post(
  maker: MessageMaker,
  record: InteractionRecord,
  body: MessageBody,
  files: readonly UploadedFile[],
  followsUp: string | null = null,
): APIMessage {
  const message = composeMessage(maker, {
    author: maker.state.bot,
    channel: record.channel,
    body,
    files,
    type: typeOf(record, followsUp),
    provenance: provenanceOf(maker, record, followsUp),
  });
  if (followsUp === null) record.originalId = message.id;
  maker.state.addMessage(record.channel, message);
  return message;
}

/** Posts "Wayout is thinking…". */
export function postThinking(maker: MessageMaker, record: InteractionRecord, ephemeral: boolean): APIMessage {
  const flags = MessageFlags.Loading | (ephemeral ? MessageFlags.Ephemeral : 0);
  return post(maker, record, { content: "", flags }, []);
}

/** Changes a message of the interaction. */
export function change(
  maker: MessageMaker,
  record: InteractionRecord,
  message: APIMessage,
  body: MessageBody,
  files: readonly UploadedFile[],
): APIMessage {
  const edited = editMessage(maker, record.channel, message, body, files);
  maker.state.replaceMessage(record.channel, edited);
  return edited;
}

/**
 * Adds a message after the first answer. Where that answer is still "thinking…", it becomes the message, as on Discord.
 */
export function followUp(
  maker: MessageMaker,
  record: InteractionRecord,
  body: MessageBody,
  files: readonly UploadedFile[],
): APIMessage {
  const original =
    record.originalId === null ? undefined : maker.state.messagesIn(record.channel.id).get(record.originalId);
  if (original !== undefined && ((original.flags ?? 0) & MessageFlags.Loading) !== 0)
    return change(maker, record, original, body, files);
  return post(maker, record, body, files, record.originalId);
}

/** Takes back a message of the interaction. */
export function withdraw(maker: MessageMaker, record: InteractionRecord, message: APIMessage): void {
  maker.state.removeMessage(record.channel, message);
}

/** What `parseMessage` must know of a message that is to be edited. */
export function existingOf(message: APIMessage): ExistingMessage {
  return {
    flags: message.flags ?? 0,
    hasContent: message.content !== "",
    hasEmbeds: message.embeds.length > 0,
    hasComponents: (message.components?.length ?? 0) > 0,
    hasFiles: message.attachments.length > 0,
  };
}
