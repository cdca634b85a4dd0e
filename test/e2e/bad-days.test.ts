/**
 * Discord's bad days, as docs/operations.md lists them. One process lives through all those that it is to live through,
 * and answers after each.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RestFault } from "../../src/local/faults.ts";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";
import { type Program, startProgram } from "./program.ts";
import { until } from "./running-bot.ts";

const CALLBACK = /^\/interactions\/.*\/callback$/;
const MESSAGES = /^\/channels\/\d+\/messages$/;
const BAD_GATEWAY = {
  kind: "respond",
  status: 502,
  body: "<html>502</html>",
  headers: { "content-type": "text/html" },
};

let discord: LocalDiscord;
let bot: Program;

beforeAll(async () => {
  // Long enough that a machine which is busy for a second or two is not taken for a dead connection.
  discord = await startLocalDiscord({ port: 0, rateLimits: false, heartbeatIntervalMs: 4_000 });
  bot = startProgram({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, COOLDOWN: "off" });
  await bot.untilLogged("Wayout is on Discord.");
}, 60_000);

afterAll(async () => {
  await bot.stop();
  await discord.close();
});

let alreadySeen = 0;
beforeEach(() => {
  alreadySeen = discord.requests().length;
});

/** Statuses of the requests that this test made so far. */
const statuses = (path: RegExp): number[] =>
  discord
    .requests()
    .slice(alreadySeen)
    .filter((request) => request.method === "POST" && path.test(request.path))
    .map(({ status }) => status);

/** How many answers to interactions Discord took in this test. */
const accepted = (): number => statuses(CALLBACK).filter((status) => status === 204).length;

const guild = () => {
  const [first] = discord.guilds;
  if (!first) throw new Error("the local Discord has no server");
  return first;
};

/** Uses a command; whether it was answered. */
async function isAnswered(): Promise<boolean> {
  const command = discord.commands().find(({ name }) => name === "delete-steps");
  const options = [{ name: "service", value: "tiktok" }];
  const input = { channelId: guild().channelId, commandId: command?.id ?? "", options };
  return (await discord.person.useCommand(input)).ok;
}

/** Writes to the bot, in its direct messages where no other channel is given. */
function ask(channelId = discord.directChannelId) {
  const messages = () => discord.messages(channelId);
  const before = messages().length;
  const content = `<@${discord.applicationId}> how do i delete my tiktok account`;
  discord.person.say({ channelId, content });
  return { answer: () => until(() => messages()[before + 1]), answers: () => messages().length - before - 1 };
}

function fault(path: RegExp, effect: RestFault["effect"], times = 1): () => void {
  return discord.faults.rest({ method: "POST", path, effect, times });
}

/** Waits until a line with this message comes that is not in the log yet, after something was done. */
async function logsAfter(message: string, act: () => void): Promise<void> {
  const count = bot.logged(message).length;
  act();
  await bot.untilLogged(message, count + 1);
}

describe("an interaction is answered, and once,", { timeout: 30_000 }, () => {
  it.each<[string, RestFault["effect"], number]>([
    ["after 5xx", BAD_GATEWAY as RestFault["effect"], 3],
    ["after a reset", { kind: "reset" }, 2],
    ["after two hangs", { kind: "hang" }, 2],
    ["after a short 429", { kind: "rate-limit", retryAfterMs: 500, scope: "user" }, 1],
    ["after a short global 429", { kind: "rate-limit", retryAfterMs: 500, scope: "global" }, 1],
  ])("%s", async (_, effect, times) => {
    fault(CALLBACK, effect, times);
    expect(await isAnswered()).toBe(true);
    // By the time that another one is answered, a second answer to the first would have been brought.
    expect(await isAnswered()).toBe(true);
    await until(() => (accepted() >= 2 ? true : undefined));
    expect(accepted()).toBe(2);
  });

  it("where Discord says that it has the answer already", async () => {
    fault(CALLBACK, {
      kind: "error",
      status: 400,
      code: 40_060,
      message: "Interaction has already been acknowledged.",
    });
    await logsAfter("An answer came too late or twice", () => void isAnswered());
    expect(statuses(CALLBACK)).toEqual([400]);
  });
});

