/** What holds for every text, whatever strangers type. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { TOPICS } from "../../src/knowledge/schema.ts";
import type { Match } from "../../src/matching/match.ts";
import { createMatcher } from "../../src/matching/matcher.ts";

const knowledge = loadKnowledge();
const matcher = createMatcher(knowledge);
const ids = [...knowledge.entries.keys()];

const words = fc.constantFrom(
  ..."delete my account tiktok x line how do i can't not without stop people messages private back 删除 账号 hesap".split(
    " ",
  ),
);
const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 4000 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.array(words, { maxLength: 60 }).map((list) => list.join(" ")),
);
const services = fc.option(fc.constantFrom(...ids), { nil: undefined });

function checkShape(match: Match): void {
  expect(match.confidence).toBeGreaterThanOrEqual(0);
  expect(match.confidence).toBeLessThanOrEqual(1);
  expect(match.candidates.length).toBeLessThanOrEqual(3);
  if (match.service !== null) expect(ids).toContain(match.service);
  for (const { topic, confidence } of match.candidates) {
    expect(TOPICS).toContain(topic);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
  if (match.kind === "none") expect(match.candidates).toEqual([]);
  else expect(match.candidates.length).toBeGreaterThan(0);
  if (match.kind === "answer")
    expect(match.candidates[0]).toMatchObject({ service: match.service, topic: match.topic });
}

describe("every text", () => {
  test("gets a match of the right shape, and the same one again", () => {
    fc.assert(
      fc.property(texts, services, (text, service) => {
        const match = matcher.match({ text, service });
        checkShape(match);
        expect(matcher.match({ text, service })).toEqual(match);
      }),
      { numRuns: 300 },
    );
  });

  test("can be explained", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { inScope, topics } = matcher.explain({ text });
        expect(inScope).toBeGreaterThanOrEqual(0);
        expect(inScope).toBeLessThanOrEqual(1);
        for (const { share } of topics) expect(share).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });

  test("can be typed into the field for a service", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 25 }), (text, limit) => {
        const resolved = matcher.resolveService(text);
        if (resolved !== undefined) expect(ids).toContain(resolved);
        const suggestions = matcher.suggestServices(text, limit);
        expect(suggestions.length).toBeLessThanOrEqual(limit);
        expect(new Set(suggestions.map(({ id }) => id)).size).toBe(suggestions.length);
      }),
      { numRuns: 150 },
    );
  });
});

describe("hostile texts", () => {
  test.each([
    ["one letter", "a".repeat(4000)],
    ["one word", "delete ".repeat(571)],
    ["a rule's beginning", "can get ".repeat(500)],
    ["names", "tiktok instagram ".repeat(235)],
    ["misspelt words", "delte acount tiktk ".repeat(210)],
    ["Chinese", "删除账号怎么".repeat(666)],
    ["marks on marks", `e${"\u0301".repeat(3999)}`],
    ["a letter that stands for a phrase", "\ufdfa".repeat(4000)],
    ["addresses", "http://".repeat(570)],
    ["halves of mentions", "<@".repeat(2000)],
    ["halves of addresses", `${"a.".repeat(1999)}@`],
    ["halves of letters", "\ud83d".repeat(4000)],
    ["names of fields of objects", "__proto__ constructor toString valueOf hasOwnProperty ".repeat(70)],
    ["more than Discord lets through", "delete my tiktok account ".repeat(1000)],
  ])("%s", (_name, text) => {
    checkShape(matcher.match({ text }));
    expect(matcher.suggestServices(text, 5).length).toBeLessThanOrEqual(5);
  });
});
