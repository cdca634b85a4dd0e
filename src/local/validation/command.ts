/**
 * The rules for application commands.
 *
 * @see https://docs.discord.com/developers/interactions/application-commands
 */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
} from "discord-api-types/v10";
import { z } from "zod";
import { type FieldError, invalidFormBody } from "../rest/errors.ts";
import { discordCheck, integer, lengthOf, list, parseForm, text } from "./form.ts";

/** Characters of names, descriptions and values of a whole command, the longest translation of each. */
const MAX_COMMAND_SIZE = 8000;
const MAX_PER_TYPE: Readonly<Record<number, number>> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
  [ApplicationCommandType.PrimaryEntryPoint]: 1,
};
/** Slash command and option names: word characters, lower case where the script has one. */
const CHAT_INPUT_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const localized = <T extends z.ZodType<string>>(name: T) => z.partialRecord(z.enum(Locale), name.nullable()).nullish();

const isChatInputName = (name: string): boolean => CHAT_INPUT_NAME.test(name) && name === name.toLowerCase();

const chatInputName = text(1, 32).check(
  discordCheck((value, fail) => {
    if (!isChatInputName(value)) fail("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
  }),
);

const choice = z.object({
  name: text(1, 100),
  name_localizations: localized(text(1, 100)),
  value: z.union([text(0, 100), z.number()]),
});

const optionBase = z.object({
  type: z.enum(ApplicationCommandOptionType),
  name: chatInputName,
  name_localizations: localized(chatInputName),
  description: text(1, 100),
  description_localizations: localized(text(1, 100)),
  required: z.boolean().exactOptional(),
  choices: list(choice, 0, 25).exactOptional(),
  channel_types: z.array(z.int()).exactOptional(),
  min_value: z.number().exactOptional(),
  max_value: z.number().exactOptional(),
  min_length: integer(0, 6000).exactOptional(),
  max_length: integer(1, 6000).exactOptional(),
  autocomplete: z.boolean().exactOptional(),
});

type OptionBase = z.output<typeof optionBase>;
interface CommandOption extends OptionBase {
  options?: CommandOption[];
}

const option: z.ZodType<CommandOption> = optionBase.extend({
  get options() {
    return list(option, 0, 25).exactOptional();
  },
});

const commandSchema = z.object({
  name: text(1, 32),
  name_localizations: localized(text(1, 32)),
  description: text(0, 100).exactOptional(),
  description_localizations: localized(text(1, 100)),
  options: list(option, 0, 25).nullish(),
  default_member_permissions: z.string().nullish(),
  dm_permission: z.boolean().nullish(),
  default_permission: z.boolean().exactOptional(),
  nsfw: z.boolean().exactOptional(),
  type: z.enum(ApplicationCommandType).exactOptional(),
  integration_types: list(z.enum(ApplicationIntegrationType), 1, 2).nullish(),
  contexts: z.array(z.enum(InteractionContextType)).nullish(),
});

export type CommandBody = z.output<typeof commandSchema>;

type Named = { readonly name: string };

function longest(value: string | undefined, translations: Partial<Record<Locale, string | null>> | null | undefined) {
  return Math.max(lengthOf(value ?? ""), ...Object.values(translations ?? {}).map((text) => lengthOf(text ?? "")));
}

function sizeOf(item: CommandBody | CommandOption): number {
  const choices = "choices" in item ? (item.choices ?? []) : [];
  return (
    longest(item.name, item.name_localizations) +
    longest(item.description, item.description_localizations) +
    choices.reduce(
      (sum, one) =>
        sum + longest(one.name, one.name_localizations) + (typeof one.value === "string" ? lengthOf(one.value) : 0),
      0,
    ) +
    (item.options ?? []).reduce((sum, one) => sum + sizeOf(one), 0)
  );
}

function duplicateNames(
  items: readonly Named[],
  path: readonly PropertyKey[],
  code: string,
  message: string,
): FieldError[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    if (seen.has(item.name)) return [{ path: [...path, index, "name"], code, message }];
    seen.add(item.name);
    return [];
  });
}

const isNested = (type: ApplicationCommandOptionType) =>
  type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup;

