/**
 * What the operator sets: environment variables, or the same names in a file `.env`. Read once at start-up, nowhere else.
 */
import { config as readDotenv } from "dotenv";
import { z } from "zod";

/** Thrown where a setting is wrong; its message has one line a fault. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const SWITCH = ["on", "off"] as const;
const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const portNumber = z.coerce.number({ error: "a port number" }).int().min(0).max(65_535);

const httpUrl = z.url({ protocol: /^https?$/, error: "an address that starts with https:// or http://" });

// More than any bot has; only so that a slip does not ask for millions of processes.
const MAX_SHARDS = 10_000;
const shardNumber = z.coerce.number({ error: "a number" }).int().min(1).max(MAX_SHARDS);

const settingsSchema = z.object({
  // Its shape is not checked: other servers than Discord's use other forms. Discord answers 401 to a wrong one.
  DISCORD_TOKEN: z.string().regex(/^\S+$/, { error: "a bot token without spaces or line breaks" }).optional(),
  DISCORD_API_URL: httpUrl.default("https://discord.com/api"),
  // Ed25519, as the developer portal shows it.
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, {
      error: "64 hexadecimal digits, as the developer portal shows under General Information",
    })
    .optional(),
  GATEWAY: z.enum(SWITCH).optional(),
  PORT: portNumber.default(3000),
  HOST: z
    .union([z.ipv4(), z.ipv6(), z.hostname()], { error: "an address of this machine, such as 127.0.0.1" })
    .optional(),
  METRICS_PORT: portNumber.optional(),
  COOLDOWN: z.enum(SWITCH).default("on"),
  SHARDS: z.union([z.literal("auto"), shardNumber], { error: "auto, or a number of shards" }).optional(),
  SHARD_COUNT: shardNumber.optional(),
  SHARD_LIST: z
    .string()
    .regex(/^(ordinal|\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*)$/, { error: "shards such as 0-3,8, or ordinal" })
    .optional(),
  SHARDS_PER_PROCESS: shardNumber.optional(),
  // Set by discord.js's ShardingManager for the processes that it starts, and by nobody else.
  SHARDING_MANAGER: z.string().optional(),
  DEFAULT_SERVICE: z
    .string()
    .regex(/^[a-z0-9-]+$/, { error: "a service's id, such as tiktok" })
    .optional(),
  REPORT_URL: z
    .url({ protocol: /^(https|mailto)$/, error: "an address that starts with https:// or mailto:" })
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).optional(),
});

/** Secrets, and where one is easily put by mistake. */
const NEVER_REPEATED: readonly string[] = ["DISCORD_TOKEN", "DISCORD_PUBLIC_KEY"];

/** How the gateway's connection is split. */
export interface ShardSettings {
  /** How many shards the bot has, here and elsewhere; `auto` asks Discord. */
  readonly total: number | "auto";
  /** Those of this machine; `ordinal` takes them from the number at the end of its name. */
  readonly list: readonly number[] | "all" | "ordinal";
  /** How many a process has; as fits where none is given. */
  readonly perProcess: number | undefined;
}

