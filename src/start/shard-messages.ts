/** What the process that starts the shards' processes and they themselves say to each other. */
import type { Figures } from "../transports/metrics.ts";

/** How a process is. */
export interface Report {
  /** Each of its parts and the part's state: `ready`, or any other word. */
  readonly parts: Readonly<Record<string, string>>;
  readonly figures: Figures;
}

/** From a shard's process. */
export type ToParent =
  /** The shard wants to IDENTIFY: it is to be told when it may. */
  | { readonly type: "identify"; readonly shard: number }
  | { readonly type: "cancel-identify"; readonly shard: number }
  /** All its shards are connected. */
  | { readonly type: "started" }
  /** Discord does not want this bot back as it is. */
  | { readonly type: "ended"; readonly reason: string }
  | { readonly type: "report"; readonly report: Report };

/** To a shard's process. */
export type ToShards =
  | { readonly type: "may-identify"; readonly shard: number }
  /** Say how you are. */
  | { readonly type: "report-wanted" }
  /** Finish what is under way, and end. */
  | { readonly type: "stop" };

/** Whether something that came from the other process is one of these, and not one of discord.js's own. */
export function isMessage(value: unknown): value is ToParent | ToShards {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
