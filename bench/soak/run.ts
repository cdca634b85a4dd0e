/**
 * Wayout on Discord's bad days, for a while: people ask at a steady pace, and troubles come at random. What is asked for
 * is that each interaction which Discord would still take an answer to gets exactly one.
 */
import { InteractionType } from "discord-api-types/v10";
import { startLocalDiscord } from "../../src/local/server.ts";
import { type Asked, type Fate, startTroubledLine } from "../../test/e2e/troubled-line.ts";
import { createAccount, type Tally } from "./account.ts";
import { createChoices } from "./choices.ts";
import { createEndpointTraffic, type EndpointTally } from "./endpoint.ts";
import { createPeople } from "./people.ts";
import { isFlat, type MemorySample, startSoakedProcess } from "./process.ts";
import { watchForStalls } from "./stalls.ts";
import { createTroubles } from "./troubles.ts";

export interface SoakOptions {
  readonly seconds: number;
  /** The same people and the same troubles for the same seed, as far as time lets them. */
  readonly seed: number;
  /** What people do in a second, on the gateway; as many requests again come to the endpoint. */
  readonly perSecond: number;
  /** Told how it goes, now and then. */
  readonly onProgress?: (line: string) => void;
}

export interface SoakResult {
  readonly seed: number;
  readonly seconds: number;
  /** By kind: command, completion, component, mention, direct message. */
  readonly gateway: Readonly<Record<string, Tally>>;
  readonly endpoint: EndpointTally;
  /** How often each trouble came. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly memory: Readonly<Record<string, readonly MemorySample[]>>;
  /** How often discord.js threw where nobody would have caught it, and the program did. */
  readonly caughtForDiscordJs: number;
  /** All that must not be, a line each; none where the soak was borne. */
  readonly faults: readonly string[];
}

const KINDS: Readonly<Partial<Record<InteractionType, string>>> = {
  [InteractionType.ApplicationCommand]: "command",
  [InteractionType.ApplicationCommandAutocomplete]: "completion",
  [InteractionType.MessageComponent]: "component",
};
const DEADLINE_MS = 3_000;
/** For as long the bot tries to answer a message. */
const MESSAGE_MS = 30_000;
const MEMORY_SAMPLES = 40;
const SAMPLED_EVERY_MS = 3_000;
const CALLBACK = /^\/interactions\/(\d+)\//;
const MESSAGES = /^\/channels\/\d+\/messages$/;
/** What a mature program needs beyond what it is measured by. */
const HEAP_SLACK_MIB = 4;
const RESIDENT_SLACK_MIB = 16;

