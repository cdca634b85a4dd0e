/** `knowledge/new-service.yaml`, which is copied for each new entry: its parts must be what the schema wants. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkEntries } from "../../src/knowledge/checks.ts";
import { KNOWLEDGE_DIRECTORY } from "../../src/knowledge/load.ts";
import { readEntries } from "../../src/knowledge/read-entries.ts";
import { entrySchema } from "../../src/knowledge/schema.ts";

const template = readFileSync(join(KNOWLEDGE_DIRECTORY, "new-service.yaml"), "utf8");

/** What somebody writes behind the fields that have to be filled in. */
const FILLED: readonly (readonly [field: string, value: string])[] = [
  ["name:", "Example"],
  ["category:", "other"],
  ["popularity:", "1"],
  ["website:", "https://example.com"],
  ["difficulty:", "easy"],
  ["  - do:", "Open your settings."],
  ["  - topic:", "consequences"],
  ["severity:", "critical"],
  ["text:", "Your photos are **gone for good**."],
  ["confidence:", "high"],
  ["checked:", "2026-11"],
  ["  - title:", "Deleting your account"],
  ["    url:", "https://example.com/help"],
];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wayout-new-service-"));
  mkdirSync(join(folder, "services"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function read(source: string) {
  writeFileSync(join(folder, "services/example.yaml"), source);
  return readEntries(folder);
}

function fill(source: string): string {
  const filled = FILLED.reduce((text, [field, value]) => text.replace(`${field} #`, `${field} ${value} #`), source);
  return filled.replace("domains: []", "domains: [example.com]");
}

it("is named line by line where it is not filled in", () => {
  const { faults } = read(template);
  expect(faults.map(({ path }) => path)).toEqual([
    "name",
    "domains",
    "category",
    "popularity",
    "website",
    "difficulty",
    "methods[0].steps[0].do",
    "warnings[0].topic",
    "warnings[0].severity",
    "warnings[0].text",
    "confidence",
    "checked",
    "sources[0].title",
    "sources[0].url",
  ]);
  expect(faults[0]?.reason).toBe("found nothing, allowed: a text");
  expect(new Set(faults.map(({ line }) => line)).size).toBe(faults.length);
});

it("is a whole entry once that is filled in", () => {
  const { entries, faults } = read(fill(template));
  expect(faults).toEqual([]);
  expect(checkEntries(entries, new Date("2026-11-22"))).toEqual([]);
});

it("has every field, and each can be used by taking its # away", () => {
  const { entries, faults } = read(fill(template.replace(/^# (?! *noOfficialSource)(?!yaml)/gm, "")));
  expect(faults).toEqual([]);
  expect(checkEntries(entries, new Date("2026-11-22"))).toEqual([]);
  const fields = Object.keys(entries[0]?.entry ?? {});
  const all = Object.keys(entrySchema.shape).filter((field) => field !== "noOfficialSource");
  expect(fields).toEqual(expect.arrayContaining(all));
});
