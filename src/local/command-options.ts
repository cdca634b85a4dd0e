/** What the person filled in, held against what the command asks for. */
import { type APIApplicationCommandOption, ApplicationCommandOptionType } from "discord-api-types/v10";
import type { OptionValue } from "./protocol.ts";
import { lengthOf } from "./validation/form.ts";

/** Something that the person cannot do; the message is a sentence for them. */
export class PersonError extends Error {}

const MAX_STRING_OPTION = 6000;

/** An option of an interaction as Discord sends it. */
export interface FilledOption {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  readonly value: OptionValue["value"];
}

function checkValue(option: APIApplicationCommandOption, value: OptionValue["value"]): OptionValue["value"] {
  switch (option.type) {
    case ApplicationCommandOptionType.String: {
      const text = String(value);
      const min = option.min_length ?? 0;
      const max = option.max_length ?? MAX_STRING_OPTION;
      if (lengthOf(text) < min || lengthOf(text) > max)
        throw new PersonError(`“${option.name}” must have ${min} to ${max} characters.`);
      if (option.choices?.length && !option.choices.some((choice) => choice.value === text))
        throw new PersonError(`“${option.name}” must be one of its choices.`);
      return text;
    }
    case ApplicationCommandOptionType.Integer:
    case ApplicationCommandOptionType.Number: {
      const number = Number(value);
      const whole = option.type === ApplicationCommandOptionType.Integer;
      if (!Number.isFinite(number) || (whole && !Number.isInteger(number)))
        throw new PersonError(`“${option.name}” must be a ${whole ? "whole " : ""}number.`);
      if (number < (option.min_value ?? -Infinity) || number > (option.max_value ?? Infinity))
        throw new PersonError(`“${option.name}” is out of its range.`);
      if (option.choices?.length && !option.choices.some((choice) => choice.value === number))
        throw new PersonError(`“${option.name}” must be one of its choices.`);
      return number;
    }
    case ApplicationCommandOptionType.Boolean:
      if (typeof value !== "boolean") throw new PersonError(`“${option.name}” must be true or false.`);
      return value;
    default:
      throw new PersonError(`The local Discord cannot fill in “${option.name}”.`);
  }
}

/**
 * The options of a command as the person filled them in, in the order of the declaration.
 *
 * @throws PersonError where Discord's client would not let them send it.
 */
export function fillOptions(
  declared: readonly APIApplicationCommandOption[],
  given: readonly OptionValue[],
): FilledOption[] {
  const stranger = given.find(({ name }) => !declared.some((option) => option.name === name));
  if (stranger !== undefined) throw new PersonError(`The command has no option “${stranger.name}”.`);
  return declared.flatMap((option) => {
    const one = given.find(({ name }) => name === option.name);
    if (one !== undefined) return [{ name: option.name, type: option.type, value: checkValue(option, one.value) }];
    if ("required" in option && option.required) throw new PersonError(`“${option.name}” is needed.`);
    return [];
  });
}
