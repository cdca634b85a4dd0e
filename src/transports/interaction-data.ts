/**
 * Reads what an interaction carries. Discord's types say what it should look like; this takes whatever arrives, since
 * Discord adds fields and kinds, and since only its own clients check options.
 */

type OptionValue = string | number | boolean;

/** The options of a command, by name, as far as they have a value. */
export function readOptions(data: unknown): Map<string, OptionValue> {
  const options = new Map<string, OptionValue>();
  for (const option of listOf(data, "options")) {
    const name = property(option, "name");
    const value = property(option, "value");
    if (typeof name === "string" && isOptionValue(value)) options.set(name, value);
  }
  return options;
}

export function onlyTexts(options: ReadonlyMap<string, OptionValue>): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of options) if (typeof value === "string") texts.set(name, value);
  return texts;
}

/** The name of the option that is being typed. */
export function focusedOption(data: unknown): string | undefined {
  const option = listOf(data, "options").find((each) => property(each, "focused") === true);
  const name = property(option, "name");
  return typeof name === "string" ? name : undefined;
}

/** The text of the message that a message command was used on; empty where it has none. */
export function readTarget(data: unknown): string {
  const messages = property(property(data, "resolved"), "messages");
  const target = property(data, "target_id");
  const content = typeof target === "string" ? property(property(messages, target), "content") : undefined;
  return typeof content === "string" ? content : "";
}

/** What was chosen from a menu, if it was one, and then the component's own id. */
export function readIds(data: unknown): string[] {
  return [listOf(data, "values")[0], property(data, "custom_id")].filter((id) => typeof id === "string");
}

function isOptionValue(value: unknown): value is OptionValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function listOf(value: unknown, key: string): unknown[] {
  const list = property(value, key);
  return Array.isArray(list) ? list : [];
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}