/** Runs a soak on loopback. @throws where a process does not start */
export async function soak({ seconds, seed, perSecond, onProgress }: SoakOptions): Promise<SoakResult> {
  const random = createChoices(seed);
  const troubles = createTroubles(random);
  const account = createAccount();
  const discord = await startLocalDiscord({
    port: 0,
    guilds: 20,
    heartbeatIntervalMs: 2_000,
    onInteraction({ id, type, status }) {
      if (status === "waiting") account.open(id, KINDS[type] ?? "other", performance.now() + DEADLINE_MS);
      if (status === "answered") account.answered(id);
    },
  });

  let isOver = false;
  const fateOf = ({ method, path, body }: Asked): Fate => {
    const id = method === "POST" ? subjectOf(path, body) : undefined;
    const entry = id === undefined ? undefined : account.find(id);
    if (id === undefined || entry === undefined) return { kind: "passes" };
    const fate: Fate = isOver ? { kind: "passes" } : troubles.fateOf(entry);
    account.tried(id, fate);
    return fate;
  };
  const replies = new Set<string>();
  const line = await startTroubledLine({
    target: discord.url,
    fateOf,
    onAnswer({ method, path, discordSaid = 0 }, asked, answer) {
      const id = method === "POST" ? subjectOf(path, asked) : undefined;
      if (id === undefined) return;
      const attempt = account.find(id)?.attempts.findLast(({ said }) => said === undefined);
      if (attempt) attempt.said = discordSaid;
      if (!MESSAGES.test(path) || discordSaid !== 200) return;
      // The same message, where a request was sent again.
      const { id: reply } = JSON.parse(answer) as { id: string };
      if (!replies.has(reply)) account.answered(id);
      replies.add(reply);
    },
    onSent(text, connection) {
      const event = JSON.parse(text) as { t?: unknown; d?: { id?: string } };
      if (event.t !== "INTERACTION_CREATE" && event.t !== "MESSAGE_CREATE") return;
      if (event.d?.id !== undefined) account.sent(event.d.id, connection);
    },
    onGone: account.gone,
  });

  const bot = startSoakedProcess("gateway", {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: line.apiUrl,
    METRICS_PORT: "0",
    // One person asks all the time here.
    COOLDOWN: "off",
  });
  const traffic = createEndpointTraffic(() => endpointPort, random);
  const endpoint = startSoakedProcess("endpoint", {
    DISCORD_PUBLIC_KEY: traffic.publicKey,
    PORT: "0",
    COOLDOWN: "off",
  });
  let endpointPort = 0;

  const faults: string[] = [];
  const endStallWatch = watchForStalls(bot.program.child.pid, account.stalled);
  try {
    await bot.program.untilLogged("Wayout is on Discord.");
    endpointPort = Number((await endpoint.program.untilLogged("Discord's interactions are taken over HTTP."))["port"]);
    const people = createPeople(discord, random);
    const underWay = new Set<Promise<unknown>>();
    const track = (work: Promise<unknown>): void => {
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    };
    const act = async (): Promise<void> => {
      const message = await people.act();
      if (message === undefined) return;
      const kind = message.channel_id === discord.directChannelId ? "direct message" : "mention";
      account.open(message.id, kind, performance.now() + MESSAGE_MS);
    };

    const start = performance.now();
    const end = start + seconds * 1000;
    let nextTrouble = start + 1_000;
    let nextSample = start;
    for (let index = 1; performance.now() < end; index += 1) {
      track(act());
      track(traffic.send());
      const now = performance.now();
      if (now >= nextTrouble) {
        troubles.disturb(line.gateway);
        nextTrouble = now + random.between(1_500, 6_000);
      }
      if (now >= nextSample) {
        // Not often: collecting garbage takes its time, too.
        bot.sampleMemory();
        endpoint.sampleMemory();
        onProgress?.(`${Math.round((now - start) / 1000)} s: ${describe(account.tally())}`);
        nextSample += Math.max(SAMPLED_EVERY_MS, (seconds * 1000) / MEMORY_SAMPLES);
      }
      const wait = start + (index * 1000) / perSecond - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    isOver = true;
    await Promise.all(underWay);
    while (account.openCount() > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  } finally {
    endStallWatch();
    faults.push(...(await bot.end()), ...(await endpoint.end()));
    await line.close();
    await discord.close();
  }

  const gateway = account.tally();
  for (const [kind, { failures }] of Object.entries(gateway)) {
    for (const { what, entry } of failures) faults.push(`${what}: ${kind} ${JSON.stringify(entry)}`);
  }
  if (Object.values(gateway).every(({ answered }) => answered === 0)) faults.push("nobody was answered");
  const { failures, ...counts } = traffic.tally();
  faults.push(...failures.map((failure) => `endpoint: ${failure}`));
  const memory = { gateway: bot.memory, endpoint: endpoint.memory };
  for (const [name, samples] of Object.entries(memory)) {
    const heap = samples.map((sample) => sample.heap);
    const resident = samples.map((sample) => sample.resident);
    if (isFlat(heap, HEAP_SLACK_MIB) === false) faults.push(`${name}: the heap grows`);
    if (isFlat(resident, RESIDENT_SLACK_MIB) === false) faults.push(`${name}: resident memory grows`);
  }
  return {
    seed,
    seconds,
    gateway,
    endpoint: { ...counts, failures },
    troubles: troubles.counts,
    memory,
    caughtForDiscordJs: bot.program.logged("The gateway sent something that discord.js could not read").length,
    faults,
  };
}

/** The interaction or the message that a request answers. */
function subjectOf(path: string, body: string): string | undefined {
  const interaction = CALLBACK.exec(path)?.[1];
  if (interaction !== undefined || !MESSAGES.test(path)) return interaction;
  return (JSON.parse(body) as { message_reference?: { message_id?: string } }).message_reference?.message_id;
}

function describe(tally: Readonly<Record<string, Tally>>): string {
  return Object.entries(tally)
    .map(([kind, { asked, answered }]) => `${kind} ${answered}/${asked}`)
    .join(", ");
}
