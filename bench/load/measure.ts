/** The measurements of `npm run bench:load`, of one contender each. */
import { type AddressInfo, createServer } from "node:net";
import {
  type Contender,
  type Discord,
  type ProgramName,
  startContender,
  startDiscord,
  startHttpClient,
} from "./contender.ts";

const AT_ONCE = 16;
/** As many interactions a second as the latencies are measured at. */
const PER_SECOND = 200;
const PACED_SECONDS = 10;
/** What has been compiled by then is what is measured. */
const WARM_UP = 6_000;
/** After READY, until what was only needed to start is given back. */
const IDLE_MS = 3_000;
const GROWTH_PARTS = 5;

export interface Round {
  /** From the start of the process until READY, in ms. */
  readonly readyMs: number;
  /** Of these, what the processor worked: other programs on the machine don't count. */
  readonly readyProcessorMs: number;
  /** In MiB, a few seconds after READY. */
  readonly idleMiB: number;
  /** In MiB, after all interactions of the round. */
  readonly loadedMiB: number;
  /**
   * Interactions a second of wall-clock time, and of the bot's processor time: what one core could do. The first is the
   * local Discord's figure where that is the slower of the two, and it checks a card for longer than a sentence.
   */
  readonly perSecond: number;
  readonly perProcessorSecond: number;
  /** Seconds of processor time in a second at full speed, of the bot and of the local Discord: who is the bottleneck. */
  readonly botBusy: number;
  readonly discordBusy: number;
  /** From interaction to callback at 200 a second, in ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

/** Over the gateway: start, rest, as many interactions as it can, and then a steady 200 a second. */
export async function measureGateway(program: ProgramName, count: number): Promise<Round> {
  return await withBot(program, 1, async (bot, discord, readyMs) => {
    const readyProcessorMs = bot.processorTime() * 1000;
    await wait(IDLE_MS);
    const idleMiB = bot.memory();
    const warmUp = await discord.load({ type: "burst", count: WARM_UP, atOnce: AT_ONCE });
    const before = { bot: bot.processorTime(), discord: discord.processorTime() };
    const burst = await discord.load({ type: "burst", count, atOnce: AT_ONCE });
    const processorSeconds = bot.processorTime() - before.bot;
    const discordSeconds = discord.processorTime() - before.discord;
    const paced = await discord.load({ type: "pace", perSecond: PER_SECOND, seconds: PACED_SECONDS });
    return {
      readyMs,
      readyProcessorMs,
      idleMiB,
      loadedMiB: bot.memory(),
      perSecond: count / burst.seconds,
      perProcessorSecond: count / processorSeconds,
      botBusy: processorSeconds / burst.seconds,
      discordBusy: discordSeconds / burst.seconds,
      p50Ms: quantile(paced.latencies, 0.5),
      p99Ms: quantile(paced.latencies, 0.99),
      failures: warmUp.failures + burst.failures + paced.failures,
    };
  });
}

/** Resident memory in MiB: idle, and after each fifth of so many interactions. */
export async function measureGrowth(program: ProgramName, count: number): Promise<number[]> {
  return await withBot(program, 1, async (bot, discord) => {
    await wait(IDLE_MS);
    const memory = [bot.memory()];
    for (let part = 0; part < GROWTH_PARTS; part += 1) {
      await discord.load({ type: "burst", count: Math.round(count / GROWTH_PARTS), atOnce: AT_ONCE });
      memory.push(bot.memory());
    }
    return memory;
  });
}

/** Resident memory in MiB, idle in so many servers. */
export async function measureGuilds(program: ProgramName, guilds: number): Promise<number> {
  return await withBot(program, guilds, async (bot) => {
    await wait(IDLE_MS);
    return bot.memory();
  });
}

export interface HttpRound {
  readonly perSecond: number;
  readonly perProcessorSecond: number;
  readonly failures: number;
}

/** Over HTTP: as many signed interactions as it can. */
export async function measureHttp(program: ProgramName, count: number): Promise<HttpRound> {
  const client = await startHttpClient();
  const port = await freePort();
  const endpoint = startContender(program, {
    DISCORD_PUBLIC_KEY: client.publicKey,
    PORT: String(port),
    HOST: "127.0.0.1",
    COOLDOWN: "off",
  });
  try {
    while ((await client.load({ port, count: 1, atOnce: 1 })).failures > 0) await wait(50);
    const warmUp = await client.load({ port, count: WARM_UP, atOnce: AT_ONCE });
    const before = endpoint.processorTime();
    const { seconds, failures } = await client.load({ port, count, atOnce: AT_ONCE });
    const processorSeconds = endpoint.processorTime() - before;
    return {
      perSecond: count / seconds,
      perProcessorSecond: count / processorSeconds,
      failures: failures + warmUp.failures,
    };
  } finally {
    await endpoint.stop();
    await client.stop();
  }
}

async function withBot<Result>(
  program: ProgramName,
  guilds: number,
  act: (bot: Contender, discord: Discord, readyMs: number) => Promise<Result>,
): Promise<Result> {
  const discord = await startDiscord(guilds);
  // One person asks all the time here; on Discord, that person would have to wait.
  const environment = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, COOLDOWN: "off" };
  const bot = startContender(program, environment);
  try {
    const readyAt = await discord.ready();
    return await act(bot, discord, readyAt - bot.startedAt);
  } finally {
    await bot.stop();
    await discord.stop();
  }
}

/** @param sorted - ascending */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
