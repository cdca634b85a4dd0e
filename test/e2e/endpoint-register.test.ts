/** `npm run register`: what it prints, and how it ends. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";

const root = join(import.meta.dirname, "../..");
let discord: LocalDiscord;
beforeAll(async () => {
  discord = await startLocalDiscord({ port: 0, rateLimits: false });
});
afterAll(() => discord.close());

function register(token: string): Promise<{ code: number | null; out: string; error: string }> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "src/register.ts"], {
    cwd: root,
    env: { PATH, DISCORD_TOKEN: token, DISCORD_API_URL: discord.apiUrl },
  });
  let out = "";
  let error = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    error += chunk.toString();
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, error })));
}

describe("npm run register", { timeout: 90_000 }, () => {
  it("tells Discord the commands, and nothing where it knows them", async () => {
    expect(await register(discord.token)).toMatchObject({ code: 0, out: expect.stringMatching(/^Registered: .*ask/) });
    expect(discord.commands().map(({ name }) => name)).toContain("delete-steps");
    expect(await register(discord.token)).toMatchObject({ code: 0, out: expect.stringMatching(/^Unchanged: /) });
    expect(discord.requests().filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  it.each([
    ["a token that is refused", "wrong", /^Discord refused DISCORD_TOKEN\. Copy it again .*\n$/],
    ["no token", "", /^DISCORD_TOKEN is not set\. .*\n$/],
  ])("says in one line what is wrong with %s", async (_, token, line) => {
    expect(await register(token)).toEqual({ code: 1, out: "", error: expect.stringMatching(line) });
  });
});
