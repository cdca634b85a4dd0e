/** Bad days that the process is not to live through, and those at its start and its end, as docs/operations.md lists them. */
import { afterEach, describe, expect, it } from "vitest";
import type { RestFault } from "../../src/local/faults.ts";
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from "../../src/local/server.ts";
import { type Program, startProgram } from "./program.ts";
import { until } from "./running-bot.ts";
import { startWire, type Wire } from "./wire.ts";

const ON_DISCORD = "Wayout is on Discord.";
const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function startDiscord(options: Partial<LocalDiscordOptions> = {}): Promise<LocalDiscord> {
  const discord = await startLocalDiscord({ port: 0, rateLimits: false, heartbeatIntervalMs: 4_000, ...options });
  cleanUps.push(() => discord.close());
  return discord;
}

function start(discord: LocalDiscord, execArgv: readonly string[] = []): Program {
  const bot = startProgram(
    { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, COOLDOWN: "off" },
    execArgv,
  );
  cleanUps.push(() => bot.stop());
  return bot;
}

async function startReady(options: Partial<LocalDiscordOptions> = {}, execArgv: readonly string[] = []) {
  const discord = await startDiscord(options);
  const bot = start(discord, execArgv);
  await bot.untilLogged(ON_DISCORD);
  return { discord, bot };
}

async function isAnswered(discord: LocalDiscord, channelId = discord.guilds[0]?.channelId ?? ""): Promise<boolean> {
  const command = discord.commands().find(({ name }) => name === "delete-steps");
  const options = [{ name: "service", value: "tiktok" }];
  return (await discord.person.useCommand({ channelId, commandId: command?.id ?? "", options })).ok;
}

/** Leads the gateway's connection over a wire of the test's. */
async function leadOver(discord: LocalDiscord, port: number): Promise<void> {
  const session_start_limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
  const body = JSON.stringify({ url: `ws://127.0.0.1:${port}/gateway`, shards: 1, session_start_limit });
  const headers = { "content-type": "application/json" };
  discord.faults.rest({ path: /^\/gateway\/bot$/, times: 99, effect: { kind: "respond", status: 200, body, headers } });
}

const portOf = (discord: LocalDiscord): number => Number(new URL(discord.url).port);

