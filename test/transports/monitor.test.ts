/** Health and metrics over real sockets. */
import type { APIInteraction } from "discord-api-types/v10";
import { afterEach, describe, expect, it } from "vitest";
import { TOPICS } from "../../src/knowledge/schema.ts";
import type { ShardState } from "../../src/transports/gateway.ts";
import type { HttpServer } from "../../src/transports/http-server.ts";
import { createMetrics } from "../../src/transports/metrics.ts";
import { startMonitor } from "../../src/transports/monitor.ts";

let parts: Record<string, string> = {};
let shards: ShardState[] = [];
const running: HttpServer[] = [];

async function start() {
  const metrics = createMetrics(() => shards);
  const monitor = await startMonitor({ port: 0, host: "127.0.0.1", metrics, parts: () => parts });
  running.push(monitor);
  const get = (path: string) => fetch(`http://127.0.0.1:${monitor.port}${path}`);
  const samples = async (name: string): Promise<string[]> => {
    const text = await (await get("/metrics")).text();
    return text.split("\n").filter((line) => line.startsWith(name));
  };
  return { metrics, get, samples };
}

const interaction = (type: number, data: object = {}) => ({ type, data }) as unknown as APIInteraction;

afterEach(async () => {
  parts = {};
  shards = [];
  for (const server of running.splice(0)) await server.close();
});

describe("/healthz", () => {
  it("answers as long as the process lives, ready or not", async () => {
    parts = { gateway: "connecting" };
    const { get } = await start();
    expect((await get("/healthz")).status).toBe(200);
  });
});

describe("/readyz", () => {
  it("tells each part's state, and is 200 only once all are ready", async () => {
    const { get } = await start();
    parts = { endpoint: "ready", gateway: "resuming" };
    const before = await get("/readyz");
    expect(before.status).toBe(503);
    expect(await before.json()).toEqual({ isReady: false, parts });
    parts = { endpoint: "ready", gateway: "ready" };
    const after = await get("/readyz");
    expect(after.status).toBe(200);
    expect(await after.json()).toEqual({ isReady: true, parts });
  });
});

describe("/metrics", () => {
  it("counts questions by topic, kind and transport", async () => {
    const { metrics, samples } = await start();
    metrics.watch("gateway").matched({ kind: "answer", topic: "delete" });
    metrics.watch("gateway").matched({ kind: "answer", topic: "delete" });
    metrics.watch("endpoint").matched({ kind: "none", topic: null });
    expect(await samples("wayout_questions_total")).toEqual([
      'wayout_questions_total{transport="gateway",kind="answer",topic="delete"} 2',
      'wayout_questions_total{transport="endpoint",kind="none",topic="none"} 1',
    ]);
  });

  it("measures how long interactions and messages took, in seconds", async () => {
    const { metrics, samples } = await start();
    const watch = metrics.watch("endpoint");
    watch.answeredInteraction(interaction(2, { name: "ask" }), 12);
    watch.answeredInteraction(interaction(4, { name: "ask" }), 2);
    watch.answeredMessage(120);
    expect(await samples("wayout_interaction_seconds_sum")).toEqual([
      'wayout_interaction_seconds_sum{transport="endpoint",type="command"} 0.012',
      'wayout_interaction_seconds_sum{transport="endpoint",type="completion"} 0.002',
    ]);
    expect(await samples("wayout_message_seconds_count")).toEqual([
      'wayout_message_seconds_count{transport="endpoint"} 1',
    ]);
    expect(await samples("wayout_commands_total")).toEqual([
      'wayout_commands_total{transport="endpoint",command="ask"} 1',
    ]);
  });

  it("counts Discord's errors by code and its rate limits, and who had to wait", async () => {
    const { metrics, samples } = await start();
    const watch = metrics.watch("gateway");
    watch.failed(Object.assign(new Error("Missing Permissions"), { code: 50_013, status: 403 }));
    watch.failed(Object.assign(new Error("Bad Gateway"), { status: 502 }));
    watch.failed(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
    watch.failed("odd");
    watch.rateLimited("shared");
    watch.cooledDown("person");
    expect(await samples("wayout_discord_errors_total")).toEqual([
      'wayout_discord_errors_total{transport="gateway",code="50013"} 1',
      'wayout_discord_errors_total{transport="gateway",code="http_502"} 1',
      'wayout_discord_errors_total{transport="gateway",code="ECONNRESET"} 1',
      'wayout_discord_errors_total{transport="gateway",code="other"} 1',
    ]);
    expect(await samples("wayout_discord_rate_limits_total")).toHaveLength(1);
    expect(await samples("wayout_cooldowns_total")).toEqual([
      'wayout_cooldowns_total{transport="gateway",scope="person"} 1',
    ]);
  });

  it("tells each shard's state and ping as they are now", async () => {
    const { samples } = await start();
    shards = [
      { id: 0, state: "ready", pingMs: 42 },
      { id: 1, state: "resuming", pingMs: undefined },
    ];
    expect(await samples("wayout_gateway_state")).toEqual([
      'wayout_gateway_state{shard="0",state="ready"} 1',
      'wayout_gateway_state{shard="1",state="resuming"} 1',
    ]);
    expect(await samples("wayout_gateway_ping_seconds")).toEqual(['wayout_gateway_ping_seconds{shard="0"} 0.042']);
    shards = [{ id: 0, state: "ready", pingMs: 42 }];
    expect(await samples("wayout_gateway_state")).toHaveLength(1);
  });

  it("has few series, whatever Discord or people send", async () => {
    const { metrics, samples } = await start();
    const watch = metrics.watch("gateway");
    for (let index = 0; index < 2000; index += 1) {
      watch.failed(Object.assign(new Error(), { code: index }));
      watch.answeredInteraction(interaction(2, { name: `made-up-${index}` }), 1);
      watch.answeredInteraction(interaction(100 + index), 1);
    }
    watch.answeredInteraction(interaction(2, { name: "__proto__" }), 1);
    watch.answeredInteraction({ type: 2 } as unknown as APIInteraction, 1);
    for (const topic of TOPICS) watch.matched({ kind: "answer", topic });
    expect(await samples("wayout_discord_errors_total")).toHaveLength(101);
    expect(await samples("wayout_commands_total")).toEqual([
      'wayout_commands_total{transport="gateway",command="unknown"} 2002',
    ]);
    expect((await samples("wayout_")).length).toBeLessThan(200);
  });

  it("holds nothing of what was asked, by whom or where", async () => {
    const { metrics, get } = await start();
    const used = {
      id: "846462639134605312",
      type: 2,
      token: "aW50ZXJhY3Rpb246",
      member: { user: { id: "80351110224678912", username: "sam" } },
      guild_id: "772904309264089089",
      channel: { id: "772908445358620702" },
      data: { name: "ask", options: [{ name: "question", type: 3, value: "my secret worry" }] },
    };
    metrics.watch("gateway").answeredInteraction(used as unknown as APIInteraction, 3);
    metrics.watch("gateway").failed(Object.assign(new Error("my secret worry"), { code: "my secret worry" }));
    const text = await (await get("/metrics")).text();
    expect(text).toContain('command="ask"');
    for (const value of [
      "846462639134605312",
      "80351110224678912",
      "772904309264089089",
      "772908445358620702",
      "sam",
      "aW50",
      "worry",
    ]) {
      expect(text).not.toContain(value);
    }
  });

  it("comes in the form that Prometheus asks for, with the process's memory", async () => {
    const { get } = await start();
    const response = await get("/metrics");
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toContain("process_resident_memory_bytes");
  });
});
