/** No YAML file can stop the program with anything but a line that says what is wrong with it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readYamlFile } from "../../src/knowledge/yaml-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wayout-yaml-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const MIB = 1024 * 1024;
/** Each line holds the one before ten times. */
const laughs = Array.from({ length: 12 }, (_, line) =>
  line === 0
    ? "a0: &a0 [ha, ha]"
    : `a${line}: &a${line} [${Array.from({ length: 10 }, () => `*a${line - 1}`).join(", ")}]`,
).join("\n");

describe("a YAML file", () => {
  it.each([
    ["multiplies itself by aliases", laughs],
    ["holds itself", "a: &a [*a]"],
    ["is larger than any entry", `a: ${"x".repeat(2 * MIB)}`],
    ["is nested very deeply, in brackets", `${"[".repeat(100_000)}`],
    ["is nested very deeply, in braces", `${"{a: ".repeat(50_000)}`],
    [
      "is nested very deeply, by lines",
      Array.from({ length: 1400 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
    ],
    ["asks for a tag of JavaScript", "a: !!js/function 'function () { return process.exit(1) }'"],
    ["is no text", "\u0000\u0001\u0002"],
  ])("that %s is refused with a reason", (_, source) => {
    const file = join(folder, "entry.yaml");
    writeFileSync(file, source);
    const result = readYamlFile(file, z.strictObject({ name: z.string() }));
    expect(result).toHaveProperty("faults");
    if (!("faults" in result)) return;
    expect(result.faults.length).toBeGreaterThan(0);
    for (const { reason, line } of result.faults) {
      expect(reason).not.toBe("");
      expect(line).toBeGreaterThan(0);
    }
  });
});
