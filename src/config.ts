/**
 * What the operator sets: environment variables, or the same names in a file `.env`. Read once at start-up, nowhere else.
 */
import { config as readDotenv } from "dotenv";
import { z } from "zod";

/** Thrown where a setting is wrong; its message has one line a fault. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const httpUrl = z.url({ protocol: /^https?$/, error: "an address that starts with https:// or http://" });

const settingsSchema = z.object({
  // Its shape is not checked: other servers than Discord's use other forms. Discord answers 401 to a wrong one.
  DISCORD_TOKEN: z.string().regex(/^\S+$/, { error: "a bot token without spaces or line breaks" }).optional(),
  DISCORD_API_URL: httpUrl.default("https://discord.com/api"),
  PORT: z.coerce.number({ error: "a port number" }).int().min(0).max(65_535).default(3000),
  DEFAULT_SERVICE: z
    .string()
    .regex(/^[a-z0-9-]+$/, { error: "a service's id, such as tiktok" })
    .optional(),
  REPORT_URL: z
    .url({ protocol: /^(https|mailto)$/, error: "an address that starts with https:// or mailto:" })
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).optional(),
});

/** The settings, checked. */
export interface Config {
  /** The bot's token; without one the local Discord is started. */
  readonly token: string | undefined;
  /** Base URL of Discord's REST API, without its version and without a trailing slash. */
  readonly apiUrl: string;
  /** Port of the local page; 0 lets the system choose. */
  readonly port: number;
  /** Id of the service that a question without a service's name is about. */
  readonly defaultService: string | undefined;
  /** Where "Is this out of date?" leads. */
  readonly reportUrl: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number] | undefined;
}

/**
 * Checks the settings.
 *
 * @param environment - names and values as the process got them; an empty value counts as not set
 * @throws {ConfigError} with one line for each wrong setting; a secret's value is never repeated
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(settingsSchema.shape).flatMap((name) => {
      const value = environment[name]?.trim();
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
  const result = settingsSchema.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const found = name === "DISCORD_TOKEN" ? "something else" : JSON.stringify(given[name]);
      return `${name}: found ${found}, allowed: ${describeAllowed(issue)}. Set it in .env or in the environment.`;
    });
    throw new ConfigError(lines.join("\n"));
  }
  const settings = result.data;
  return {
    token: settings.DISCORD_TOKEN,
    apiUrl: settings.DISCORD_API_URL.replace(/\/+$/, "").replace(/\/v\d+$/, ""),
    port: settings.PORT,
    defaultService: settings.DEFAULT_SERVICE,
    reportUrl: settings.REPORT_URL,
    logLevel: settings.LOG_LEVEL,
  };
}

/**
 * Reads `.env` in the working directory, if there is one, and the environment, which wins.
 *
 * @throws {ConfigError} as {@link parseConfig}
 */
export function readConfig(): Config {
  readDotenv({ quiet: true });
  return parseConfig(process.env);
}

function describeAllowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.join(", ");
    case "too_big":
      return `at most ${issue.maximum}`;
    case "too_small":
      return `at least ${issue.minimum}`;
    default:
      return issue.message;
  }
}
