/** Wrong usage of a command line: told in one line. */

export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Whether an error is about what was typed: ours, or one of `parseArgs`. */
export function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

/**
 * Reads a whole number.
 *
 * @param option - its name, such as `--seconds`
 * @throws {UsageError} where it is none, or none from `least` to `most`
 */
export function readWhole(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text.trim()) || number < least || number > most) {
    throw new UsageError(`${option} ${text}: expected a whole number from ${least} to ${most}`);
  }
  return number;
}

/** Reads a command line before anything is begun; where it was typed wrong, the process ends with 2 and one line. */
export function readOptions<Options>(name: string, read: () => Options): Options {
  try {
    return read();
  } catch (error) {
    if (!isUsageError(error)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exit(2);
  }
}
