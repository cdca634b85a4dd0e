/** Options that several commands share, and where a command can be used. */
import {
  type APIApplicationCommandBooleanOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandStringOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
} from "discord-api-types/v10";
import type { AnswerContext } from "../src/answers/context.ts";
import { MAX_CHOICE_NAME, MAX_CHOICES } from "../src/replies/limits.ts";
import { shorten } from "../src/replies/markdown.ts";

/** In servers, in direct messages with the bot and in other private chats, installed by a server or by a person. */
export const everywhere = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};

export const serviceOption = {
  type: ApplicationCommandOptionType.String,
  name: "service",
  description: "Which account it is about, such as TikTok",
  required: true,
  autocomplete: true,
  max_length: 100,
} as const satisfies APIApplicationCommandStringOption;

export const shareOption = {
  type: ApplicationCommandOptionType.Boolean,
  name: "share",
  description: "Show the answer to everyone here; without it, only you see it",
} as const satisfies APIApplicationCommandBooleanOption;

export function completeService(text: string, { matcher }: AnswerContext): APIApplicationCommandOptionChoice<string>[] {
  return matcher
    .suggestServices(text, MAX_CHOICES)
    .slice(0, MAX_CHOICES)
    .map(({ id, name }) => ({ name: choiceName(name), value: id }));
}

/** Discord maps a chosen name back to its value, which fails for names that end with a space. */
export function choiceName(name: string): string {
  return shorten(name.trim(), MAX_CHOICE_NAME);
}
