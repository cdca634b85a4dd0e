import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LabelledQuestion } from "../../bench/eval/questions.ts";
import { type Hit, NO_TOPIC } from "../../bench/matchers/contender.ts";
import { type Found, tune, worth } from "../../bench/matchers/tuning.ts";

describe("tuning another matcher's thresholds", () => {
  test("finds the ones that part right answers from wrong ones", () => {
    const found = [
      ...[0.6, 0.7, 0.8, 0.9].map((score) => wanted([{ label: "delete", score }])),
      ...[0.1, 0.2, 0.3, 0.5].map((score) => unwanted([{ label: "delete", score }])),
    ];
    const { result, thresholds } = tune(found);
    expect(result).toMatchObject({ joint: 1, falseAnswers: 0 });
    expect(thresholds.high).toBeGreaterThan(0.5);
    expect(thresholds.low).toBeLessThanOrEqual(0.6);
  });

  test("lets several hits vote where the best one alone is wrong", () => {
    const misled: Hit[] = [
      { label: "export", score: 0.9 },
      { label: "delete", score: 0.8 },
      { label: "delete", score: 0.8 },
    ];
    const { result, thresholds } = tune([wanted(misled), wanted(misled), unwanted([])]);
    expect(result.joint).toBe(1);
    expect(thresholds.votes).toBeGreaterThan(1);
  });

  test("counts a topic as right only with the right service", () => {
    const found = [wanted([{ label: "delete", score: 0.9 }], "another"), unwanted([])];
    expect(tune(found).result.joint).toBe(0);
  });

  test("does not answer without a service, and asks back instead", () => {
    const found = [wanted([{ label: "delete", score: 0.9 }]), unwanted([{ label: "delete", score: 0.9 }], null)];
    // One of one asked back is more than is allowed, so the question that has an answer is lost as well.
    expect(tune(found).result).toMatchObject({ joint: 0, falseAnswers: 0 });
  });

  test("is never worse than silence, and asks back in no more than a fifth", () => {
    const hit = fc.record({
      label: fc.constantFrom<Hit["label"]>("delete", "export", NO_TOPIC),
      score: fc.double({ min: 0.001, max: 1, noNaN: true }),
    });
    const hits = fc.array(hit, { maxLength: 10 });
    const service = fc.constantFrom("tiktok", "another", null);
    const question = fc.oneof(
      fc.tuple(hits, service).map(([list, id]) => wanted(list, id)),
      fc.tuple(hits, service).map(([list, id]) => unwanted(list, id)),
    );
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 20 }), (found) => {
        const { result } = tune(found);
        expect(worth(result)).toBeGreaterThanOrEqual(0);
        expect(result.askedBack).toBeLessThanOrEqual(0.2);
      }),
      { numRuns: 30 },
    );
  });
});

function wanted(hits: readonly Hit[], service: string | null = "tiktok"): Found {
  return { question: questionOn(["delete"]), reading: { text: "", service, sure: true }, hits };
}

function unwanted(hits: readonly Hit[], service: string | null = "tiktok"): Found {
  return { question: questionOn([]), reading: { text: "", service, sure: true }, hits };
}

function questionOn(topics: readonly string[]): LabelledQuestion {
  return {
    text: "",
    service: "tiktok",
    topics,
    kind: "question",
    language: "en",
    form: "asked",
    direct: false,
    borderline: false,
    context: undefined,
  };
}
