import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KNOWLEDGE_DIRECTORY } from "../../src/knowledge/load.ts";
import { readEntries } from "../../src/knowledge/read-entries.ts";

const whole = readFileSync(join(KNOWLEDGE_DIRECTORY, "services/tiktok.yaml"), "utf8");

describe("readEntries", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "wayout-knowledge-"));
    mkdirSync(join(directory, "services"));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const read = (source: string, name = "example.yaml") => {
    writeFileSync(join(directory, "services", name), source);
    return readEntries(directory);
  };

  it("takes the id from the file's name and knows the line of each part", () => {
    const { entries, faults } = read(whole);
    expect(faults).toEqual([]);
    const [found] = entries;
    expect(found?.entry.id).toBe("example");
    const line = found?.lineOf(["methods", 0, "steps", 1, "do"]) ?? 0;
    expect(whole.split("\n")[line - 1]).toContain("Find the deletion page.");
  });

  it.each([
    [
      "a value that is not allowed",
      "difficulty: easy",
      "difficulty: simple",
      'difficulty: found "simple", allowed: "easy", "medium", "hard", "impossible"',
    ],
    [
      "a number that is a word",
      "gracePeriodDays: 30",
      "gracePeriodDays: thirty",
      'gracePeriodDays: found "thirty", allowed: a number',
    ],
    ["an unknown field", "difficulty: easy", "dificulty: easy", 'unknown field "dificulty"'],
    [
      "a link that is not https",
      "website: https://",
      "website: http://",
      'website: found "http://www.tiktok.com", allowed: a full address that starts with https://',
    ],
    ["a month that is none", "checked: 2026-11", "checked: 2026-13", "checked: found "],
  ])("names file, line, path and what is allowed for %s", (_, good, bad, reason) => {
    const source = whole.replace(good, bad);
    const { entries, faults } = read(source);
    expect(entries).toEqual([]);
    const expected = faults.find((fault) => `${fault.path}: ${fault.reason}`.includes(reason));
    expect(expected, JSON.stringify(faults)).toBeDefined();
    expect(expected?.file).toContain("example.yaml");
  });

  it("points at the line of a wrong value", () => {
    const source = whole.replace("difficulty: easy", "difficulty: simple");
    const [fault] = read(source).faults;
    expect(source.split("\n")[(fault?.line ?? 0) - 1]).toBe("difficulty: simple");
  });

  it("reports a missing field", () => {
    const { faults } = read(whole.replace(/^checked: .*$/m, ""));
    expect(faults.map(({ path, reason }) => `${path}: ${reason}`)).toEqual(["checked: is missing (a text)"]);
  });

  it("reports broken YAML with its line", () => {
    const source = whole.replace("category: social", "category: [social");
    const [fault] = read(source).faults;
    expect(fault?.reason).toMatch(/^is no valid YAML: /);
    expect(fault?.line).toBeGreaterThan(1);
  });

  it("reports doubled keys instead of letting one win", () => {
    const { faults } = read(`${whole}\nconfidence: high\n`);
    expect(faults[0]?.reason).toMatch(/Map keys must be unique/);
  });

  it("reports two methods with one id", () => {
    const { faults } = read(whole.replace("  - id: web", "  - id: app"));
    expect(faults.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      'methods[1].id: found "app" a second time, allowed: one method for each id',
    ]);
  });

  it("reports a file name that cannot be an id", () => {
    const { faults } = read(whole, "Tik Tok.yaml");
    expect(faults[0]?.reason).toMatch(/^found the file name "Tik Tok.yaml"/);
  });

  it("stops a document that expands without end", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 9; level += 1) {
      const before = String.fromCharCode(96 + level);
      const name = String.fromCharCode(97 + level);
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
    }
    const { faults } = read(bomb.join("\n"));
    expect(faults[0]?.reason).toMatch(/^is no usable YAML: Excessive alias count/);
  });

  it("does not let a key reach into JavaScript's own objects", () => {
    const { faults } = read(`${whole}\n__proto__: {polluted: true}\n`);
    expect(faults[0]?.reason).toContain('unknown field "__proto__"');
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("reports a folder that is not there", () => {
    const { faults } = readEntries(join(directory, "nowhere"));
    expect(faults[0]?.reason).toBe("cannot be read (ENOENT)");
  });
});
