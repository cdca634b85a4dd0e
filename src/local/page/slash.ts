/**
 * Choosing a slash command and filling in its options, as values: what the composer shows comes from here.
 */
import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from "discord-api-types/v10";
import type { LocalChannel, OptionValue } from "../protocol.ts";

/** An option that the page can ask for. Discord's pickers for users, channels, roles and files are not built here. */
export type PromptedOption = Extract<
  APIApplicationCommandBasicOption,
  {
    type:
      | ApplicationCommandOptionType.String
      | ApplicationCommandOptionType.Integer
      | ApplicationCommandOptionType.Number
      | ApplicationCommandOptionType.Boolean;
  }
>;

/** A choice in an option's menu: what is shown, and what is filled in. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** An option that is being filled in. */
export interface Field {
  /** As typed, or the name of what was picked. */
  readonly text: string;
  /** What was picked from a menu; goes once the text is typed over. */
  readonly picked?: string | number;
}

/** A command that is being filled in: its fields by option name, in the order in which they are shown. */
export interface Draft {
  readonly command: APIApplicationCommand;
  readonly fields: ReadonlyMap<string, Field>;
}

/** What is wrong with a draft: the option, and a sentence. */
export interface Problem {
  readonly option: string;
  readonly text: string;
}

const BOOLEANS: readonly Choice[] = [
  { name: "True", value: "true" },
  { name: "False", value: "false" },
];

/** The commands that can be used in a channel of a kind. */
export function commandsIn(
  commands: readonly APIApplicationCommand[],
  kind: LocalChannel["kind"],
): APIApplicationCommand[] {
  const context = kind === "dm" ? InteractionContextType.BotDM : InteractionContextType.Guild;
  return commands.filter(({ contexts }) => contexts == null || contexts.includes(context));
}