describe("an answer that Discord would not take any more is dropped,", { timeout: 30_000 }, () => {
  it("after a long 429, and the next one is brought at once", async () => {
    fault(CALLBACK, { kind: "rate-limit", retryAfterMs: 600_000, scope: "user" });
    await logsAfter("An interaction could not be answered", () => void isAnswered());
    expect(statuses(CALLBACK)).toEqual([429]);
    expect(await isAnswered()).toBe(true);
  });

  it("after nothing but hangs", async () => {
    const end = fault(CALLBACK, { kind: "hang" }, 99);
    const outcome = isAnswered();
    expect(await outcome).toBe(false);
    end();
    expect(statuses(CALLBACK)).toEqual([]);
    expect(await isAnswered()).toBe(true);
  });

  it("where it arrives after its 3 seconds", async () => {
    fault(CALLBACK, { kind: "error", status: 404, code: 10_062, message: "Unknown interaction" });
    await logsAfter("An answer came too late or twice", () => void isAnswered());
    expect(statuses(CALLBACK)).toEqual([404]);
  });
});

describe("a message", { timeout: 30_000 }, () => {
  it.each<[string, RestFault["effect"]]>([
    ["5xx", BAD_GATEWAY as RestFault["effect"]],
    ["a reset", { kind: "reset" }],
    ["a short 429", { kind: "rate-limit", retryAfterMs: 500, scope: "shared" }],
  ])("is answered once after %s", async (_, effect) => {
    fault(MESSAGES, effect);
    const { answer, answers } = ask();
    await answer();
    expect(answers()).toBe(1);
  });

  it.each([
    ["may not write (50013)", 403, 50_013],
    ["may not see the channel (50001)", 403, 50_001],
    ["finds the channel gone (10003)", 404, 10_003],
  ])("is tried once where the bot %s", async (_, status, code) => {
    fault(MESSAGES, { kind: "error", status, code, message: "No" });
    await logsAfter("A message could not be answered where it was written.", () => void ask());
    expect(statuses(MESSAGES)).toEqual([status]);
    const line = bot.logged("A message could not be answered where it was written.").at(-1);
    expect(line).toMatchObject({ level: 30, error: { code } });
  });

  it("is dropped after a long 429, and nobody in other channels waits for it", async () => {
    fault(MESSAGES, { kind: "rate-limit", retryAfterMs: 600_000, scope: "user" });
    await logsAfter("A message could not be answered.", () => void ask());
    expect(statuses(MESSAGES)).toEqual([429]);
    await ask(guild().channelId).answer();
  });
});

describe("the connection comes back", { timeout: 30_000 }, () => {
  const RESUMED = "Resumed the gateway connection.";

  it("after a cut, and what was asked meanwhile is answered once", async () => {
    discord.faults.gateway.cut();
    expect(await isAnswered()).toBe(true);
    await bot.untilLogged(RESUMED);
    await until(() => (accepted() > 0 ? true : undefined));
    expect(statuses(CALLBACK)).toEqual([204]);
  });

  it("after RECONNECT", async () => {
    await logsAfter(RESUMED, () => discord.faults.gateway.reconnect());
    expect(await isAnswered()).toBe(true);
  });

  it.each([4000, 4001, 1012])("after close code %i", async (code) => {
    await logsAfter(RESUMED, () => discord.faults.gateway.close(code));
    expect(await isAnswered()).toBe(true);
  });

  it("after missed heartbeat acknowledgements", async () => {
    await logsAfter("Lost the gateway connection", () => discord.faults.gateway.silence(true));
    await logsAfter(RESUMED, () => discord.faults.gateway.silence(false));
    expect(await isAnswered()).toBe(true);
  });

  it("after INVALID_SESSION that may be resumed", async () => {
    // discord.js resumes on the same connection. The local Discord, strictly, takes that on a new one only, and refuses.
    await logsAfter("Connected to the gateway anew.", () => discord.faults.gateway.invalidate(true));
    expect(await isAnswered()).toBe(true);
  });

  it("after a close code that ends the session", async () => {
    await logsAfter("Connected to the gateway anew.", () => discord.faults.gateway.close(4009));
    expect(await isAnswered()).toBe(true);
  });

  it("after INVALID_SESSION that may not", async () => {
    await logsAfter("Connected to the gateway anew.", () => discord.faults.gateway.invalidate(false));
    expect(await isAnswered()).toBe(true);
  });
});

