/** Sixteen shards in four processes. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";
import { type LogLine, type Program, startProgram } from "./program.ts";
import { until } from "./running-bot.ts";

const TOTAL = 16;
const STARTED = "A process for shards was started.";

let discord: LocalDiscord;
let bot: Program;
const identified: { readonly shard: number; readonly isInTime: boolean }[] = [];

beforeAll(async () => {
  // Three may IDENTIFY at once: 0 and 3 not, which are in one process, nor 6, which is in another.
  discord = await startLocalDiscord({
    port: 0,
    rateLimits: false,
    guilds: 64,
    maxConcurrency: 3,
    // Discord's 5 s; less here, so that a machine that is busy for a moment fails nobody.
    identifyWindowMs: 3_000,
    onIdentify: (shard, isInTime) => identified.push({ shard, isInTime }),
  });
  bot = startProgram({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SHARDS: String(TOTAL),
    METRICS_PORT: "0",
  });
  await bot.untilLogged("Wayout is on Discord.", 4);
}, 180_000);

afterAll(async () => {
  await bot.stop();
  await discord.close();
});

/** Uses a command in a server; what the bot said. */
async function use(channelId: string) {
  const command = discord.commands().find(({ name }) => name === "delete-steps");
  const options = [{ name: "service", value: "tiktok" }];
  return await discord.person.useCommand({ channelId, commandId: command?.id ?? "", options });
}

const shardOf = (guildId: string): number => Number((BigInt(guildId) >> 22n) % BigInt(TOTAL));

const processes = ["0-3", "4-7", "8-11", "12-15"];

/** How many commands each process has answered. */
async function answeredByProcess(): Promise<Record<string, number>> {
  const port = bot.logged("Health and metrics are served.")[0]?.["port"];
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const samples = text.matchAll(/^wayout_commands_total\{.*shards="(?<label>[^"]+)".*\} (?<count>\d+)$/gm);
  return Object.fromEntries([...samples].map(({ groups }) => [groups?.["label"], Number(groups?.["count"])]));
}

const sessionsLeft = async (): Promise<number> => {
  const headers = { authorization: `Bot ${discord.token}` };
  const response = await fetch(`${discord.apiUrl}/v10/gateway/bot`, { headers });
  return ((await response.json()) as { session_start_limit: { remaining: number } }).session_start_limit.remaining;
};

