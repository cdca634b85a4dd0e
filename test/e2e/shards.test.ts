/** Sixteen shards in four processes. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";
import { type LogLine, type Program, startProgram } from "./program.ts";
import { until } from "./running-bot.ts";

const TOTAL = 16;
const STARTED = "A process for shards was started.";

let discord: LocalDiscord;
let bot: Program;

beforeAll(async () => {
  // Eight may IDENTIFY at once: 0 and 8 not, although they are in different processes.
  discord = await startLocalDiscord({ port: 0, rateLimits: false, guilds: 64, maxConcurrency: 8 });
  bot = startProgram({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, SHARDS: String(TOTAL) });
  await bot.untilLogged("Wayout is on Discord.", 4);
}, 90_000);

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
    expect(bot.logged(STARTED).map(({ shards }) => shards)).toEqual(["0-3", "4-7", "8-11", "12-15"]);
    expect(await sessionsLeft()).toBe(1000 - TOTAL);
    // What is refused an IDENTIFY loses its connection and tries again.
    expect(bot.logged("Lost the gateway connection")).toEqual([]);
  });

  it("register the commands once", () => {
    expect(bot.logged("Commands registered.")).toHaveLength(1);
    expect(discord.requests().filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  it("answer in every server, each where it belongs", async () => {
    const shards = new Set(discord.guilds.map(({ id }) => shardOf(id)));
    expect(shards.size).toBe(TOTAL);
    for (const { channelId } of discord.guilds) expect(await use(channelId)).toMatchObject({ ok: true });
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

  it("have health on ports of their own", async () => {
    const { program } = await start({ METRICS_PORT: "0" });
    const ports = program.logged("Health and metrics are served.").map(({ port }) => port);
    expect(new Set(ports).size).toBe(2);
    for (const port of ports) expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  });
});
