import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LabelledQuestion } from "../../bench/eval/questions.ts";
import { percentile, timeEach } from "../../bench/matchers/measure.ts";
import { chooseQuestions, questionsOn } from "../../bench/matchers/questions.ts";

describe("percentiles", () => {
  test("are the nearest rank", () => {
    const values = [15, 20, 35, 40, 50];
    expect([5, 30, 40, 50, 100].map((percent) => percentile(values, percent))).toEqual([15, 20, 20, 35, 50]);
  });

  test("are one of the values, with so many at or under it", () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const value = percentile(list, percent);
        expect(list).toContain(value);
        expect(list.filter((other) => other <= value).length).toBeGreaterThanOrEqual((percent / 100) * list.length);
      }),
    );
  });
});

describe("timing", () => {
  test("answers each text once, in order, whether the answer comes at once or later", async () => {
    const texts = ["a", "b", "c"];
    const { answers } = await timeEach<string>(texts, (text, index) =>
      index === 1 ? Promise.resolve(text.toUpperCase()) : text.toUpperCase(),
    );
    expect(answers).toEqual(["A", "B", "C"]);
  });

  test("never asks the same text twice", async () => {
    const seen: string[] = [];
    await timeEach(["a", "b"], (text) => seen.push(text));
    expect(new Set(seen).size).toBe(seen.length);
    expect(new Set(seen.map((text) => text.trim()))).toEqual(new Set(["a", "b"]));
  });
});

describe("the questions asked", () => {
  const questions = Array.from({ length: 40 }, (_, index) => question(`${index}`, index % 4 === 0 ? [] : ["delete"]));

  test("are the same in the same order each time, but not the file's", () => {
    const chosen = chooseQuestions(questions);
    expect(chosen).toEqual(chooseQuestions(questions));
    expect(chosen).not.toEqual(questions);
    expect(new Set(chosen)).toEqual(new Set(questions));
  });

  test("leave out other languages, complaints and doubtful ones, unless they must not be answered", () => {
    const left = [
      question("a", ["delete"], { language: "de" }),
      question("b", ["delete"], { form: "told" }),
      question("c", ["delete"], { borderline: true }),
    ];
    const kept = question("d", [], { form: "told" });
    expect(chooseQuestions([...left, kept])).toEqual([kept]);
  });

  test("take turns, those that should be answered and those that must not be", () => {
    const asked = questionsOn(questions, new Set());
    expect(asked).toHaveLength(questions.length);
    expect(asked.slice(0, 20).map(({ topics }) => topics.length)).toEqual(Array(10).fill([1, 0]).flat());
  });

  test("are on services that are known, or must not be answered", () => {
    const known = question("a", ["delete"], { service: "tiktok" });
    const unknown = question("b", ["delete"], { service: "instagram" });
    const unwanted = question("c", [], { service: "instagram" });
    expect(questionsOn([known, unknown, unwanted], new Set(["tiktok"]))).toEqual([known, unwanted]);
  });
});

function question(text: string, topics: readonly string[], more: Partial<LabelledQuestion> = {}): LabelledQuestion {
  return {
    text,
    service: null,
    topics,
    kind: "question",
    language: "en",
    form: "asked",
    direct: false,
    borderline: false,
    context: undefined,
    ...more,
  };
}
