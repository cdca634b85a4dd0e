/**
 * Wayout in several processes on one machine, each with some of the shards: discord.js's ShardingManager starts them and
 * speaks with them. This process starts them again when they end, lets their shards IDENTIFY one after the other, and
 * answers nobody itself.
 */
import { type Shard, ShardEvents, ShardingManager } from "discord.js";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import { checkSessions } from "../transports/gateway-information.ts";
import type { HttpServer } from "../transports/http-server.ts";
import { StartError } from "../transports/start-error.ts";
import { askForShards } from "./ask-for-shards.ts";
import { createIdentifyTurns } from "./identify-turns.ts";
import type { Running } from "./running.ts";
import { isMessage, type ToParent, type ToShards } from "./shard-messages.ts";
import { labelOf, type ShardPlan } from "./shard-plan.ts";

// Each process finishes its answers within 5 s.
const STOP_MS = 8_000;
const FIRST_RESTART_MS = 1_000;
// Each restart costs a process's shards one IDENTIFY of the 1,000 a day.
const LAST_RESTART_MS = 300_000;
const STABLE_MS = 600_000;

/** One of the processes. */
interface ShardProcess {
  readonly shard: Shard;
  readonly label: string;
  readonly ids: readonly number[];
  startedAt: number;
  restartMs: number;
  timer?: NodeJS.Timeout;
}

/**
 * Starts the processes: the first alone, so that what is wrong with all is told once, and then one after the other.
 *
 * @throws {StartError} where Discord cannot be asked or allows too few connections, or where the first process ends before it is connected
 */
export async function startShardProcesses(
  config: Pick<Config, "token" | "apiUrl" | "metricsPort" | "host">,
  { total, processes }: ShardPlan,
  log: Logger,
): Promise<Running> {
  const gateway = await askForShards(config, log);
  checkSessions(gateway, processes.flat().length);
  const turns = createIdentifyTurns(gateway.session_start_limit.max_concurrency);
  const manager = new ShardingManager(mainFile(), {
    ...(config.token === undefined ? {} : { token: config.token }),
    totalShards: total,
    respawn: false,
    execArgv: process.execArgv,
  });
  let isStopping = false;
  let end: (reason: string) => void = () => {};
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });

  const start = (one: ShardProcess): void => {
    one.startedAt = performance.now();
    void one.shard
      .spawn(-1)
      .then(({ pid }) => log.info({ shards: one.label, pid }, "A process for shards was started."));
  };
  const restart = (one: ShardProcess): void => {
    if (isStopping) return;
    if (performance.now() - one.startedAt > STABLE_MS) one.restartMs = FIRST_RESTART_MS;
    log.error({ shards: one.label, afterMs: one.restartMs }, "A process for shards has ended; it is started again.");
    one.timer = setTimeout(start, one.restartMs, one);
    one.restartMs = Math.min(2 * one.restartMs, LAST_RESTART_MS);
  };

  const all = processes.map((ids, index): ShardProcess => {
    const shard = manager.createShard(index);
    const label = labelOf(ids);
    // discord.js would give each process one shard, of the number that it has among the processes.
    Object.assign(shard.env as NodeJS.ProcessEnv, environmentOf(ids, index, total));
    const one: ShardProcess = { shard, label, ids, startedAt: 0, restartMs: FIRST_RESTART_MS };
    onMessage(shard, (message) => {
      if (message.type === "identify") {
        turns.ask(message.shard, () => tell(shard, { type: "may-identify", shard: message.shard }));
      } else if (message.type === "cancel-identify") turns.cancel(message.shard);
      else if (message.type === "ended") end(message.reason);
    });
    shard.on(ShardEvents.Death, () => {
      for (const id of ids) turns.cancel(id);
    });
    return one;
  });

  const monitor = await serveHealth(config, all, log);
  const running: Running = {
    ended,
    async close() {
      isStopping = true;
      await Promise.all(all.map(stop));
      await monitor?.close();
    },
  };
  for (const [index, one] of all.entries()) {
    start(one);
    const isFirst = index === 0;
    const isUp = await untilMessage(one.shard, isFirst ? "started" : "identify");
    if (!isUp && isFirst)
      throw new StartError("The first of the processes for shards could not start; so none is started.");
    if (!isUp) restart(one);
    one.shard.on(ShardEvents.Death, () => restart(one));
  }
  log.info({ processes: all.length, shards: total }, "All processes for shards were started.");
  return running;
}

async function serveHealth(
  { metricsPort, host }: Pick<Config, "metricsPort" | "host">,
  processes: readonly ShardProcess[],
  log: Logger,
): Promise<HttpServer | undefined> {
  if (metricsPort === undefined) return undefined;
  const { startShardsMonitor } = await import("./shards-monitor.ts");
  const asked = processes.map(({ shard, label }) => ({
    label,
    onMessage: (act: (message: ToParent | ToShards) => void) => onMessage(shard, act),
    // One that has ended is not asked.
    ask: () => (shard.process?.connected ? tell(shard, { type: "report-wanted" }) : undefined),
  }));
  return await startShardsMonitor({ port: metricsPort, host, processes: asked, log });
}

/** The settings that a process has for itself. */
function environmentOf(ids: readonly number[], index: number, total: number): Record<string, string> {
  return {
    SHARDS: "",
    SHARD_COUNT: String(total),
    SHARD_LIST: ids.join(","),
    SHARDS_PER_PROCESS: String(ids.length),
    // Only one process can listen on the endpoint's port.
    ...(index === 0 ? {} : { DISCORD_PUBLIC_KEY: "" }),
  };
}

/** Whether the process said so, or ended before. */
function untilMessage(shard: Shard, type: "started" | "identify"): Promise<boolean> {
  return new Promise((resolve) => {
    const onDeath = () => resolve(false);
    shard.once(ShardEvents.Death, onDeath);
    const endListening = onMessage(shard, (message) => {
      if (message.type !== type) return;
      endListening();
      shard.off(ShardEvents.Death, onDeath);
      resolve(true);
    });
  });
}

/** @returns ends the listening */
function onMessage(shard: Shard, act: (message: ToParent | ToShards) => void): () => void {
  const listener = (message: unknown): void => {
    if (isMessage(message)) act(message);
  };
  shard.on(ShardEvents.Message, listener);
  return () => void shard.off(ShardEvents.Message, listener);
}

/** Lets a process finish its answers, and ends it where that takes too long. */
async function stop({ shard, timer }: ShardProcess): Promise<void> {
  clearTimeout(timer);
  const child = shard.process;
  if (!child || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  tell(shard, { type: "stop" });
  const cutOff = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await gone;
  clearTimeout(cutOff);
}

/** Where it ends at this moment, it needs not be told. */
function tell(shard: Shard, message: ToShards): void {
  shard.send(message).catch(() => {});
}

/** The file that this process was started with, whether built or not. */
function mainFile(): string {
  const file = process.argv[1];
  if (file === undefined) throw new Error("this process was started without a file");
  return file;
}
