/** No path leads out of what is served, and no id is a path. */
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ConfigError, parseConfig } from "../../src/config.ts";
import { startLocalDiscord } from "../../src/local/server.ts";
import { createLogger } from "../../src/log.ts";
import { startEndpoint } from "../../src/transports/http-endpoint.ts";
import { createMetrics } from "../../src/transports/metrics.ts";
import { startMonitor } from "../../src/transports/monitor.ts";

const PATHS = [
  "/../package.json",
  "/../../../../../../etc/passwd",
  "/%2e%2e/package.json",
  "/%2e%2e%2fpackage.json",
  "/..%5c..%5cpackage.json",
  "/..\\package.json",
  "//etc/passwd",
  "/./.env",
  "/.git/config",
  "/package.json",
  "/node_modules/discord.js/package.json",
  "/main.ts",
  "/%00",
  "/%",
  "/__proto__",
  "/constructor",
  "file:///etc/passwd",
];

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const { close } of started.splice(0)) await close();
});

/** Sends a path as it is: what makes requests for people would tidy it up first. */
function get(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk: Buffer) => {
      answer += chunk.toString();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  });
}

const servers: Readonly<Record<string, () => Promise<number>>> = {
  endpoint: async () => {
    const server = await startEndpoint({
      publicKey: "ab".repeat(32),
      port: 0,
      host: "127.0.0.1",
      respondToInteraction: () => ({ type: 1 }),
      log: createLogger("silent"),
    });
    started.push(server);
    return server.port;
  },
  monitor: async () => {
    const metrics = createMetrics(() => []);
    const server = await startMonitor({ port: 0, host: "127.0.0.1", metrics, parts: () => ({}) });
    started.push(server);
    return server.port;
  },
  "local Discord": async () => {
    const server = await startLocalDiscord({ port: 0 });
    started.push(server);
    return Number(new URL(server.url).port);
  },
};

describe.each(Object.entries(servers))("the %s", (_, start) => {
  it("serves no files", async () => {
    const port = await start();
    for (const path of PATHS) {
      const answer = await get(port, path);
      expect(answer, path).toMatch(/^HTTP\/1\.1 (400|403|404) /);
      expect(answer, path).not.toMatch(/root:|"dependencies"|\[core\]|DISCORD_TOKEN/);
    }
  });
});

describe("a setting that names a service", () => {
  it.each(["../../package", "tiktok/../../x", "/etc/passwd", "tiktok.yaml", "tiktok\u0000"])("is no path: %j", (id) => {
    expect(() => parseConfig({ DEFAULT_SERVICE: id })).toThrow(ConfigError);
  });
});
