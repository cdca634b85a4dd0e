/** Entries of any content and length that the schema allows, and matches of any kind. */
import fc from "fast-check";
import { DIFFICULTIES, type Entry, entrySchema, SEVERITIES, TOPICS } from "../../src/knowledge/schema.ts";
import type { Candidate, Match } from "../../src/matching/match.ts";

// Signs that mean something to Discord, beside all others.
const sign = fc.constantFrom(..."ab *_~`|<>[]()#-\n@:/\\👍");
const unit = fc.oneof(sign, fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }));
const text = (max: number) =>
  fc.string({ unit, maxLength: max, size: "max" }).map(
    (value) =>
      value
        .slice(0, max)
        .replace(/[\ud800-\udbff]$/, "")
        .trim() || "x",
  );
const list = <T>(item: fc.Arbitrary<T>, min: number, max: number) =>
  fc.array(item, { minLength: min, maxLength: max, size: "max" });
const maybe = <T>(item: fc.Arbitrary<T>) => fc.option(item, { nil: undefined });

const slug = fc.stringMatching(/^[a-z0-9]{1,32}$/);
const url = fc.stringMatching(/^https:\/\/example\.org\/[a-z()]{0,200}$/);
const unconfirmed = maybe(fc.constant(true as const));
const claim = fc.oneof(text(400), fc.record({ text: text(400), unconfirmed: fc.constant(true) }));
const step = fc.record({ do: text(240), path: maybe(list(text(60), 1, 8)), note: maybe(text(300)) });
const situation = fc.record({ case: text(80), text: text(400), url: maybe(url), unconfirmed });

/** Everything in it is as the schema allows, but nothing is as an author would write it. */
export const anyEntry: fc.Arbitrary<Entry> = fc
  .record({
    id: slug,
    name: text(40),
    domains: fc.constant(["example.org"]),
    category: fc.constant("other"),
    popularity: fc.integer({ min: 1, max: 5 }),
    website: url,
    difficulty: fc.constantFrom(...DIFFICULTIES),
    deletionUrl: maybe(url),
    deletionLabel: maybe(text(34)),
    helpUrl: maybe(url),
    gracePeriodDays: maybe(fc.option(fc.integer({ min: 0, max: 400 }))),
    methods: fc.uniqueArray(
      fc.record({
        id: slug,
        title: text(80),
        needs: list(claim, 0, 6),
        url: maybe(url),
        steps: list(step, 1, 12),
        unconfirmed,
      }),
      { minLength: 1, maxLength: 4, selector: ({ id }) => id },
    ),
    timing: list(claim, 0, 6),
    undo: list(claim, 0, 6),
    refunds: list(claim, 0, 6),
    warnings: list(
      fc.record({
        topic: fc.constantFrom(...TOPICS),
        severity: fc.constantFrom(...SEVERITIES),
        text: text(320),
        unconfirmed,
      }),
      1,
      16,
    ),
    leftovers: list(claim, 0, 10),
    before: list(claim, 0, 12),
    export: maybe(fc.record({ steps: list(step, 1, 8), ready: maybe(claim), url: maybe(url), unconfirmed })),
    deactivate: maybe(
      fc.oneof(
        fc.record({
          available: fc.constant(true),
          steps: list(step, 1, 8),
          effect: claim,
          url: maybe(url),
          unconfirmed,
        }),
        fc.record({ available: fc.constant(false), instead: claim }),
      ),
    ),
    alternatives: list(
      fc.record({
        topic: fc.constantFrom("private", "discoverability", "contact-limits", "other"),
        title: text(80),
        steps: list(step, 1, 8),
        effect: claim,
        unconfirmed,
      }),
      0,
      16,
    ),
    noAccess: list(situation, 0, 8),
    onBehalf: list(situation, 0, 8),
    privacyContact: maybe(fc.record({ url, email: fc.constant("privacy_team@example.org") })),
    confidence: fc.constantFrom("high", "medium", "low"),
    checked: fc.constantFrom("2024-01", "2026-11", "2027-12"),
    sources: list(fc.record({ title: text(120), url, official: fc.boolean() }), 1, 4),
  })
  .map(({ id, ...file }) => ({ id, ...entrySchema.parse(file) }));

/** Any match that may be made with these services; some name ones that are gone. */
export function anyMatch(services: readonly string[]): fc.Arbitrary<Match> {
  const known = fc.constantFrom(...services, "gone");
  const service = fc.option(known);
  const topic = fc.constantFrom(...TOPICS);
  const confidence = fc.double({ min: 0, max: 1, noNaN: true });
  const candidate: fc.Arbitrary<Candidate> = fc.record({ service, topic, confidence });
  const candidates = fc.array(candidate, { maxLength: 3 });
  return fc.oneof(
    fc.record({ kind: fc.constant("answer" as const), service: known, topic, confidence, candidates }),
    fc.record({ kind: fc.constant("clarify" as const), service, topic: fc.option(topic), confidence, candidates }),
    fc.record({
      kind: fc.constant("none" as const),
      service,
      topic: fc.constant(null),
      confidence,
      candidates: fc.constant([] as const),
    }),
  );
}
