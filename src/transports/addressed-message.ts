/**
 * Decides which messages are questions to Wayout. It never chimes in: a message counts only where it mentions the bot,
 * replies to one of its messages, or is written to it directly. In all of these Discord sends the text without any
 * privileged intent (https://docs.discord.com/developers/events/gateway#message-content-intent).
 */
import { type APIMessage, type GatewayMessageCreateDispatchData, MessageType } from "discord-api-types/v10";

/** A message that is meant for Wayout. */
export interface AddressedMessage {
  /** What was written, without the bot's mention. */
  readonly text: string;
  /** The bot's own message that this one replies to. */
  readonly repliesTo: APIMessage | undefined;
  /**
   * Whether the bot was asked by name or in direct messages, and so owes an answer. A mere reply to one of its messages
   * ("thanks!") is not.
   */
  readonly byName: boolean;
}

const MESSAGE_TYPES: readonly MessageType[] = [MessageType.Default, MessageType.Reply];

/**
 * @param message - as the gateway sends it
 * @param botId - the bot's own user id (a snowflake)
 * @returns the message as a question to Wayout, or null where it is none
 */
export function readAddressedMessage(
  message: GatewayMessageCreateDispatchData,
  botId: string,
): AddressedMessage | null {
  // Bots, webhooks and itself: answering them could go on for ever.
  if (message.author.bot || message.webhook_id !== undefined) return null;
  // Joins, pins, boosts and the like are messages too.
  if (!MESSAGE_TYPES.includes(message.type)) return null;

  const mention = new RegExp(`<@!?${botId}>`, "g");
  const isDirect = message.guild_id === undefined;
  const isMentioned = mention.test(message.content);
  const referenced = message.referenced_message ?? undefined;
  const repliesTo = referenced?.author.id === botId ? referenced : undefined;
  // A reply with its ping on carries the bot among its mentions; without the ping, the text is withheld anyway.
  const isPinged = message.mentions.some((user) => user.id === botId);
  if (!isDirect && !isMentioned && !(repliesTo && isPinged)) return null;

  return {
    text: message.content.replace(mention, " ").replace(/\s+/g, " ").trim(),
    repliesTo,
    byName: isDirect || isMentioned,
  };
}
