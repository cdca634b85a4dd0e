/**
 * What can be counted, for Prometheus. No label names a person, a server, a channel or a text, and each has few values.
 */
import { InteractionType } from "discord-api-types/v10";
import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from "prom-client";
import { commandBodies } from "../../commands/index.ts";
import type { ShardState } from "./gateway.ts";
import type { Watch } from "./watch.ts";

/** All metrics of a process, in a form that can be sent to another process. */
export type Figures = MetricObjectWithValues<MetricValue<string>>[];

export interface Metrics {
  /** What a transport tells is counted under its name. */
  watch(transport: "gateway" | "endpoint"): Watch;
  /** All metrics in the text form that Prometheus reads, and its content type. */
  read(): Promise<MetricsText>;
  /** The same, to be put together with other processes' by {@link joinFigures}. */
  figures(): Promise<Figures>;
}

export interface MetricsText {
  readonly text: string;
  readonly contentType: string;
}

// Discord waits 3 s for an answer to an interaction.
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];

const INTERACTION_TYPES: Readonly<Record<number, string>> = {
  [InteractionType.Ping]: "ping",
  [InteractionType.ApplicationCommand]: "command",
  [InteractionType.MessageComponent]: "component",
  [InteractionType.ApplicationCommandAutocomplete]: "completion",
};

// Discord has some hundred error codes. A server in its place could make up others without end.
const MAX_CODES = 100;

/**
 * @param shards - the gateway's connections at this moment; none where it is not used
 * @param labels - added to all, where this is one of several processes
 */
export function createMetrics(shards: () => readonly ShardState[], labels?: Readonly<Record<string, string>>): Metrics {
  const registry = new Registry();
  if (labels) registry.setDefaultLabels(labels);
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const questions = new Counter({
    name: "wayout_questions_total",
    help: "Questions in people's own words, by how they were understood. The topic is 'none' where there is none.",
    labelNames: ["transport", "kind", "topic"],
    registers,
  });
  const interactions = new Histogram({
    name: "wayout_interaction_seconds",
    help: "From an interaction's arrival until Discord has the answer (gateway) or it is handed over (endpoint).",
    labelNames: ["transport", "type"],
    buckets: SECONDS,
    registers,
  });
  const commands = new Counter({
    name: "wayout_commands_total",
    help: "Commands answered, by their names.",
    labelNames: ["transport", "command"],
    registers,
  });
  const messages = new Histogram({
    name: "wayout_message_seconds",
    help: "From a message's arrival until Discord has the answer.",
    labelNames: ["transport"],
    buckets: SECONDS,
    registers,
  });
  const errors = new Counter({
    name: "wayout_discord_errors_total",
    help: "Requests to Discord that failed, by Discord's error code, the HTTP status, or the network's error.",
    labelNames: ["transport", "code"],
    registers,
  });
  const rateLimits = new Counter({
    name: "wayout_discord_rate_limits_total",
    help: "How often Discord asked to slow down, by whose limit it was.",
    labelNames: ["transport", "scope"],
    registers,
  });
  const cooldowns = new Counter({
    name: "wayout_cooldowns_total",
    help: "How often somebody had to wait for being very quick.",
    labelNames: ["transport", "scope"],
    registers,
  });
  new Gauge({
    name: "wayout_gateway_state",
    help: "1 for the state that each shard's connection is in.",
    labelNames: ["shard", "state"],
    registers,
    collect() {
      this.reset();
      for (const { id, state } of shards()) this.set({ shard: id, state }, 1);
    },
  });
  new Gauge({
    name: "wayout_gateway_ping_seconds",
    help: "How long the gateway took to acknowledge the last heartbeat, by shard.",
    labelNames: ["shard"],
    registers,
    collect() {
      this.reset();
      for (const { id, pingMs } of shards()) if (pingMs !== undefined) this.set({ shard: id }, pingMs / 1000);
    },
  });

  const commandNames = new Set(commandBodies.map(({ name }) => name));
  const codes = new Set<string>();
  const boundedCode = (error: unknown): string => {
    const code = codeOf(error);
    if (codes.size < MAX_CODES) codes.add(code);
    return codes.has(code) ? code : "other";
  };

  return {
    watch: (transport) => ({
      matched: ({ kind, topic }) => questions.inc({ transport, kind, topic: topic ?? "none" }),
      answeredInteraction(interaction, milliseconds) {
        const type = INTERACTION_TYPES[interaction.type] ?? "other";
        interactions.observe({ transport, type }, milliseconds / 1000);
        if (interaction.type !== InteractionType.ApplicationCommand) return;
        const name = interaction.data?.name;
        commands.inc({ transport, command: commandNames.has(name) ? name : "unknown" });
      },
      answeredMessage: (milliseconds) => messages.observe({ transport }, milliseconds / 1000),
      failed: (error) => errors.inc({ transport, code: boundedCode(error) }),
      rateLimited: (scope) => rateLimits.inc({ transport, scope }),
      cooledDown: (scope) => cooldowns.inc({ transport, scope }),
    }),
    read: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
    figures: async () => await registry.getMetricsAsJSON(),
  };
}

/**
 * Several processes' metrics in one text, and which of them answered. A label tells them apart: were they added up, each
 * start of a process anew would look to Prometheus as if much had happened at once.
 *
 * @param processes - each with its shards, such as `0-3`, and its metrics, which bear that label; none where it is silent
 */
export async function joinFigures(
  processes: readonly (readonly [shards: string, figures: Figures | undefined])[],
): Promise<MetricsText> {
  const own = new Registry();
  const up = new Gauge({
    name: "wayout_process_up",
    help: "1 where the process with these shards says how it is, else 0.",
    labelNames: ["shards"],
    registers: [own],
  });
  for (const [shards, figures] of processes) up.set({ shards }, figures ? 1 : 0);
  const all = processes.flatMap(([, figures]) => (figures ? [figures] : []));
  const registry = AggregatorRegistry.aggregate([await own.getMetricsAsJSON(), ...all]);
  return { text: await registry.metrics(), contentType: registry.contentType };
}

/** Discord's own code (50013), else the HTTP status (`http_502`), else the network's code (`ECONNRESET`). */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "other";
  // Its code is a number too, and none of Discord's.
  if (error.name === "AbortError") return "timeout";
  const { code, status } = error as Error & { code?: unknown; status?: unknown };
  if (typeof code === "number") return String(code);
  if (typeof status === "number") return `http_${status}`;
  if (typeof code === "string" && /^[A-Z][A-Z0-9_]{1,40}$/.test(code)) return code;
  return "other";
}