/** The settings, checked. */
export interface Config {
  /** The bot's token; without one the local Discord is started. */
  readonly token: string | undefined;
  /** Base URL of Discord's REST API, without its version and without a trailing slash. */
  readonly apiUrl: string;
  /** The application's public key, 64 hexadecimal digits; with one, the HTTP endpoint is served. */
  readonly publicKey: string | undefined;
  /** Whether to connect to the gateway: with a token, unless it is switched off. */
  readonly usesGateway: boolean;
  /** Port of the HTTP endpoint, or else of the local page; 0 lets the system choose. */
  readonly port: number;
  /** Address on which the endpoint and the metrics listen; all of this machine's where none is given. */
  readonly host: string | undefined;
  /** Port of health and metrics, which are off without one; 0 lets the system choose. */
  readonly metricsPort: number | undefined;
  /** Whether who asks very often has to wait. */
  readonly hasCooldown: boolean;
  /** How the gateway's connection is split; not at all where none is given. */
  readonly shards: ShardSettings | undefined;
  /** Whether this is one of several processes that another one started, each for some of the shards. */
  readonly isShardProcess: boolean;
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
      const found = NEVER_REPEATED.includes(name) ? "something else" : JSON.stringify(given[name]);
      return `${name}: found ${found}, allowed: ${describeAllowed(issue)}. Set it in .env or in the environment.`;
    });
    throw new ConfigError(lines.join("\n"));
  }
  const settings = result.data;
  const contradictions = findContradictions(settings);
  if (contradictions.length > 0) throw new ConfigError(contradictions.join("\n"));
  return {
    token: settings.DISCORD_TOKEN,
    publicKey: settings.DISCORD_PUBLIC_KEY,
    usesGateway: settings.DISCORD_TOKEN !== undefined && settings.GATEWAY !== "off",
    apiUrl: settings.DISCORD_API_URL.replace(/\/+$/, "").replace(/\/v\d+$/, ""),
    port: settings.PORT,
    host: settings.HOST,
    metricsPort: settings.METRICS_PORT,
    hasCooldown: settings.COOLDOWN === "on",
    shards: readShards(settings),
    isShardProcess: settings.SHARDING_MANAGER !== undefined,
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

function readShards({
  SHARDS: shards,
  SHARD_COUNT: count,
  SHARD_LIST: list,
  SHARDS_PER_PROCESS: perProcess,
}: z.output<typeof settingsSchema>): ShardSettings | undefined {
  if (shards !== undefined) return { total: shards, list: "all", perProcess };
  if (count === undefined || list === undefined) return undefined;
  return { total: count, list: list === "ordinal" ? list : readShardList(list), perProcess };
}

/** Reads `0-3,8` as 0, 1, 2, 3, 8. */
function readShardList(list: string): number[] {
  const ids = list.split(",").flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
  return [...new Set(ids)].sort((a, b) => a - b);
}

function findShardContradictions(settings: z.output<typeof settingsSchema>): string[] {
  const { SHARDS: shards, SHARD_COUNT: count, SHARD_LIST: list } = settings;
  if (shards !== undefined && (count !== undefined || list !== undefined)) {
    return [
      "SHARDS: found it together with SHARD_COUNT or SHARD_LIST. Set SHARDS for one machine, the others for many.",
    ];
  }
  if ((count === undefined) !== (list === undefined)) {
    const [given, missing] = count === undefined ? ["SHARD_LIST", "SHARD_COUNT"] : ["SHARD_COUNT", "SHARD_LIST"];
    return [`${given}: found it without ${missing}. Set both.`];
  }
  if ((shards ?? list) !== undefined && (settings.DISCORD_TOKEN === undefined || settings.GATEWAY === "off")) {
    return [`${shards === undefined ? "SHARD_LIST" : "SHARDS"}: found it, but the gateway is not used. Leave it out.`];
  }
  if (count === undefined || list === undefined || list === "ordinal") return [];
  const ids = readShardList(list);
  if (ids.length === 0) return [`SHARD_LIST: found ${list}, which is no shard. Write the lower number first.`];
  const tooHigh = ids.find((id) => id >= count);
  return tooHigh === undefined
    ? []
    : [`SHARD_LIST: found shard ${tooHigh}, but SHARD_COUNT is ${count}, so that the last one is ${count - 1}.`];
}

/** Settings that are right by themselves but not together: one line each. */
function findContradictions(settings: z.output<typeof settingsSchema>): string[] {
  const {
    DISCORD_TOKEN: token,
    DISCORD_PUBLIC_KEY: key,
    GATEWAY: gateway,
    PORT: port,
    METRICS_PORT: metrics,
  } = settings;
  const faults: string[] = [];
  if (gateway === "off" && key === undefined) {
    faults.push(
      "GATEWAY: found off, but DISCORD_PUBLIC_KEY is not set, so nothing would run. Set it, or leave GATEWAY out.",
    );
  }
  if (gateway === "on" && key !== undefined && token === undefined) {
    faults.push(
      "GATEWAY: found on, but DISCORD_TOKEN is not set. Set it, or leave GATEWAY out to serve the endpoint alone.",
    );
  }
  const usesPort = key !== undefined || token === undefined;
  if (usesPort && port !== 0 && metrics === port) {
    faults.push(`METRICS_PORT: found ${metrics}, which is also PORT. Give one of them another number.`);
  }
  faults.push(...findShardContradictions(settings));
  return faults;
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