describe("duplicate events", { timeout: 30_000 }, () => {
  it("are answered once", async () => {
    discord.faults.gateway.duplicateEvents(true);
    expect(await isAnswered()).toBe(true);
    const { answer, answers } = ask();
    await answer();
    discord.faults.gateway.duplicateEvents(false);
    // By the time that something later is answered, a second answer would be there.
    expect(await isAnswered()).toBe(true);
    expect(answers()).toBe(1);
    await until(() => (accepted() >= 2 ? true : undefined));
    expect(accepted()).toBe(2);
  });
});

describe("an event that is malformed or unknown is skipped, with a line in the log at most:", {
  timeout: 30_000,
}, () => {
  const frame = (op: number, t: string | null, d: unknown): string => JSON.stringify({ op, t, s: null, d });
  const person = { id: "1", username: "somebody" };

  it.each<[string, string, number]>([
    ["no JSON", "{", 0],
    ["null", "null", 0],
    ["a list", "[1]", 0],
    ["an unknown opcode", frame(99, null, {}), 0],
    ["an unknown event", frame(0, "SOMETHING_NEW", { id: 1 }), 0],
    ["INTERACTION_CREATE with null", frame(0, "INTERACTION_CREATE", null), 1],
    ["INTERACTION_CREATE with nothing", frame(0, "INTERACTION_CREATE", {}), 1],
    ["INTERACTION_CREATE with an odd type", frame(0, "INTERACTION_CREATE", { id: "5", token: "x", type: {} }), 1],
    ["INTERACTION_CREATE without entitlements", frame(0, "INTERACTION_CREATE", { id: "6", token: "x", type: 2 }), 1],
    ["MESSAGE_CREATE with a number", frame(0, "MESSAGE_CREATE", 7), 1],
    ["MESSAGE_CREATE without an author", frame(0, "MESSAGE_CREATE", { id: "7", channel_id: "8", content: "hi" }), 1],
    ["MESSAGE_CREATE without more", frame(0, "MESSAGE_CREATE", { id: "9", author: person, type: 0, content: 5 }), 1],
    ["GUILD_CREATE with null", frame(0, "GUILD_CREATE", null), 0],
    ["GUILD_CREATE with nothing", frame(0, "GUILD_CREATE", {}), 0],
    ["THREAD_LIST_SYNC with nothing", frame(0, "THREAD_LIST_SYNC", {}), 0],
    ["PRESENCE_UPDATE with nothing", frame(0, "PRESENCE_UPDATE", {}), 0],
    ["USER_UPDATE with null", frame(0, "USER_UPDATE", null), 0],
    ["READY with null", frame(0, "READY", null), 1],
    ["INVALID_SESSION with null", frame(9, null, null), 1],
    ["HELLO with null", frame(10, null, null), 1],
  ])("%s", async (_, text, lines) => {
    const before = bot.lines().length;
    discord.faults.gateway.raw(text);
    expect(await isAnswered()).toBe(true);
    await until(() => (bot.lines().length - before >= lines ? true : undefined));
    expect(bot.lines().slice(before)).toHaveLength(lines);
    expect(bot.child.exitCode).toBeNull();
  });
});
