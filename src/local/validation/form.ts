/** Checks bodies with zod, and reports what is wrong as Discord does. */
import { z } from "zod";
import { type FieldError, invalidFormBody } from "../rest/errors.ts";

/** Lengths count code points, as on Discord, not UTF-16 units. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

type Check<T> = (value: T, fail: (code: string, message: string, path?: readonly PropertyKey[]) => void) => void;

/** A zod check that reports under Discord's own code. */
export function discordCheck<T>(check: Check<T>): z.core.CheckFn<T> {
  return (context) =>
    check(context.value, (code, message, path = []) => {
      context.issues.push({
        code: "custom",
        input: context.value,
        path: [...path],
        message,
        params: { discord: code },
      });
    });
}

function lengthCheck<T>(measure: (value: T) => number, min: number, max: number): z.core.CheckFn<T> {
  return discordCheck((value, fail) => {
    const length = measure(value);
    if (length >= min && length <= max) return;
    if (min > 0) fail("BASE_TYPE_BAD_LENGTH", `Must be between ${min} and ${max} in length.`);
    else fail("BASE_TYPE_MAX_LENGTH", `Must be ${max} or fewer in length.`);
  });
}

/** A text of `min` to `max` characters. */
export function text(min: number, max: number) {
  return z.string().check(lengthCheck(lengthOf, min, max));
}

/** A list of `min` to `max` items. */
export function list<T extends z.ZodType>(item: T, min: number, max: number) {
  return z.array(item).check(lengthCheck((items) => items.length, min, max));
}

/** An id: digits, as a text or (for old libraries) a number. */
export const snowflake = z
  .union([z.string(), z.number().int()])
  .transform(String)
  .check(
    discordCheck((value, fail) => {
      if (!/^\d{1,20}$/.test(value)) fail("NUMBER_TYPE_COERCE", `Value "${value}" is not snowflake.`);
    }),
  );

/** A whole number in a range. */
export function integer(min: number, max: number) {
  return z.int().check(
    discordCheck((value, fail) => {
      if (value < min) fail("NUMBER_TYPE_MIN", `int value should be greater than or equal to ${min}.`);
      if (value > max) fail("NUMBER_TYPE_MAX", `int value should be less than or equal to ${max}.`);
    }),
  );
}

/** An address with one of these schemes (without colon), of at most `max` characters. */
export function url(schemes: readonly string[], max: number) {
  return text(1, max).check(
    discordCheck((value, fail) => {
      const parsed = URL.canParse(value) ? new URL(value) : null;
      if (parsed === null) fail("URL_TYPE_INVALID_URL", "Not a well formed URL.");
      else if (!schemes.includes(parsed.protocol.slice(0, -1))) {
        const allowed = schemes.map((scheme) => `'${scheme}'`).join(", ");
        fail("URL_TYPE_INVALID_SCHEME", `Scheme "${parsed.protocol.slice(0, -1)}" must be one of (${allowed}).`);
      }
    }),
  );
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function typeError(expected: string, value: unknown): Omit<FieldError, "path"> {
  if (value === undefined) return { code: "BASE_TYPE_REQUIRED", message: "This field is required" };
  switch (expected) {
    case "string":
      return { code: "STRING_TYPE_CONVERT", message: `Could not interpret "${JSON.stringify(value)}" as string.` };
    case "number":
    case "int":
      return { code: "NUMBER_TYPE_COERCE", message: `Value "${String(value)}" is not int.` };
    case "boolean":
      return { code: "BOOLEAN_TYPE_CONVERT", message: "Must be either true or false." };
    case "array":
      return { code: "LIST_TYPE_CONVERT", message: "Only iterables may be used in a ListType" };
    case "record":
      return { code: "DICT_TYPE_CONVERT", message: "Only dictionaries may be used in a DictType" };
    default:
      return { code: "MODEL_TYPE_CONVERT", message: "Only dictionaries may be used in a ModelType" };
  }
}

function toFieldError(issue: z.core.$ZodIssue, root: unknown): FieldError {
  const { path } = issue;
  switch (issue.code) {
    case "custom": {
      const code: unknown = issue.params?.["discord"];
      return { path, code: typeof code === "string" ? code : "BASE_TYPE_INVALID", message: issue.message };
    }
    case "invalid_type":
      return { path, ...typeError(issue.expected, valueAt(root, path)) };
    case "invalid_value":
      return {
        path,
        ...(valueAt(root, path) === undefined
          ? typeError("", undefined)
          : { code: "BASE_TYPE_CHOICES", message: `Value must be one of {${issue.values.map(String).join(", ")}}.` }),
      };
    case "invalid_union": {
      const value = valueAt(root, path);
      if (value === undefined) return { path, ...typeError("", undefined) };
      if (typeof issue.discriminator === "string")
        return {
          path,
          code: "UNION_TYPE_CHOICES",
          message: `Value of field "${issue.discriminator}" is not allowed here.`,
        };
      return { path, code: "BASE_TYPE_INVALID", message: issue.message };
    }
    default:
      return { path, code: "BASE_TYPE_INVALID", message: issue.message };
  }
}

/**
 * Checks a body.
 *
 * @param under Where in the request the body is: interaction callbacks carry theirs under `data`.
 * @throws ApiError 400, code 50035, naming each field at fault.
 */
export function parseForm<T extends z.ZodType>(
  schema: T,
  body: unknown,
  under: readonly PropertyKey[] = [],
): z.output<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalidFormBody(
    result.error.issues.map((issue) => {
      const error = toFieldError(issue, body);
      return { ...error, path: [...under, ...error.path] };
    }),
  );
}
