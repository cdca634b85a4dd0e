/**
 * Starts what the settings ask for: the bot on Discord, or without a token and a public key a local Discord with the
 * same bot in it.
 */
import { type Config, ConfigError, readConfig } from "./config.ts";
import { createContext } from "./context.ts";
import { KnowledgeError } from "./knowledge/load.ts";
import { createLogger, type Logger } from "./log.ts";
import type { ParentProcess } from "./start/parent-process.ts";
import type { Running } from "./start/running.ts";
import type { ShardPlan } from "./start/shard-plan.ts";
import { giveBackStartMemory } from "./start/start-memory.ts";
import { stopOnSignal } from "./start/stop-on-signal.ts";
import type { ProcessShards } from "./transports/gateway.ts";
import { StartError } from "./transports/start-error.ts";

async function start(): Promise<void> {
  const { stop, isRunning } = stopOnSignal();
  const config = readConfig();
  const isLocal = config.token === undefined && config.publicKey === undefined;
  const log = createLogger(config.logLevel ?? (isLocal ? "warn" : "info"));
  const parent = config.isShardProcess ? (await import("./start/parent-process.ts")).connectToParent() : undefined;
  parent?.onStop(stop);
  const running = await (isLocal ? startLocally(config, log) : startOnDiscord(config, log, parent));
  isRunning(running);
  parent?.tell({ type: "started" });
  giveBackStartMemory().catch((error: unknown) =>
    log.debug({ error }, "What the start needed could not be given back."),
  );
  if (running.ended === undefined) return;

  // Discord does not want this bot back as it is: only the operator can help.
  const reason = await running.ended;
  if (parent) parent.tell({ type: "ended", reason });
  else log.fatal(reason);
  await running.close();
  process.exit(1);
}

// Only the mode that is used is in memory.

async function startLocally(config: Config, log: Logger): Promise<Running> {
  const mode = await import("./start/locally.ts");
  return await mode.startLocally(config, createContext(config), log);
}

async function startOnDiscord(config: Config, log: Logger, parent: ParentProcess | undefined): Promise<Running> {
  const planning = config.shards && (await import("./start/shard-plan.ts"));
  const shards = await planning?.planShards(config, log);
  if (shards && shards.processes.length > 1) {
    return await (await import("./start/shard-processes.ts")).startShardProcesses(config, shards, log);
  }
  const mode = await import("./start/on-discord.ts");
  const name = planning?.labelOf(shards?.processes[0] ?? []);
  const reporter = parent && name !== undefined ? { name, onReport: parent.onReport } : undefined;
  return await mode.startOnDiscord(config, createContext(config), log, shards && ownShards(shards, parent), reporter);
}

function ownShards({ total, processes }: ShardPlan, parent: ParentProcess | undefined): ProcessShards {
  return { ids: processes[0] ?? [], total, identifyThrottler: parent?.identifyThrottler };
}

/** What the operator can mend gets one line each; anything else is our fault and shows where. */
function reportStartFailure(error: unknown): void {
  const isForOperator = error instanceof ConfigError || error instanceof KnowledgeError || error instanceof StartError;
  process.stderr.write(`${isForOperator ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
}

try {
  await start();
} catch (error) {
  reportStartFailure(error);
  process.exit(1);
}
