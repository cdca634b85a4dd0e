/** Bad days that lie on the line between the bot and Discord: what is lost on its way, either way. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";
import { type Program, startProgram } from "./program.ts";
import { until } from "./running-bot.ts";
import { type Fate, startTroubledLine, type TroubledLine } from "./troubled-line.ts";

const CALLBACK = /^\/interactions\/.*\/callback$/;
const MESSAGES = /^\/channels\/\d+\/messages$/;
const LOST = "Lost the gateway connection";
const RESUMED = "Resumed the gateway connection.";

let discord: LocalDiscord;
let line: TroubledLine;
let bot: Program;
/** What becomes of the next requests to these paths. */
let fates: { readonly path: RegExp; readonly fate: Fate }[] = [];

beforeAll(async () => {
  // Who has no time to answer at once, such as a busy machine, is not what is tested.
  discord = await startLocalDiscord({ port: 0, rateLimits: false, interactionDeadlineMs: 30_000 });
  line = await startTroubledLine({
    target: discord.url,
    fateOf({ method, path }) {
      const at = fates.findIndex((each) => method === "POST" && each.path.test(path));
      return fates.splice(at, at < 0 ? 0 : 1)[0]?.fate ?? { kind: "passes" };
    },
  });
  bot = startProgram({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: line.apiUrl, COOLDOWN: "off" });
  await bot.untilLogged("Wayout is on Discord.");
}, 60_000);

afterEach(() => {
  fates = [];
});

afterAll(async () => {
  await bot.stop();
  await line.close();
  await discord.close();
});

async function isAnswered(): Promise<boolean> {
  const command = discord.commands().find(({ name }) => name === "delete-steps");
  const options = [{ name: "service", value: "tiktok" }];
  const channelId = discord.guilds[0]?.channelId ?? "";
  return (await discord.person.useCommand({ channelId, commandId: command?.id ?? "", options })).ok;
}

/** Waits until a line with this message comes that is not in the log yet, after something was done. */
async function logsAfter(message: string, act: () => void): Promise<void> {
  const count = bot.logged(message).length;
  act();
  await bot.untilLogged(message, count + 1);
}

const lostAnswers: [string, Fate][] = [
  ["a reset", { kind: "answer lost", instead: "reset" }],
  ["5xx", { kind: "answer lost", instead: { status: 500 } }],
  ["a hang", { kind: "answer lost", instead: "hangs" }],
  ["half of it", { kind: "answer lost", instead: "half" }],
];

describe("an answer that Discord took, and of which the bot is told", { timeout: 40_000 }, () => {
  it.each(lostAnswers)("%s, is the only one to an interaction", async (_, fate) => {
    fates.push({ path: CALLBACK, fate });
    const before = line.requests.length;
    await logsAfter("An answer came too late or twice", () => void isAnswered());
    const said = line.requests.slice(before).filter(({ path }) => CALLBACK.test(path));
    expect(said.map(({ discordSaid }) => discordSaid)).toEqual([204, 400]);
  });

  it.each(lostAnswers.slice(0, 2))("%s, is the only one to a message", async (_, fate) => {
    fates.push({ path: MESSAGES, fate });
    const requests = line.requests.length;
    const count = discord.messages(discord.directChannelId).length;
    discord.person.say({ channelId: discord.directChannelId, content: "how do i delete my tiktok account" });
    await until(() => {
      const said = line.requests.slice(requests).filter(({ path }) => MESSAGES.test(path));
      return said.length === 2 && said.every(({ discordSaid }) => discordSaid === 200) ? true : undefined;
    });
    expect(discord.messages(discord.directChannelId)).toHaveLength(count + 2);
  });
});

describe("the connection comes back", { timeout: 40_000 }, () => {
  it("after it broke off in the middle of an event, which is answered", async () => {
    let answered: Promise<boolean> | undefined;
    await logsAfter(RESUMED, () => {
      line.gateway.cutInNextEvent();
      answered = isAnswered();
    });
    expect(await answered).toBe(true);
  });

  it("where HELLO comes late", async () => {
    line.gateway.delayHello(1_000);
    await logsAfter(RESUMED, () => line.gateway.cut());
    line.gateway.delayHello(0);
    expect(await isAnswered()).toBe(true);
  });

  it("after it was refused for a while, of which the log tells once", async () => {
    const [lost, errors] = [bot.logged(LOST).length, bot.logged("The gateway connection had an error.").length];
    line.gateway.refuse(503);
    line.gateway.cut();
    await bot.untilLogged("The gateway connection had an error.", errors + 1);
    // Time for some attempts more.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await logsAfter(RESUMED, () => line.gateway.refuse(0));
    expect(bot.logged(LOST)).toHaveLength(lost + 1);
    expect(bot.logged("The gateway connection had an error.")).toHaveLength(errors + 1);
    expect(await isAnswered()).toBe(true);
  });
});
