/**
 * The log: one JSON object a line on standard error, so that standard output stays free for what a command prints.
 *
 * Nothing that says who asked or what was asked may be passed to it: no question's text, no names, no ids of people,
 * servers or channels. What an operator needs is what failed, with Discord's error code.
 */
import { type Logger, pino } from "pino";

export type { Logger };

/**
 * @param level - the least severe level that is written; `silent` for nothing
 */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      // Process id and host name say nothing that a supervisor does not know.
      base: null,
      // Second line of defence: a token must not be readable even where somebody logs a whole object by mistake.
      redact: { paths: ["token", "*.token", "*.*.token", "authorization", "*.authorization"], censor: "[secret]" },
      serializers: { error: describeError },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/**
 * The parts of an error that help an operator. discord.js's errors carry the request's body and URL, with the
 * question's channel and an interaction's token in them: these must not reach the log.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message } = error;
  const known = error as Error & { code?: unknown; status?: unknown; method?: unknown };
  const isRequest = known.method !== undefined;
  return {
    name,
    message,
    ...(known.code === undefined ? {} : { code: known.code }),
    ...(known.status === undefined ? {} : { status: known.status }),
    ...(isRequest || error.stack === undefined ? {} : { stack: error.stack }),
  };
}
