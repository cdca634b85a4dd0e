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

// Discord has some thirty.
const MAX_LOCALES = 100;

export type Dispatch = (interaction: APIInteraction) => APIInteractionResponse;

/**
 * @param context - what answers are made of
 * @param onError - told of what went wrong inside; the person gets a kind private reply
 * @returns a function that never throws and answers anything: what it does not know gets help, in private
 */
export function createDispatch(context: AnswerContext, onError: (error: unknown) => void): Dispatch {
  const contextFor = createContextFor(context);
  return (interaction) => {
    try {
      return respond(contextFor, interaction);
    } catch (error) {
      onError(error);
      return interaction.type === InteractionType.ApplicationCommandAutocomplete ? choices([]) : message(errorReply());
    }
  };
}

type ContextFor = (
  interaction: { readonly locale?: string; readonly guild_locale?: string | undefined },
  visibility: Visibility,
) => AnswerContext;

/** Private replies follow the person's language, public ones the server's, so that nobody's language is given away. */
function createContextFor(context: AnswerContext): ContextFor {
  // One for each language: V8 makes a hidden class for each such copy, which it keeps for a while.
  const known = new Map<string | undefined, AnswerContext>();
  return ({ locale: own, guild_locale }, visibility) => {
    const locale = visibility === "private" ? own : guild_locale;
    const localized = known.get(locale) ?? { ...context, locale };
    if (known.size < MAX_LOCALES) known.set(locale, localized);
    return localized;
  };
}

function respond(contextFor: ContextFor, interaction: APIInteraction): APIInteractionResponse {
  switch (interaction.type) {
    case InteractionType.Ping:
      return { type: InteractionResponseType.Pong };
    case InteractionType.ApplicationCommand:
      return runCommand(contextFor, interaction);
    case InteractionType.ApplicationCommandAutocomplete:
      return complete(contextFor(interaction, "private"), interaction);
    case InteractionType.MessageComponent:
      return press(contextFor(interaction, "private"), interaction);
    default:
      return message(toReply(answerView(contextFor(interaction, "private"), { kind: "help" }), "private"));
  }
}

function runCommand(contextFor: ContextFor, interaction: APIApplicationCommandInteraction): APIInteractionResponse {
  const command = findCommand(interaction.data?.type, interaction.data?.name);
  const options = readOptions(interaction.data);
  const visibility = options.get("share") === true ? "public" : "private";
  const context = contextFor(interaction, visibility);
  if (!command) return message(toReply(answerView(context, { kind: "help" }), "private"));
  return message(
    command.execute({ options: onlyTexts(options), visibility, targetText: readTarget(interaction.data) }, context),
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
  return choices(command.complete(request, context));
}

/** A pressed button, or a choice from a menu. */
function press(context: AnswerContext, interaction: APIMessageComponentInteraction): APIInteractionResponse {
  const view = viewOfCustomIds(readIds(interaction.data), (id) => nameOf(context, id) !== undefined);
  const answer = answerView(context, view);
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

function message(reply: Reply): APIInteractionResponse {
  return { type: InteractionResponseType.ChannelMessageWithSource, data: reply };
}

function choices(list: readonly APIApplicationCommandOptionChoice<string>[]): APIInteractionResponse {
  return { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices: [...list] } };
}
