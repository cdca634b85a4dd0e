/**
 * Which shards run here, and in which processes: https://docs.discord.com/developers/events/gateway#sharding
 */
import { hostname } from "node:os";
import { type Config, ConfigError, type ShardSettings } from "../config.ts";
import type { Logger } from "../log.ts";

export interface ShardPlan {
  /** How many shards the bot has, here and elsewhere. */
  readonly total: number;
  /** The shards of each process on this machine. */
  readonly processes: readonly (readonly number[])[];
}

// One process a pod, one shard a process: what a StatefulSet is for. On one machine, processes cost memory.
const PER_POD = 1;
const PER_PROCESS = 4;

/**
 * @returns the plan, or nothing where the settings ask for none
 * @throws {ConfigError} where the settings give this machine no shard
 * @throws {StartError} where Discord was to be asked, and refuses the token or cannot be reached
 */
export async function planShards({ shards, ...config }: Config, log: Logger): Promise<ShardPlan | undefined> {
  if (shards === undefined) return undefined;
  if (shards.total !== "auto") return divide({ ...shards, total: shards.total }, hostname());
  const { askForShards } = await import("./ask-for-shards.ts");
  return divide({ ...shards, total: (await askForShards(config, log)).shards }, hostname());
}

/**
 * @param host - this machine's name; a StatefulSet's pods have theirs end in a number
 * @throws {ConfigError} where the settings give this machine no shard
 */
export function divide(
  { total, list, perProcess }: ShardSettings & { readonly total: number },
  host: string,
): ShardPlan {
  const size = perProcess ?? (list === "ordinal" ? PER_POD : PER_PROCESS);
  const ids = list === "ordinal" ? idsOfPod(host, size, total) : list === "all" ? range(0, total) : list;
  return {
    total,
    processes: range(0, Math.ceil(ids.length / size)).map((at) => ids.slice(at * size, (at + 1) * size)),
  };
}

/** Shards as people read them: `0-3`, `0-3,8`. */
export function labelOf(ids: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run && run[1] === id - 1) run[1] = id;
    else runs.push([id, id]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

function idsOfPod(host: string, size: number, total: number): number[] {
  const ordinal = /-(\d+)$/.exec(host)?.[1];
  if (ordinal === undefined) {
    throw new ConfigError(
      `SHARD_LIST: found ordinal, but this machine's name, "${host}", does not end in a number, as a StatefulSet's pods do. List the shards instead, such as 0-3.`,
    );
  }
  const first = Number(ordinal) * size;
  if (first >= total) {
    throw new ConfigError(
      `SHARD_LIST: found ordinal, and by its name, "${host}", this machine has shards from ${first} on, but SHARD_COUNT is ${total}. Raise it on all machines, or run fewer.`,
    );
  }
  return range(first, Math.min(first + size, total));
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
