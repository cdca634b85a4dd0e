import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const QUESTIONS = [
  { q: "how do i delete my account", topics: ["delete"] },
  { q: "can strangers message me", topics: ["contact-limits"] },
  { q: "what is the capital of peru", topics: ["none"], kind: "oos" },
  { q: "good morning everyone", topics: ["none"], kind: "chat" },
];
/** Each matcher starts a process of its own. */
const PATIENCE_MS = 120_000;

describe("npm run bench", () => {
  test.each([
    ["an unknown matcher", ["--only", "nobody"], /^bench: --only nobody: expected some of wayout, /],
    ["no number of services", ["--services", "few"], /^bench: --services few: expected a whole number from 1 to /],
    ["an unknown option", ["--jsno"], /^bench: Unknown option '--jsno'/],
    ["a file that is not there", ["nowhere.jsonl"], /^bench: nowhere\.jsonl: cannot be read/],
    ["a directory that is not there", ["--directory", "nowhere.json"], /^bench: nowhere\.json: is not there/],
  ])(
    "names %s in one line and exits with 2",
    async (_, options, message) => {
      const { code, output, errors } = await bench(options);
      expect({ code, output }).toEqual({ code: 2, output: "" });
      expect(errors).toMatch(message);
      expect(errors.trimEnd().split("\n")).toHaveLength(1);
    },
    PATIENCE_MS,
  );

  test(
    "prints one JSON array and nothing else",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "wayout-bench-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const file = join(folder, "questions.jsonl");
      writeFileSync(file, QUESTIONS.map((question) => JSON.stringify(question)).join("\n"));
      const { code, output } = await bench([file, "--json", "--only", "wayout,minisearch", "--services", "1"]);
      expect(code).toBe(0);
      const rows: unknown = JSON.parse(output);
      const share = expect.toSatisfy((value: number) => value >= 0 && value <= 1);
      const positive = expect.toSatisfy((value: number) => value > 0);
      const row = (matcher: string) => ({
        matcher,
        services: 1,
        joint: share,
        falseAnswers: share,
        p50Us: positive,
        p99Us: positive,
        buildMs: positive,
        heapMiB: positive,
      });
      expect(rows).toEqual([row("wayout"), row("minisearch")]);
    },
    PATIENCE_MS,
  );
});

function bench(options: readonly string[]): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "bench/matchers.ts", ...options], { cwd: ROOT });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output, errors }));
  });
}
