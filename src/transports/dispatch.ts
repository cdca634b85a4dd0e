/**
 * What the bot says to an interaction: one pure, synchronous function for the gateway and for the HTTP endpoint.
 * https://docs.discord.com/developers/interactions/receiving-and-responding
 */
import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIApplicationCommandOptionChoice,
  type APIInteraction,
  type APIInteractionResponse,
  type APIMessageComponentInteraction,
  ApplicationCommandType,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from "discord-api-types/v10";
import type { Command } from "../../commands/command.ts";
import { commands } from "../../commands/index.ts";
import { answerView } from "../answers/answer-view.ts";
import { type AnswerContext, nameOf } from "../answers/context.ts";
import { viewOfCustomIds } from "../replies/custom-id.ts";
import { errorReply, type Reply, toReply, type Visibility } from "../replies/reply.ts";
import { focusedOption, onlyTexts, readIds, readOptions, readTarget } from "./interaction-data.ts";

export type Dispatch = (interaction: APIInteraction) => APIInteractionResponse;

/**
 * @param context - what answers are made of
 * @param onError - told of what went wrong inside; the person gets a kind private reply
 * @returns a function that never throws and answers anything: what it does not know gets help, in private
 */
export function createDispatch(context: AnswerContext, onError: (error: unknown) => void): Dispatch {
  return (interaction) => {
    try {
      return respond(context, interaction);
    } catch (error) {
      onError(error);
      return interaction.type === InteractionType.ApplicationCommandAutocomplete ? choices([]) : message(errorReply());
    }
  };
}

function respond(context: AnswerContext, interaction: APIInteraction): APIInteractionResponse {
  switch (interaction.type) {
    case InteractionType.Ping:
      return { type: InteractionResponseType.Pong };
    case InteractionType.ApplicationCommand:
      return runCommand(context, interaction);
    case InteractionType.ApplicationCommandAutocomplete:
      return complete(context, interaction);
    case InteractionType.MessageComponent:
      return press(context, interaction);
    default:
      return message(toReply(answerView(context, { kind: "help" }), "private"));
  }
}

function runCommand(context: AnswerContext, interaction: APIApplicationCommandInteraction): APIInteractionResponse {
  const command = findCommand(interaction.data?.type, interaction.data?.name);
  const options = readOptions(interaction.data);
  const visibility = options.get("share") === true ? "public" : "private";
  const localized = inLocale(context, interaction, visibility);
  if (!command) return message(toReply(answerView(localized, { kind: "help" }), "private"));
  return message(
    command.execute({ options: onlyTexts(options), visibility, targetText: readTarget(interaction.data) }, localized),
  );
}

function complete(
  context: AnswerContext,
  interaction: APIApplicationCommandAutocompleteInteraction,
): APIInteractionResponse {
  const command = findCommand(ApplicationCommandType.ChatInput, interaction.data?.name);
  const options = readOptions(interaction.data);
  const name = focusedOption(interaction.data);
  if (!command?.complete || name === undefined) return choices([]);
  const texts = onlyTexts(options);
  const request = { options: texts, focused: { name, text: texts.get(name) ?? "" } };
  return choices(command.complete(request, inLocale(context, interaction, "private")));
}

/** A pressed button, or a choice from a menu. */
function press(context: AnswerContext, interaction: APIMessageComponentInteraction): APIInteractionResponse {
  const view = viewOfCustomIds(readIds(interaction.data), (id) => nameOf(context, id) !== undefined);
  const answer = answerView(inLocale(context, interaction, "private"), view);
  return isOwnMessage(interaction)
    ? // A private message stays private when it is changed, and the flag cannot be set again.
      { type: InteractionResponseType.UpdateMessage, data: toReply(answer, "public") }
    : message(toReply(answer, "private"));
}

/**
 * Whether only the person who pressed sees the message, so that it may change under their hands. Of any other one a
 * press must neither change nor reveal what others see.
 */
function isOwnMessage({ message: pressed, context }: APIMessageComponentInteraction): boolean {
  const flags = pressed?.flags ?? 0;
  return (flags & MessageFlags.Ephemeral) !== 0 || context === InteractionContextType.BotDM;
}

function findCommand(type: unknown, name: unknown): Command | undefined {
  return commands.find(({ data }) => (data.type ?? ApplicationCommandType.ChatInput) === type && data.name === name);
}

/** Private replies follow the person's language, public ones the server's, so that nobody's language is given away. */
function inLocale(
  context: AnswerContext,
  { locale, guild_locale }: { readonly locale?: string; readonly guild_locale?: string | undefined },
  visibility: Visibility,
): AnswerContext {
  return { ...context, locale: visibility === "private" ? locale : guild_locale };
}

function message(reply: Reply): APIInteractionResponse {
  return { type: InteractionResponseType.ChannelMessageWithSource, data: reply };
}

function choices(list: readonly APIApplicationCommandOptionChoice<string>[]): APIInteractionResponse {
  return { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices: [...list] } };
}
