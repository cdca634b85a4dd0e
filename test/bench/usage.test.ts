import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

function run(script: string, ...args: string[]): Promise<{ code: unknown; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", script, ...args], { cwd: ROOT }, (error, _, stderr) =>
      resolve({ code: error?.code ?? 0, stderr }),
    );
  });
}

it.each([
  ["bench/soak.ts", ["--seconds", "x"], "soak: --seconds x: expected a whole number from 10 to 604800\n"],
  ["bench/soak.ts", ["--rate", "0"], "soak: --rate 0: expected a whole number from 1 to 200\n"],
  ["bench/load.ts", ["--rounds", "1.5"], "bench:load: --rounds 1.5: expected a whole number from 1 to 100\n"],
])("%s %j does nothing but say what is wrong, and ends with 2", async (script, args, line) => {
  expect(await run(script, ...args)).toEqual({ code: 2, stderr: line });
});

it("tells an unknown option in one line", async () => {
  const { code, stderr } = await run("bench/soak.ts", "--bogus");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^soak: Unknown option '--bogus'.*\n$/);
});
