/** The program as `npm run build` makes it: plain JavaScript, run by Node alone. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { command, createSigner } from "../transports/signed-requests.ts";

const root = join(import.meta.dirname, "../..");
const signer = createSigner();
const children: ChildProcess[] = [];
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "wayout-built-"));
  const parts = ["src", "commands", "knowledge", "scripts", "package.json", "tsconfig.json", "tsconfig.build.json"];
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  execFileSync(process.execPath, ["--import", "tsx", "scripts/build.ts"], { cwd: copy });
  // What is built must not need what it was built from.
  for (const part of ["src", "commands", "scripts", "tsconfig.json"]) rmSync(join(copy, part), { recursive: true });
}, 120_000);

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

afterAll(() => rmSync(copy, { recursive: true }));

/** Starts it elsewhere than in its own folder, and waits until it has printed something that matches. */
function start(environment: Record<string, string>, expected: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(copy, "dist/src/main.js")], {
      cwd: tmpdir(),
      env: { PORT: "0", HOST: "127.0.0.1", ...environment },
    });
    children.push(child);
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = expected.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("close", () => reject(new Error(output)));
  });
}

describe("the built program", { timeout: 60_000 }, () => {
  it("finds what it knows, and answers", async () => {
    const environment = { DISCORD_PUBLIC_KEY: signer.publicKey };
    const port = await start(environment, /"port":(\d+),"path":"\/interactions"/);
    const body = command("delete-steps", { service: "tiktok" });
    const headers = signer.headers(body);
    const response = await fetch(`http://127.0.0.1:${port}/interactions`, { method: "POST", body, headers });
    expect(await response.text()).toContain("Delete your TikTok account");
  });

  it("brings the local Discord and its page", async () => {
    const url = await start({}, /(http:\/\/127\.0\.0\.1:\d+)/);
    expect(await (await fetch(url)).text()).toContain("/main.js");
    const script = await fetch(`${url}/main.js`);
    expect(script.status).toBe(200);
    expect((await script.text()).length).toBeGreaterThan(10_000);
  });
});
