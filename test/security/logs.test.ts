/** The log, at its most talkative and on Discord's bad days: no secret, no id, no name, no question. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";
import { describeError } from "../../src/log.ts";
import { until } from "../e2e/running-bot.ts";

const root = join(import.meta.dirname, "../..");
const TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs";
const WORRY = "my stalker found my tiktok how do i delete it";
const children: ChildProcess[] = [];
const servers: LocalDiscord[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of servers.splice(0)) await server.close();
});

function run(discord: LocalDiscord, token: string) {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "src/main.ts")], {
    cwd: root,
    env: { PATH, DISCORD_TOKEN: token, DISCORD_API_URL: discord.apiUrl, LOG_LEVEL: "trace" },
  });
  children.push(child);
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output.text += chunk.toString();
    });
  }
  const ended = new Promise((resolve) => child.on("close", resolve));
  return { child, output, ended };
}

describe("the log", { timeout: 60_000 }, () => {
  it("names nobody and gives nothing away when requests to Discord fail", async () => {
    const discord = await startLocalDiscord({ port: 0, rateLimits: false, token: TOKEN });
    servers.push(discord);
    const { child, output, ended } = run(discord, TOKEN);
    await until(() => (output.text.includes("Wayout is on Discord.") ? true : undefined));
    const { id: guildId = "", channelId = "" } = discord.guilds[0] ?? {};
    const commandId = discord.commands().find(({ name }) => name === "ask")?.id ?? "";
    const options = [{ name: "question", value: WORRY }];

    const callback = /^\/interactions\/.*\/callback$/;
    const failures = () =>
      output.text.split("could not be answered").length - 1 + output.text.split("too late or twice").length - 1;
    const effects = [
      { kind: "error", status: 404, code: 10_062, message: "Unknown interaction" },
      { kind: "error", status: 400, code: 50_035, message: "Invalid Form Body" },
      { kind: "error", status: 403, code: 50_013, message: "Missing Permissions" },
    ] as const;
    for (const [index, effect] of effects.entries()) {
      discord.faults.rest({ path: callback, effect });
      void discord.person.useCommand({ channelId, commandId, options });
      await until(() => (failures() > index ? true : undefined));
    }
    discord.faults.rest({ path: /^\/channels\/\d+\/messages$/, method: "POST", effect: effects[2] });
    discord.person.say({ channelId: discord.directChannelId, content: WORRY });
    await until(() => (failures() > effects.length ? true : undefined));
    discord.faults.rest({
      path: /^\/channels\/\d+\/messages$/,
      method: "POST",
      effect: { kind: "rate-limit", retryAfterMs: 50, scope: "user" },
    });
    discord.person.say({ channelId: discord.directChannelId, content: WORRY });
    await until(() => discord.messages(discord.directChannelId)[2]);
    discord.faults.gateway.cut();
    await until(() => (output.text.includes("econnect") ? true : undefined));
    child.kill("SIGTERM");
    await ended;

    const interactionTokens = discord
      .requests()
      .flatMap(({ path }) => /^\/interactions\/\d+\/([^/]+)\//.exec(path)?.[1] ?? []);
    expect(interactionTokens.length).toBeGreaterThan(0);
    const secrets = [
      TOKEN,
      ...interactionTokens,
      WORRY,
      "stalker",
      discord.person.user.id,
      guildId,
      channelId,
      discord.directChannelId,
    ];
    for (const word of secrets) expect(output.text).not.toContain(word);
    // Snowflakes of any kind.
    expect(output.text).not.toMatch(/(?<!\d)\d{17,20}(?!\d)/);
  });

  it("does not repeat a token that Discord refuses", async () => {
    const discord = await startLocalDiscord({ port: 0, token: "another" });
    servers.push(discord);
    const { output, ended } = run(discord, TOKEN);
    await ended;
    expect(output.text).toContain("Discord refused DISCORD_TOKEN");
    expect(output.text).not.toContain(TOKEN);
    expect(output.text).not.toContain(TOKEN.split(".")[0]);
  });
});

describe("an error in the log", () => {
  it("is told without the request that it came from", () => {
    const error = Object.assign(new Error("Missing Permissions"), {
      code: 50_013,
      status: 403,
      method: "POST",
      url: "https://discord.com/api/v10/interactions/846462639134605312/aW50ZXJhY3Rpb246/callback",
      requestBody: { json: { content: WORRY } },
      rawError: { message: WORRY },
    });
    expect(describeError(error)).toEqual({ name: "Error", message: "Missing Permissions", code: 50_013, status: 403 });
  });
});
