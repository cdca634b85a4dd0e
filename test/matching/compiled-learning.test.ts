import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { readLearning, writeLearning } from "../../src/matching/compiled-learning.ts";
import { learnAnew } from "../../src/matching/learning.ts";
import { createMatcher } from "../../src/matching/matcher.ts";

const knowledge = loadKnowledge();
let folder: string;
const file = () => join(folder, "learning.json");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wayout-learning-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

// Learning twice takes its time on a busy machine.
it("judges as what was learnt anew, to the last digit", { timeout: 60_000 }, () => {
  writeLearning(learnAnew(knowledge).learning, "abc", file());
  const recalled = createMatcher(knowledge, { learning: readLearning("abc", file()) });
  const learnt = createMatcher(knowledge);
  for (const { name } of knowledge.entries.values()) {
    for (const text of [
      `how do i delete my ${name} account`,
      `wie lösche ich ${name}`,
      `can people still see my old ${name} posts after i leave?`,
      `is ${name} stock going up`,
    ]) {
      expect(recalled.explain({ text })).toEqual(learnt.explain({ text }));
      expect(recalled.match({ text })).toEqual(learnt.match({ text }));
    }
  }
});

it("counts only with the knowledge that it was learnt from", () => {
  expect(readLearning("abc", file())).toBeUndefined();
  writeLearning(learnAnew(knowledge).learning, "abc", file());
  expect(readLearning("abd", file())).toBeUndefined();
  expect(readLearning(undefined, file())).toBeUndefined();
});
