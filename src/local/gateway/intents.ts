/**
 * Which session hears of what, and how much of it.
 *
 * @see https://docs.discord.com/developers/events/gateway#gateway-intents
 */
import { GatewayIntentBits } from "discord-api-types/v10";
import type { Channel } from "../state.ts";

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
