/**
 * What apps do not get to read: what people say among themselves, unless the app was granted the message content intent.
 *
 * @see https://docs.discord.com/developers/events/gateway#message-content-intent
 */
import { type APIMessage, GatewayIntentBits } from "discord-api-types/v10";
import type { Channel, State } from "./state.ts";

/**
 * The message, and the one it replies to, as the app gets them at the gateway and at the REST API: the text is left out
 * unless the app has the intent, said it itself, was written to directly, or is mentioned.
 *
 * @param intents A bit field: those of the session, or those granted to the app.
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
