/** `npm start`, as an operator types it: what it prints, and how it ends. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLocalDiscord } from "../../src/local/server.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const running: ChildProcessWithoutNullStreams[] = [];

/** Runs `npm start`'s program in a folder that holds it. */
function start(environment: Record<string, string>, folder = root) {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", join(folder, "src/main.ts")], {
    cwd: folder,
    env: { PATH, ...environment },
  });
  running.push(child);
  const output = { out: "", error: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    output.out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output.error += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  return { child, output, ended };
}

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

describe("npm start", { timeout: 30_000 }, () => {
  it("prints the page's address, serves it, and ends on SIGTERM with 0", async () => {
    const { child, output, ended } = start({ PORT: "0" });
    const url = await new Promise<string>((resolve) => {
      child.stdout.on("data", () => {
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)?.[0];
        if (found) resolve(found);
      });
    });
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(output.error).toBe("");
  });

  it("says in one line that the token is refused", async () => {
    const discord = await startLocalDiscord({ port: 0 });
    const { output, ended } = start({ DISCORD_TOKEN: "wrong", DISCORD_API_URL: discord.apiUrl });
    expect(await ended).toBe(1);
    expect(output.error.trim().split("\n")).toEqual([
      expect.stringMatching(/^Discord refused DISCORD_TOKEN\. Copy it/),
    ]);
    await discord.close();
  });

  it("says in one line that Discord cannot be reached", async () => {
    const { output, ended } = start({ DISCORD_TOKEN: "any", DISCORD_API_URL: "http://127.0.0.1:9/api" });
    expect(await ended).toBe(1);
    expect(output.error.trim().split("\n")).toEqual([expect.stringMatching(/^Discord's API at .* cannot be reached/)]);
  });

  it("says in one line that the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const { output, ended } = start({ PORT: String(port) });
    expect(await ended).toBe(1);
    expect(output.error.trim().split("\n")).toEqual([
      `Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`,
    ]);
    other.close();
  });

  it("says in one line what is wrong with a setting", async () => {
    const { output, ended } = start({ PORT: "http" });
    expect(await ended).toBe(1);
    expect(output.error.trim()).toBe(
      'PORT: found "http", allowed: a port number. Set it in .env or in the environment.',
    );
  });

  describe("with a copy of the program", () => {
    let copy: string;

    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), "wayout-copy-"));
      for (const part of ["src", "commands", "knowledge", "package.json", "tsconfig.json"]) {
        cpSync(join(root, part), join(copy, part), { recursive: true });
      }
      symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    });

    afterEach(() => rmSync(copy, { recursive: true }));

    it("names file, line and path of a fault in an entry", async () => {
      const file = join(copy, "knowledge/services/tiktok.yaml");
      const source = readFileSync(file, "utf8").replace("difficulty: easy", "difficulty: simple");
      writeFileSync(file, source);
      const line = source.split("\n").indexOf("difficulty: simple") + 1;
      const { output, ended } = start({ PORT: "0" }, copy);
      expect(await ended).toBe(1);
      expect(output.error.trim()).toBe(
        `knowledge/services/tiktok.yaml:${line}: difficulty: found "simple", allowed: "easy", "medium", "hard", "impossible"`,
      );
      expect(output.out).toBe("");
    });

    it("says in one line that the imported directory is broken", async () => {
      mkdirSync(join(copy, "knowledge/imported"), { recursive: true });
      writeFileSync(join(copy, "knowledge/imported/directory.json"), '{"listings": [');
      const { output, ended } = start({ PORT: "0" }, copy);
      expect(await ended).toBe(1);
      expect(output.error.trim()).toBe(
        "knowledge/imported/directory.json:1: is no JSON. Import it again (npm run knowledge:import -- FILE) or remove it.",
      );
    });
  });
});
