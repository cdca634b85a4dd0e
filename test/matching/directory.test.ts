/**
 * The directory brings thousands of names, many of them everyday words or parts of others. They are found where they
 * are meant, and change nothing else.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readQuestions } from "../../bench/eval/questions.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { listedServices } from "../../src/matching/listed-services.ts";
import type { Match } from "../../src/matching/match.ts";
import { createMatcher } from "../../src/matching/matcher.ts";
import { directoryOf, record } from "../answers/directory.ts";

const FILE = fileURLToPath(new URL("../../../shared/data/justdeleteme-sites.json", import.meta.url));
const isMissing = !existsSync(FILE);

const knowledge = loadKnowledge();
const withoutDirectory = createMatcher(knowledge);

function matcherWith(records: readonly object[]) {
  return createMatcher(knowledge, { directory: listedServices(directoryOf(records)) });
}

function outcome({ kind, service, topic }: Match): string {
  return `${kind} ${service} ${topic}`;
}

describe("names of the directory", () => {
  const matcher = matcherWith([
    record("Ada", "ada.example"),
    record("Tango", "tango.example"),
    record("Galaxy", "galaxy.example"),
    record("Quillsmith", "quillsmith.example"),
    record("Old Name / New Name", "renamed.example"),
    record("Netfriend", "netfriend.example"),
    record("TikTok Studio", "studio.tiktok-studio.example"),
    record("Tik", "tik.example"),
  ]);

  it.each([
    ["how do i delete my quillsmith account", "quillsmith.example"],
    ["How do I delete my Tango account?", "tango.example"],
    ["delete my account on quillsmith.example", "quillsmith.example"],
  ])("are found in “%s”", (text, service) => {
    expect(matcher.match({ text })).toMatchObject({ kind: "answer", service, topic: "delete" });
  });

  it.each([
    "i want to learn to dance tango",
    "my samsung galaxy deleted all my photos",
    "my friend ada left",
    "the galaxy is big",
  ])("are not seen in “%s”", (text) => {
    expect(matcher.match({ text }).service).toBeNull();
  });

  it.each([
    "ada",
    "Tango",
    "GALAXY",
    "tango.example",
    "https://www.tango.example/help",
    "Old Name",
    "Old Name / New Name",
  ])("are taken where nothing else is written: “%s”", (text) => {
    expect(matcher.resolveService(text)).toMatch(/\.example$/);
  });

  it("stand behind names of entries, unless they are written out", () => {
    expect(matcher.suggestServices("tik", 5).map(({ name }) => name)).toEqual(["Tik", "TikTok", "TikTok Studio"]);
    expect(matcher.suggestServices("net", 2).map(({ name }) => name)).toEqual(["Netflix", "Netfriend"]);
    expect(matcher.match({ text: "delete my tiktok account" }).service).toBe("tiktok");
    expect(matcher.match({ text: "delete my tiktok studio account" }).service).toBe("studio.tiktok-studio.example");
  });
});

describe.skipIf(isMissing)(`the whole directory${isMissing ? " (skipped: there is no copy of it)" : ""}`, () => {
  const directory = directoryOf(isMissing ? [] : JSON.parse(readFileSync(FILE, "utf8")));
  const matcher = createMatcher(knowledge, { directory: listedServices(directory) });
  const listings = [...directory.listings.values()];

  it("is found by exact name, at least 97 in 100", { timeout: 60_000 }, () => {
    // Those of a service that has an entry are the entry's.
    const own = listings.filter(({ name }) => !knowledge.entries.has(matcher.resolveService(name) ?? ""));
    expect(own.length).toBeGreaterThan(2400);
    const missed = own.filter(({ id, name }) => matcher.resolveService(name) !== id).map(({ name }) => name);
    expect(missed.length / own.length, missed.join(", ")).toBeLessThanOrEqual(0.03);
  });

  it("changes hardly any answer to the golden questions, and answers nothing that it must not", () => {
    const golden = (name: string) => readQuestions(fileURLToPath(new URL(`golden/${name}`, import.meta.url)));
    const questions = golden("questions.jsonl");
    const negatives = golden("negatives.jsonl");
    const ask = ({ text, context }: (typeof questions)[number]) => {
      const question = { text, service: context };
      return { text, before: withoutDirectory.match(question), after: matcher.match(question) };
    };
    const changed = questions.map(ask).filter(({ before, after }) => outcome(before) !== outcome(after));
    const texts = changed.map(({ text, before, after }) => `${text}: ${outcome(before)} → ${outcome(after)}`);
    expect(changed.length / questions.length, texts.join("\n")).toBeLessThanOrEqual(0.01);
    const answered = negatives
      .map(ask)
      .filter(({ before, after }) => before.kind !== "answer" && after.kind === "answer");
    expect(answered.map(({ text }) => text)).toEqual([]);
  });
});
