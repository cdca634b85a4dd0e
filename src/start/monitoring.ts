/**
 * Health and metrics, where they are asked for. Without `METRICS_PORT` nothing of it is in memory.
 */
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Gateway } from "../transports/gateway.ts";
import type { HttpServer } from "../transports/http-server.ts";
import type { MonitorOptions } from "../transports/monitor.ts";
import { unwatched, type Watch } from "../transports/watch.ts";
import type { ParentProcess } from "./parent-process.ts";
import type { Running } from "./running.ts";

/** The parts that a process may be made of. */
type Part = "gateway" | "endpoint";

/** How a process reports that is one of several. */
export interface Reporter extends Pick<ParentProcess, "onReport"> {
  /** Its shards, such as `0-3`. */
  readonly name: string;
}

export interface Monitoring extends Running {
  /** What a transport tells is counted under its name. */
  watch(part: Part): Watch;
  /** Until this is called for each part that was announced, the process is not ready. */
  isRunning(part: Part, gateway?: Pick<Gateway, "shards">): void;
  /** From now on the process is not ready: whoever sends it requests is to stop. */
  isStopping(): void;
}

const UNMONITORED: Monitoring = {
  watch: () => unwatched,
  isRunning() {},
  isStopping() {},
  async close() {},
};

/**
 * @param parts - what the process is going to start
 * @param reporter - where given, this process is one of several: it reports to the one that started it, which serves it all
 * @throws {StartError} where the port cannot be listened on
 */
export async function startMonitoring(
  { metricsPort, host }: Pick<Config, "metricsPort" | "host">,
  parts: readonly Part[],
  log: Logger,
  reporter?: Reporter,
): Promise<Monitoring> {
  if (metricsPort === undefined) return UNMONITORED;
  const { createMetrics } = await import("../transports/metrics.ts");
  const states = new Map<Part, () => string>(parts.map((part) => [part, () => "starting"]));
  let shards: Gateway["shards"] = () => [];
  const metrics = createMetrics(() => shards(), reporter && { shards: reporter.name });
  const readStates = () => Object.fromEntries([...states].map(([part, state]) => [part, state()]));
  reporter?.onReport(async () => ({ parts: readStates(), figures: await metrics.figures() }));
  const monitor = reporter ? undefined : await serve({ port: metricsPort, host, metrics, parts: readStates }, log);
  return {
    watch: (part) => metrics.watch(part),
    isRunning(part, gateway) {
      if (gateway) shards = () => gateway.shards();
      // Of several connections, the one that is not ready tells.
      states.set(part, () => gateway?.shards().find(({ state }) => state !== "ready")?.state ?? "ready");
    },
    isStopping() {
      for (const part of parts) states.set(part, () => "stopping");
    },
    close: async () => monitor?.close(),
  };
}

async function serve(options: MonitorOptions, log: Logger): Promise<HttpServer> {
  const { startMonitor } = await import("../transports/monitor.ts");
  const monitor = await startMonitor(options);
  log.info({ port: monitor.port }, "Health and metrics are served.");
  return monitor;
}
