/**
 * Tells a supervisor how the process is: `/healthz`, `/readyz` and `/metrics`, on a port of their own.
 */
import { type HttpServer, pathOf, startHttpServer } from "./http-server.ts";
import type { Metrics } from "./metrics.ts";

export interface MonitorOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Address to listen on; all of this machine's where none is given. */
  readonly host?: string | undefined;
  readonly metrics: Pick<Metrics, "read">;
  /** Each part that must work before the process can answer, by name, and its state: `ready`, or any other word. */
  readonly parts: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
}

/**
 * Serves health and metrics.
 *
 * - `/healthz`: 200 as long as the process can answer at all. Restart it where that fails.
 * - `/readyz`: 200 once every part is ready, else 503, with the parts' states as JSON. Send it nothing while that fails.
 * - `/metrics`: for Prometheus.
 *
 * @throws {StartError} where the port or the address cannot be listened on
 */
export async function startMonitor({ port, host, metrics, parts }: MonitorOptions): Promise<HttpServer> {
  return await startHttpServer({
    port,
    portSetting: "METRICS_PORT",
    host,
    async answer(request) {
      switch (pathOf(request)) {
        case "/healthz":
          return { status: 200, body: "ok" };
        case "/readyz": {
          const states = await parts();
          const isReady = Object.values(states).every((state) => state === "ready");
          const body = JSON.stringify({ isReady, parts: states });
          return { status: isReady ? 200 : 503, body, contentType: "application/json" };
        }
        case "/metrics": {
          const { text, contentType } = await metrics.read();
          return { status: 200, body: text, contentType };
        }
        default:
          return { status: 404, body: "There is nothing here." };
      }
    },
  });
}
