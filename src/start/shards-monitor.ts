/** Health and metrics of several processes, at one port: that of the process which started them. */
import type { Logger } from "../log.ts";
import type { HttpServer } from "../transports/http-server.ts";
import { joinFigures } from "../transports/metrics.ts";
import { startMonitor } from "../transports/monitor.ts";
import type { Report, ToParent, ToShards } from "./shard-messages.ts";

/** A process that can be asked how it is. */
interface Asked {
  /** Its shards, such as `0-3`. */
  readonly label: string;
  /** @returns ends the listening */
  onMessage(act: (message: ToParent | ToShards) => void): () => void;
  ask(): void;
}

export interface ShardsMonitorOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string | undefined;
  readonly processes: readonly Asked[];
  readonly log: Logger;
  /** How long a process may take to say how it is, in ms. */
  readonly patience?: number;
}

// Kubernetes waits 2 s for the answer, as told in deploy/kubernetes.
const PATIENCE_MS = 1_500;

/**
 * Serves what monitor.ts serves, for all: ready where each process is, and every metric with the label `shards`.
 *
 * @throws {StartError} where the port cannot be listened on
 */
export async function startShardsMonitor(options: ShardsMonitorOptions): Promise<HttpServer> {
  const { port, host, processes, log, patience = PATIENCE_MS } = options;
  const askAll = () => Promise.all(processes.map(async (one) => [one.label, await reportOf(one, patience)] as const));
  const monitor = await startMonitor({
    port,
    host,
    parts: async () =>
      Object.fromEntries((await askAll()).map(([label, report]) => [`shards ${label}`, stateOf(report)])),
    metrics: {
      async read() {
        return await joinFigures((await askAll()).map(([label, report]) => [label, report?.figures]));
      },
    },
  });
  log.info({ port: monitor.port }, "Health and metrics are served.");
  return monitor;
}

/** How the process is; undefined where it is not there or does not answer. */
function reportOf({ onMessage, ask }: Asked, patience: number): Promise<Report | undefined> {
  return new Promise((resolve) => {
    const settle = (report?: Report): void => {
      clearTimeout(timer);
      endListening();
      resolve(report);
    };
    const timer = setTimeout(settle, patience);
    const endListening = onMessage((message) => {
      if (message.type === "report") settle(message.report);
    });
    ask();
  });
}

/** Of several parts, the one that is not ready tells. */
function stateOf(report: Report | undefined): string {
  if (report === undefined) return "silent";
  return Object.values(report.parts).find((state) => state !== "ready") ?? "ready";
}
