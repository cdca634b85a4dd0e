/**
 * Which session hears of what, and how much of it.
 *
 * @see https://docs.discord.com/developers/events/gateway#gateway-intents
 */
import { type APIMessage, GatewayIntentBits } from "discord-api-types/v10";
import type { Channel, State } from "../state.ts";

/** Every intent there is. */
export const KNOWN_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === "number" ? all | bit : all),
  0,
);

/** Those that an app must have been granted. */
export const PRIVILEGED_INTENTS =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

/** The intent that brings messages of such a channel. */
export function messageIntent(channel: Channel): number {
  return channel.kind === "dm" ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
}

/** The intent that brings the typing of such a channel. */
export function typingIntent(channel: Channel): number {
  return channel.kind === "dm" ? GatewayIntentBits.DirectMessageTyping : GatewayIntentBits.GuildMessageTyping;
}

/**
 * The message as a session with these intents gets it: what was said is left out unless the app has the message
 * content intent, said it itself, was written to directly, or is mentioned.
 *
 * @see https://docs.discord.com/developers/events/gateway#message-content-intent
 */
export function asHeardWith(intents: number, state: State, channel: Channel, message: APIMessage): APIMessage {
  const referenced =
    message.referenced_message == null
      ? {}
      : { referenced_message: asHeardWith(intents, state, channel, message.referenced_message) };
  const open =
    (intents & GatewayIntentBits.MessageContent) !== 0 ||
    channel.kind === "dm" ||
    message.author.id === state.bot.id ||
    message.mentions.some((user) => user.id === state.bot.id);
  if (open) return { ...message, ...referenced };
  const { poll: _poll, ...rest } = message;
  return { ...rest, ...referenced, content: "", embeds: [], attachments: [], components: [] };
}