/** The commands that are typed after a slash, by name. */
export function slashCommands(commands: readonly APIApplicationCommand[]): APIApplicationCommand[] {
  return commands
    .filter((command) => command.type === ApplicationCommandType.ChatInput)
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The commands offered on a message. */
export function messageCommands(commands: readonly APIApplicationCommand[]): APIApplicationCommand[] {
  return commands.filter((command) => command.type === ApplicationCommandType.Message);
}

/**
 * The commands that fit what has been typed after the slash: names that begin so, then names and descriptions that hold
 * it.
 */
export function matchingCommands(commands: readonly APIApplicationCommand[], typed: string): APIApplicationCommand[] {
  const query = typed.trim().toLowerCase();
  const rank = (command: APIApplicationCommand) => {
    if (command.name.startsWith(query)) return 0;
    if (command.name.includes(query)) return 1;
    return command.description.toLowerCase().includes(query) ? 2 : 3;
  };
  return slashCommands(commands)
    .filter((command) => rank(command) < 3)
    .sort((one, other) => rank(one) - rank(other));
}

/** A command's options that the page can ask for, required ones first. */
export function promptedOptions(command: APIApplicationCommand): PromptedOption[] {
  const options = (command.options ?? []).filter(isPrompted);
  return [...options.filter((option) => option.required), ...options.filter((option) => !option.required)];
}

/** A command just chosen: its required options are asked for. */
export function startDraft(command: APIApplicationCommand): Draft {
  const required = promptedOptions(command).filter((option) => option.required);
  return { command, fields: new Map(required.map((option) => [option.name, { text: "" }])) };
}

/** The draft with an option changed, or added at the end. */
export function withField(draft: Draft, name: string, field: Field): Draft {
  return { ...draft, fields: new Map(draft.fields).set(name, field) };
}

/** The draft without an optional option. */
export function withoutField(draft: Draft, name: string): Draft {
  const fields = new Map(draft.fields);
  fields.delete(name);
  return { ...draft, fields };
}

/** The options that are filled in, in the order of the fields. */
export function draftOptions(draft: Draft): PromptedOption[] {
  const options = promptedOptions(draft.command);
  return [...draft.fields.keys()].flatMap((name) => options.find((option) => option.name === name) ?? []);
}

/** The options that may still be added. */
export function furtherOptions(draft: Draft): PromptedOption[] {
  return promptedOptions(draft.command).filter((option) => !draft.fields.has(option.name));
}

/**
 * The choices that an option always has and that fit its text; null where it has none of its own, or asks the bot.
 */
export function fixedChoices(option: PromptedOption, field: Field): readonly Choice[] | null {
  const choices = option.type === ApplicationCommandOptionType.Boolean ? BOOLEANS : choicesOf(option);
  if (choices === null || field.picked !== undefined) return choices;
  const query = field.text.trim().toLowerCase();
  return choices.filter((choice) => choice.name.toLowerCase().includes(query));
}

/** Whether the bot completes this option as one types. */
export function completedByBot(option: PromptedOption): boolean {
  return option.type !== ApplicationCommandOptionType.Boolean && option.autocomplete === true;
}

/**
 * What the draft says so far, for the bot to complete an option: everything that can be read, and the focused option as
 * typed.
 */
export function unfinishedValues(draft: Draft, focused: string): OptionValue[] {
  const others = draftOptions(draft)
    .filter((option) => option.name !== focused)
    .flatMap((option) => {
      const value = readField(option, draft.fields.get(option.name) ?? { text: "" });
      return "value" in value ? [value] : [];
    });
  return [...others, { name: focused, value: draft.fields.get(focused)?.text ?? "" }];
}

/**
 * The values to send, or the first thing that is missing or wrong.
 */
export function finishDraft(draft: Draft): { readonly values: OptionValue[] } | { readonly problem: Problem } {
  const values: OptionValue[] = [];
  for (const option of draftOptions(draft)) {
    const field = draft.fields.get(option.name) ?? { text: "" };
    if (field.text.trim() === "" && !option.required) continue;
    const value = readField(option, field);
    if ("text" in value) return { problem: value };
    values.push(value);
  }
  return { values };
}

function readField(option: PromptedOption, field: Field): OptionValue | Problem {
  const problem = (text: string): Problem => ({ option: option.name, text });
  const text = field.text.trim();
  if (text === "") return problem("This option is required. Give it a value.");
  switch (option.type) {
    case ApplicationCommandOptionType.Boolean: {
      const chosen = BOOLEANS.find((choice) => choice.value === field.picked || choice.value === text.toLowerCase());
      return chosen === undefined
        ? problem("Choose True or False.")
        : { name: option.name, value: chosen.value === "true" };
    }
    case ApplicationCommandOptionType.Integer:
    case ApplicationCommandOptionType.Number: {
      const number = Number(field.picked ?? text);
      const whole = option.type === ApplicationCommandOptionType.Integer;
      if (Number.isNaN(number) || (whole && !Number.isSafeInteger(number))) {
        return problem(whole ? "This must be a whole number." : "This must be a number.");
      }
      return { name: option.name, value: number };
    }
    case ApplicationCommandOptionType.String: {
      if (field.picked !== undefined) return { name: option.name, value: field.picked };
      const choices = choicesOf(option);
      if (choices === null) return { name: option.name, value: text };
      const chosen = choices.find((choice) => choice.name.toLowerCase() === text.toLowerCase());
      return chosen === undefined
        ? problem("Choose one of the options in the list.")
        : { name: option.name, value: chosen.value };
    }
  }
}

function choicesOf(option: PromptedOption): readonly Choice[] | null {
  if (option.type === ApplicationCommandOptionType.Boolean || option.choices === undefined) return null;
  return option.choices.length === 0 ? null : option.choices;
}

function isPrompted(option: { readonly type: ApplicationCommandOptionType }): option is PromptedOption {
  return (
    option.type === ApplicationCommandOptionType.String ||
    option.type === ApplicationCommandOptionType.Integer ||
    option.type === ApplicationCommandOptionType.Number ||
    option.type === ApplicationCommandOptionType.Boolean
  );
}
