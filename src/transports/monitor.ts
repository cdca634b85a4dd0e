/**
 * Tells a supervisor how the process is: `/healthz`, `/readyz` and `/metrics`, on a port of their own.
 */
import { Hono } from "hono";
import { type HttpServer, startHttpServer } from "./http-server.ts";
import type { Metrics } from "./metrics.ts";

export interface MonitorOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Address to listen on; all of this machine's where none is given. */
  readonly host?: string | undefined;
  readonly metrics: Pick<Metrics, "read">;
  /** Each part that must work before the process can answer, by name, and its state: `ready`, or any other word. */
  readonly parts: () => Readonly<Record<string, string>>;
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
  const app = new Hono();
  app.get("/healthz", (context) => context.text("ok"));
  app.get("/readyz", (context) => {
    const states = parts();
    const isReady = Object.values(states).every((state) => state === "ready");
    return context.json({ isReady, parts: states }, isReady ? 200 : 503);
  });
  app.get("/metrics", async (context) => {
    const { text, contentType } = await metrics.read();
    return context.body(text, 200, { "content-type": contentType });
  });
  app.notFound((context) => context.text("There is nothing here.", 404));
  return await startHttpServer({ fetch: app.fetch, port, portSetting: "METRICS_PORT", host });
}
