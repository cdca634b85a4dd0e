/** The program with a public key: the endpoint alone, and beside the gateway. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";
import { command, createSigner, PING } from "../transports/signed-requests.ts";
import { textOf, until } from "./running-bot.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const signer = createSigner();
const children: ChildProcessWithoutNullStreams[] = [];
const servers: LocalDiscord[] = [];

async function startDiscord(): Promise<LocalDiscord> {
  const discord = await startLocalDiscord({ port: 0, rateLimits: false });
  servers.push(discord);
  return discord;
}

/** Runs the program, and reads its log. */
function start(environment: Record<string, string>) {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "src/main.ts")], {
    cwd: root,
    env: { PATH, PORT: "0", HOST: "127.0.0.1", ...environment },
  });
  children.push(child);
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  const lines = (): string[] => output.split("\n").filter((line) => line !== "");
  /** Waits for the log's line with this message. */
  const logged = (message: string): Promise<Record<string, unknown>> =>
    until(() => {
      const line = lines().find((each) => each.includes(message));
      return line === undefined ? undefined : (JSON.parse(line) as Record<string, unknown>);
    });
  const post = async (body: string): Promise<Response> => {
    const { port } = await logged("taken over HTTP");
    const url = `http://127.0.0.1:${port}/interactions`;
    return await fetch(url, { method: "POST", body, headers: signer.headers(body) });
  };
  return { child, ended, lines, logged, post };
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of servers.splice(0)) await server.close();
});

describe("with a public key", { timeout: 90_000 }, () => {
  it("and no token, serves the endpoint alone and says what is missing", async () => {
    const bot = start({ DISCORD_PUBLIC_KEY: signer.publicKey });
    expect(await (await bot.post(PING)).json()).toEqual({ type: 1 });
    const card = await (await bot.post(command("delete-steps", { service: "tiktok" }))).text();
    expect(card).toContain("Delete your TikTok account");
    await bot.logged("Commands can't be registered without DISCORD_TOKEN.");
    bot.child.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
  });

  it("and GATEWAY=off, registers the commands over REST and never connects", async () => {
    const discord = await startDiscord();
    const bot = start({
      DISCORD_PUBLIC_KEY: signer.publicKey,
      GATEWAY: "off",
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
    expect(await bot.logged("Commands registered.")).toMatchObject({ outcome: "updated" });
    expect(discord.commands().map(({ name }) => name)).toContain("delete-steps");
    expect((await bot.post(PING)).status).toBe(200);
    expect(discord.requests().some(({ path }) => path.startsWith("/gateway"))).toBe(false);
  });

  it("and a refused token, goes on answering without registering", async () => {
    const discord = await startDiscord();
    const bot = start({
      DISCORD_PUBLIC_KEY: signer.publicKey,
      GATEWAY: "off",
      DISCORD_TOKEN: "wrong",
      DISCORD_API_URL: discord.apiUrl,
    });
    const line = await bot.logged("The commands could not be registered.");
    expect(line).toMatchObject({ error: { message: expect.stringContaining("Discord refused DISCORD_TOKEN.") } });
    expect((await bot.post(PING)).status).toBe(200);
  });

  it("and a token, takes interactions at the endpoint and messages from the gateway", async () => {
    const discord = await startDiscord();
    const bot = start({
      DISCORD_PUBLIC_KEY: signer.publicKey,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
    await bot.logged("Wayout is on Discord.");
    expect((await bot.post(PING)).status).toBe(200);
    discord.person.say({ channelId: discord.directChannelId, content: "how do i delete my tiktok account" });
    const answer = await until(() => discord.messages(discord.directChannelId)[1]);
    expect(textOf(answer)).toContain("Delete your TikTok account");
    bot.child.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
  });
});

describe("with METRICS_PORT", { timeout: 90_000 }, () => {
  it("tells health, and what it did, of both transports", async () => {
    const discord = await startDiscord();
    const bot = start({
      DISCORD_PUBLIC_KEY: signer.publicKey,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      METRICS_PORT: "0",
    });
    const { port } = await bot.logged("Health and metrics are served.");
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await get("/healthz")).status).toBe(200);
    await bot.logged("Wayout is on Discord.");
    const ready = await get("/readyz");
    expect(await ready.json()).toEqual({ isReady: true, parts: { endpoint: "ready", gateway: "ready" } });

    await bot.post(command("ask", { question: "how do i delete my tiktok account" }));
    discord.person.say({ channelId: discord.directChannelId, content: "how do i delete my tiktok account" });
    await until(() => discord.messages(discord.directChannelId)[1]);
    const metrics = await eventually(async () => {
      const text = await (await get("/metrics")).text();
      return text.includes('wayout_message_seconds_count{transport="gateway"} 1') ? text : undefined;
    });
    expect(metrics).toContain('wayout_questions_total{transport="endpoint",kind="answer",topic="delete"} 1');
    expect(metrics).toContain('wayout_questions_total{transport="gateway",kind="answer",topic="delete"} 1');
    expect(metrics).toContain('wayout_commands_total{transport="endpoint",command="ask"} 1');
    expect(metrics).toContain('wayout_gateway_state{shard="0",state="ready"} 1');
    expect(metrics).not.toContain(discord.directChannelId);

    discord.faults.gateway.silence(true);
    discord.faults.gateway.cut();
    await eventually(async () => ((await get("/readyz")).status === 503 ? true : undefined));
    expect((await get("/healthz")).status).toBe(200);
  });
});

describe("settings that contradict each other", { timeout: 90_000 }, () => {
  it.each([
    [{ GATEWAY: "off" }, /^GATEWAY: found off, but DISCORD_PUBLIC_KEY is not set/],
    [{ GATEWAY: "off", DISCORD_TOKEN: "any" }, /^GATEWAY: found off, but DISCORD_PUBLIC_KEY is not set/],
    [{ GATEWAY: "on", DISCORD_PUBLIC_KEY: signer.publicKey }, /^GATEWAY: found on, but DISCORD_TOKEN is not set/],
    [{ METRICS_PORT: "4000", PORT: "4000" }, /^METRICS_PORT: found 4000, which is also PORT/],
    [{ DISCORD_PUBLIC_KEY: "not a key" }, /^DISCORD_PUBLIC_KEY: found something else, allowed: 64 hexadecimal digits/],
  ])("%o end it with one line", async (environment, expected) => {
    const bot = start(environment);
    expect(await bot.ended).toBe(1);
    expect(bot.lines()).toEqual([expect.stringMatching(expected)]);
  });
});

async function eventually<Value>(find: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const value = await find();
    if (value !== undefined) return value;
  }
}