describe("the process ends with 1, and one line that says why,", { timeout: 40_000 }, () => {
  it("when the token is revoked", async () => {
    const { discord, bot } = await startReady();
    const before = bot.lines().length;
    discord.faults.revokeToken();
    expect(await bot.ended).toBe(1);
    const added = bot.lines().slice(before);
    expect(added).toHaveLength(1);
    expect(JSON.parse(added[0] ?? "")).toMatchObject({
      level: 60,
      msg: expect.stringMatching(/^Discord refused DISCORD_TOKEN/) as string,
    });
  });

  it("when the REST API refuses the token first", async () => {
    const { discord, bot } = await startReady();
    const effect = { kind: "error", status: 401, code: 0, message: "401: Unauthorized" } as const;
    discord.faults.rest({ method: "POST", path: /\/messages$/, effect });
    const before = bot.lines().length;
    discord.person.say({ channelId: discord.directChannelId, content: "how do i delete tiktok" });
    expect(await bot.ended).toBe(1);
    expect(bot.lines().slice(before)).toEqual([expect.stringContaining("Discord refused DISCORD_TOKEN")]);
  });

  it.each([
    [4013, "Discord refused the intents."],
    [4014, "Discord refused the intents."],
    [4010, "Discord wants this bot to be split"],
    [4011, "Discord wants this bot to be split"],
    [4012, "Discord closed the connection for good"],
  ])("when the gateway closes with %i", async (code, reason) => {
    const { discord, bot } = await startReady();
    const before = bot.lines().length;
    discord.faults.gateway.close(code);
    expect(await bot.ended).toBe(1);
    expect(bot.lines().slice(before)).toEqual([expect.stringContaining(reason)]);
  });

  it("when Discord's API is down at the start", async () => {
    const discord = await startDiscord();
    const effect = { kind: "respond", status: 503 } as const;
    discord.faults.rest({ path: /^\/gateway\/bot$/, times: 99, effect });
    const bot = start(discord);
    expect(await bot.ended).toBe(1);
    expect(bot.logged("Discord's API is in trouble; it is asked again.")).toHaveLength(1);
    expect(bot.lines()).toHaveLength(2);
    expect(bot.lines()[1]).toMatch(/^Discord's API at .* answered 503\. Try again later/);
  });
});

describe("Discord's API is in trouble at the start, but not for long", { timeout: 40_000 }, () => {
  it.each<[string, RestFault["effect"]]>([
    ["5xx", { kind: "respond", status: 502 }],
    ["resets", { kind: "reset" }],
    ["a short 429", { kind: "rate-limit", retryAfterMs: 400, scope: "global" }],
  ])("%s: it is waited for", async (_, effect) => {
    const discord = await startDiscord();
    discord.faults.rest({ path: /^\/gateway\/bot$/, times: 4, effect });
    const bot = start(discord);
    await bot.untilLogged(ON_DISCORD);
    expect(await isAnswered(discord)).toBe(true);
  });
});

describe("at the start, one line says that Discord", { timeout: 40_000 }, () => {
  const json = { "content-type": "application/json" };
  const session_start_limit = { total: 1000, remaining: 0, reset_after: 3_600_000, max_concurrency: 1 };
  const gateway = { url: "wss://127.0.0.1:9", shards: 1, session_start_limit };

  it.each<[string, RestFault["effect"], RegExp]>([
    [
      "allows no more connections today",
      { kind: "respond", status: 200, headers: json, body: JSON.stringify(gateway) },
      /^Discord lets this bot begin 0 more of its 1000 connections a day, and 1 are needed\./,
    ],
    [
      "is not to be asked for an hour",
      { kind: "rate-limit", retryAfterMs: 3_600_000, scope: "user" },
      /^Discord's API at .* lets this bot or this address ask again in 61 minutes\./,
    ],
    [
      "is not who answers, where its gateway is missing",
      { kind: "respond", status: 200, headers: json, body: JSON.stringify({ ...gateway, url: undefined }) },
      /^http.* answers, but not as Discord's API does\. Check DISCORD_API_URL\.$/,
    ],
    [
      "is not who answers, with no JSON",
      { kind: "respond", status: 200, headers: json, body: "<html>" },
      /^http.* answers, but not as Discord's API does\. Check DISCORD_API_URL\.$/,
    ],
  ])("%s", async (_, effect, expected) => {
    const discord = await startDiscord();
    discord.faults.rest({ path: /^\/gateway\/bot$/, times: 99, effect });
    const bot = start(discord);
    expect(await bot.ended).toBe(1);
    expect(bot.lines()).toEqual([expect.stringMatching(expected)]);
  });
});

describe("a gateway that is down at the start", { timeout: 40_000 }, () => {
  it("is waited for", async () => {
    const discord = await startDiscord();
    const wire = await startWire(portOf(discord));
    await wire.close();
    await leadOver(discord, wire.port);
    const bot = start(discord);
    await bot.untilLogged("Lost the gateway connection; reconnecting.");
    const restored: Wire = await startWire(portOf(discord), wire.port);
    cleanUps.push(() => restored.close());
    await bot.untilLogged(ON_DISCORD);
    expect(await isAnswered(discord)).toBe(true);
    // However often it was tried.
    expect(bot.logged("Lost the gateway connection")).toHaveLength(1);
  });
});

describe("a half-open connection", { timeout: 90_000 }, () => {
  it("is noticed by its missing acknowledgements, and replaced", async () => {
    const discord = await startDiscord();
    const wire = await startWire(portOf(discord));
    cleanUps.push(() => wire.close());
    await leadOver(discord, wire.port);
    const bot = start(discord);
    await bot.untilLogged(ON_DISCORD);
    wire.freeze();
    // The other end says goodbye to nobody for 30 seconds before the socket is given up.
    await bot.untilLogged("Lost the gateway connection");
    await until(() => bot.logged("Resumed the gateway")[0] ?? bot.logged("Connected to the gateway anew.")[0]);
    expect(await isAnswered(discord)).toBe(true);
  });
});

describe("SIGTERM in mid-reply", { timeout: 40_000 }, () => {
  it("lets the reply be finished, and ends with 0", async () => {
    const { discord, bot } = await startReady();
    discord.faults.rest({ method: "POST", path: /callback$/, effect: { kind: "delay", ms: 1_000 } });
    const outcome = isAnswered(discord);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    bot.child.kill("SIGTERM");
    expect(await outcome).toBe(true);
    expect(await bot.ended).toBe(0);
    // At once, so that the bot is seen to be away.
    await until(() => (discord.requests().length > 0 ? true : undefined));
    await expect(isAnswered(discord)).resolves.toBe(false);
  });
});

describe("little memory", { timeout: 90_000 }, () => {
  it("suffices: a heap of 64 MiB, 2,500 servers, 1,000 commands", async () => {
    const { discord, bot } = await startReady({ guilds: 2_500 }, ["--max-old-space-size=64"]);
    const channels = discord.guilds.map(({ channelId }) => channelId);
    for (let done = 0; done < 1_000; done += 20) {
      const batch = channels.slice(done, done + 20);
      expect(await Promise.all(batch.map((channelId) => isAnswered(discord, channelId)))).not.toContain(false);
    }
    expect(bot.child.exitCode).toBeNull();
  });
});