const pidOf = (line: LogLine | undefined): number => {
  if (typeof line?.["pid"] !== "number") throw new Error("no process is logged");
  return line["pid"];
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("sixteen shards in four processes", { timeout: 60_000 }, () => {
  it("IDENTIFY once each, within what Discord allows", async () => {
    expect(bot.logged(STARTED).map(({ shards }) => shards)).toEqual(processes);
    expect(identified.filter(({ isInTime }) => !isInTime)).toEqual([]);
    expect(identified.map(({ shard }) => shard).sort((a, b) => a - b)).toEqual([...Array(TOTAL).keys()]);
    expect(await sessionsLeft()).toBe(1000 - TOTAL);
  });

  it("register the commands once", () => {
    expect(bot.logged("Commands registered.")).toHaveLength(1);
    expect(discord.requests().filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  it("answer in every server, each where it belongs", async () => {
    const shards = new Set(discord.guilds.map(({ id }) => shardOf(id)));
    expect(shards.size).toBe(TOTAL);
    for (const { channelId } of discord.guilds) expect(await use(channelId)).toMatchObject({ ok: true });
    // Discord sends an event to the shard of its server alone; how many each process has answered is in its metrics.
    const expected = new Map(processes.map((label) => [label, 0]));
    for (const { id } of discord.guilds) {
      const label = processes[Math.floor(shardOf(id) / 4)] ?? "";
      expected.set(label, (expected.get(label) ?? 0) + 1);
    }
    await expect.poll(answeredByProcess, { timeout: 10_000 }).toEqual(Object.fromEntries(expected));
  });

  it("go on without the one whose process is killed, which comes back", async () => {
    const before = bot.logged(STARTED).map(pidOf);
    const [first, killed, third, fourth] = before;
    if (killed === undefined) throw new Error("there is no second process");
    const inKilled = discord.guilds.filter(({ id }) => Math.floor(shardOf(id) / 4) === 1);
    const elsewhere = discord.guilds.filter(({ id }) => Math.floor(shardOf(id) / 4) !== 1);

    process.kill(killed, "SIGKILL");
    await until(() => (isAlive(killed) ? undefined : true));
    for (const { channelId } of elsewhere) expect(await use(channelId)).toMatchObject({ ok: true });

    const line = await bot.untilLogged(STARTED, 5);
    expect(line).toMatchObject({ shards: "4-7" });
    expect(pidOf(line)).not.toBe(killed);
    await bot.untilLogged("Wayout is on Discord.", 5);
    for (const { channelId } of inKilled) expect(await use(channelId)).toMatchObject({ ok: true });

    expect([first, third, fourth].every((pid) => pid !== undefined && isAlive(pid))).toBe(true);
    // Its own four, and nobody else, have identified again.
    expect(identified.slice(TOTAL).map(({ shard }) => shard)).toEqual(expect.arrayContaining([4, 5, 6, 7]));
    expect(identified.slice(TOTAL)).toHaveLength(4);
    expect(identified.filter(({ isInTime }) => !isInTime)).toEqual([]);
    expect(await sessionsLeft()).toBe(1000 - TOTAL - 4);
    expect(bot.logged("Lost the gateway connection")).toEqual([]);
  });

  it("end with 0 at SIGTERM, all of them, and none is left", async () => {
    const pids = bot.logged(STARTED).map(pidOf);
    bot.child.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
    await until(() => (pids.some(isAlive) ? undefined : true));
  });
});

describe("two shards in two processes", { timeout: 60_000 }, () => {
  const starting: Program[] = [];

  afterEach(async () => {
    for (const program of starting.splice(0)) await program.stop();
    await local.close();
  });

  async function start(environment: Readonly<Record<string, string>> = {}) {
    const program = startProgram({
      DISCORD_TOKEN: local.token,
      DISCORD_API_URL: local.apiUrl,
      SHARDS: "2",
      SHARDS_PER_PROCESS: "1",
      ...environment,
    });
    starting.push(program);
    await program.untilLogged("Wayout is on Discord.", 2);
    return { program, pids: program.logged(STARTED).map(pidOf) };
  }

  let local: LocalDiscord;
  beforeEach(async () => {
    local = await startLocalDiscord({ port: 0, rateLimits: false, maxConcurrency: 2 });
  });

  it("end with 1 and one line when the token is revoked", async () => {
    const { program, pids } = await start();
    const before = program.lines().length;
    local.faults.revokeToken();
    expect(await program.ended).toBe(1);
    expect(program.lines().slice(before)).toEqual([expect.stringContaining("Discord refused DISCORD_TOKEN")]);
    await until(() => (pids.some(isAlive) ? undefined : true));
  });

  it("don't outlive the process that started them", async () => {
    const { program, pids } = await start();
    program.child.kill("SIGKILL");
    await program.ended;
    await until(() => (pids.some(isAlive) ? undefined : true));
  });

  it("have their health and metrics at one port, also while one of them is away", async () => {
    const { program, pids } = await start({ METRICS_PORT: "0" });
    const [line, ...others] = program.logged("Health and metrics are served.");
    expect(others).toEqual([]);
    const get = (path: string) => fetch(`http://127.0.0.1:${line?.["port"]}${path}`);
    const bothReady = { isReady: true, parts: { "shards 0": "ready", "shards 1": "ready" } };
    const metrics = async () => (await (await get("/metrics")).text()).split("\n");

    const ready = await get("/readyz");
    expect([ready.status, await ready.json()]).toEqual([200, bothReady]);
    expect(await metrics()).toEqual(
      expect.arrayContaining([
        'wayout_process_up{shards="0"} 1',
        'wayout_process_up{shards="1"} 1',
        'wayout_gateway_state{shard="0",state="ready",shards="0"} 1',
        'wayout_gateway_state{shard="1",state="ready",shards="1"} 1',
        expect.stringMatching(/^process_resident_memory_bytes\{shards="0"\} \d+$/),
        expect.stringMatching(/^process_resident_memory_bytes\{shards="1"\} \d+$/),
      ]),
    );

    process.kill(pids[1] ?? 0, "SIGSTOP");
    const waiting = await get("/readyz");
    expect([waiting.status, await waiting.json()]).toEqual([
      503,
      { isReady: false, parts: { "shards 0": "ready", "shards 1": "silent" } },
    ]);
    expect((await get("/healthz")).status).toBe(200);
    expect(await metrics()).toEqual(
      expect.arrayContaining(['wayout_process_up{shards="0"} 1', 'wayout_process_up{shards="1"} 0']),
    );

    process.kill(pids[1] ?? 0, "SIGKILL");
    await program.untilLogged("Wayout is on Discord.", 3);
    expect(await (await get("/readyz")).json()).toEqual(bothReady);
  });
});
