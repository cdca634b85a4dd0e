import fc from "fast-check";
import { expect, test } from "vitest";
import type { Item } from "../../src/matching/items.ts";
import { UNKNOWN } from "../../src/matching/lexicon.ts";
import type { Pattern, Place } from "../../src/matching/patterns.ts";
import { createFindRules } from "../../src/matching/rules.ts";

const WORDS = ["get", "back", "not"].map((text) => ({ text, term: { ...UNKNOWN, shared: false } }));

/** Words of their own, each perhaps of some concepts, or services' names. */
const items: fc.Arbitrary<Item[]> = fc
  .array(
    fc.record({
      word: fc.constantFrom(...WORDS),
      concepts: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
      isName: fc.boolean(),
      starts: fc.integer({ min: 0, max: 5 }).map((number) => number === 0),
    }),
    { maxLength: 14 },
  )
  .map((list) =>
    list.map(({ word, concepts, isName, starts }) => ({
      ...word,
      sense: { concepts: isName ? [] : concepts, acts: [], things: [] },
      service: isName ? "tiktok" : undefined,
      starts,
    })),
  );

const NOTHING = { word: undefined, concept: undefined, service: false };
const places: fc.Arbitrary<Place> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...WORDS).map(({ term }) => ({ ...NOTHING, word: term })),
      fc.integer({ min: 0, max: 2 }).map((concept) => ({ ...NOTHING, concept })),
      fc.constant({ ...NOTHING, service: true }),
    ),
    fc.constantFrom(0, 0, 2),
  )
  .map(([place, gap]) => ({ ...place, gap }));
const patterns: fc.Arbitrary<Pattern> = fc.array(places, { minLength: 1, maxLength: 4 });

/** What a rule means, tried out at each item. */
function fits(pattern: Pattern, list: readonly Item[], place: number, at: number): boolean {
  const wanted = pattern[place];
  const item = list[at];
  if (wanted === undefined) return true;
  if (item === undefined) return false;
  const isMet = wanted.service
    ? item.service !== undefined
    : wanted.concept === undefined
      ? item.term === wanted.word && (place > 0 || item.service === undefined)
      : item.sense.concepts.includes(wanted.concept);
  if (!isMet) return false;
  const next = pattern[place + 1];
  if (next === undefined) return true;
  for (let step = 1; step <= next.gap + 1; step += 1) {
    if (list[at + step]?.starts !== false) return false;
    if (fits(pattern, list, place + 1, at + step)) return true;
  }
  return false;
}

test("finds the rules that fit somewhere within a sentence, and no others, text after text", () => {
  fc.assert(
    fc.property(
      fc.array(patterns, { maxLength: 8 }),
      fc.array(items, { minLength: 1, maxLength: 3 }),
      (rules, texts) => {
        const find = createFindRules(rules.map((pattern, symbol) => ({ pattern, symbol })));
        for (const text of texts) {
          const found = new Set<number>();
          find(text, (symbol) => found.add(symbol));
          const wanted = [...rules.keys()].filter((rule) => text.some((_, at) => fits(rules[rule] ?? [], text, 0, at)));
          expect([...found].sort()).toEqual(wanted);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