function optionErrors(options: readonly CommandOption[], path: readonly PropertyKey[], depth: number): FieldError[] {
  const errors = duplicateNames(
    options,
    path,
    "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
    "Option name already exists",
  );
  let optionalSeen = false;
  const nested = options.filter((one) => isNested(one.type)).length;
  if (nested > 0 && nested < options.length)
    errors.push({
      path,
      code: "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
      message: "Sub-command and sub-command group option types are mutually exclusive to all other types",
    });
  for (const [index, one] of options.entries()) {
    const here = [...path, index];
    const fail = (code: string, message: string, ...rest: PropertyKey[]) =>
      errors.push({ path: [...here, ...rest], code, message });
    if (one.required && optionalSeen)
      fail(
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        "Required options must be placed before non-required options",
      );
    if (!one.required) optionalSeen = true;
    const texts = one.type === ApplicationCommandOptionType.String;
    const numbers =
      one.type === ApplicationCommandOptionType.Integer || one.type === ApplicationCommandOptionType.Number;
    if (one.choices && one.choices.length > 0) {
      if (one.autocomplete)
        fail(
          "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE",
          "Autocomplete cannot be used together with choices",
          "autocomplete",
        );
      if (!texts && !numbers)
        fail("APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "This option type cannot have choices", "choices");
      for (const [at, { value }] of one.choices.entries())
        if ((texts && typeof value !== "string") || (numbers && typeof value !== "number"))
          fail(
            "APPLICATION_COMMAND_OPTIONS_CHOICE_TYPE_INVALID",
            "Choice value does not match the option type",
            "choices",
            at,
            "value",
          );
      errors.push(
        ...duplicateNames(
          one.choices,
          [...here, "choices"],
          "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE",
          "Choice names must be unique",
        ),
      );
    }
    if (one.autocomplete && !texts && !numbers)
      fail(
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
        "This option type cannot have autocomplete",
        "autocomplete",
      );
    const group = one.type === ApplicationCommandOptionType.SubcommandGroup;
    if ((group && depth > 0) || (isNested(one.type) && depth > 1))
      fail("APPLICATION_COMMAND_OPTIONS_NESTING_INVALID", "Sub-commands cannot be nested this deep", "type");
    if (one.options && !isNested(one.type))
      fail("APPLICATION_COMMAND_OPTIONS_NESTING_INVALID", "Only sub-commands and groups have options", "options");
    if (one.options) errors.push(...optionErrors(one.options, [...here, "options"], depth + 1));
  }
  return errors;
}

function commandErrors(command: CommandBody): FieldError[] {
  const errors: FieldError[] = [];
  const type = command.type ?? ApplicationCommandType.ChatInput;
  if (type === ApplicationCommandType.ChatInput) {
    const names = Object.entries(command.name_localizations ?? {}).map(
      ([locale, name]) => [["name_localizations", locale], name] as const,
    );
    for (const [path, name] of [[["name"], command.name] as const, ...names])
      if (name !== null && !isChatInputName(name))
        errors.push({ path, code: "APPLICATION_COMMAND_INVALID_NAME", message: "Command name is invalid" });
    if (!command.description)
      errors.push({ path: ["description"], code: "BASE_TYPE_REQUIRED", message: "This field is required" });
  } else {
    if (command.description)
      errors.push({
        path: ["description"],
        code: "APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED",
        message: "Context menu commands cannot have a description",
      });
    if (command.options?.length)
      errors.push({
        path: ["options"],
        code: "APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED",
        message: "Context menu commands cannot have options",
      });
  }
  errors.push(...optionErrors(command.options ?? [], ["options"], 0));
  if (sizeOf(command) > MAX_COMMAND_SIZE)
    errors.push({
      path: [],
      code: "APPLICATION_COMMAND_TOO_LARGE",
      message: `Command exceeds maximum size (${MAX_COMMAND_SIZE})`,
    });
  return errors;
}

/**
 * Checks one command.
 *
 * @throws ApiError 50035 with the fields at fault.
 */
export function parseCommand(raw: unknown): CommandBody {
  const command = parseForm(commandSchema, raw);
  const errors = commandErrors(command);
  if (errors.length > 0) throw invalidFormBody(errors);
  return command;
}

/**
 * Checks the list of a bulk overwrite.
 *
 * @throws ApiError 50035 with the fields at fault, by index.
 */
export function parseCommands(raw: unknown): CommandBody[] {
  const commands = parseForm(z.array(commandSchema), raw);
  const errors = commands.flatMap((command, index) =>
    commandErrors(command).map((error) => ({ ...error, path: [index, ...error.path] })),
  );
  const counts = new Map<number, number>();
  const seen = new Set<string>();
  for (const [index, command] of commands.entries()) {
    const type = command.type ?? ApplicationCommandType.ChatInput;
    const key = `${type} ${command.name}`;
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    if (seen.has(key))
      errors.push({
        path: [index],
        code: "APPLICATION_COMMANDS_DUPLICATE_NAME",
        message: "Application command names must be unique",
      });
    seen.add(key);
    if (count === (MAX_PER_TYPE[type] ?? 0) + 1)
      errors.push({
        path: [],
        code: "APPLICATION_COMMANDS_LIMIT_REACHED",
        message: `Maximum number of application commands of this type reached (${MAX_PER_TYPE[type]}).`,
      });
  }
  if (errors.length > 0) throw invalidFormBody(errors);
  return commands;
}
