import { expect, test } from "vitest";
import { type Example, toProbabilities, train } from "../../src/matching/model.ts";

const EXAMPLES: Example[] = [
  { features: [0], label: 0, weight: 1 },
  { features: [0, 3], label: 0, weight: 1 },
  { features: [1], label: 1, weight: 1 },
  { features: [1, 3], label: 1, weight: 1 },
  { features: [2], label: 2, weight: 1 },
];

test("learns which feature speaks for which class, whatever stands beside it", () => {
  const model = train(EXAMPLES, { classes: 3, features: 4, epochs: 20, decay: 0.01 });
  for (const label of [0, 1, 2]) {
    const scores = model.score([label, 3]);
    expect(scores.indexOf(Math.max(...scores))).toBe(label);
    expect(model.weightOf(label, label)).toBeGreaterThan(0);
  }
});

test("decides between two classes with one score", () => {
  const model = train(EXAMPLES.slice(0, 4), { classes: 2, features: 4, epochs: 20, decay: 0.01 });
  expect(model.score([0])[0]).toBeLessThan(0);
  expect(model.score([1])[0]).toBeGreaterThan(0);
});

test("learns the same every time", () => {
  const training = { classes: 3, features: 4, epochs: 5, decay: 0.01 };
  expect(train(EXAMPLES, training).score([0, 1])).toEqual(train(EXAMPLES, training).score([0, 1]));
});

test("leaves out features that it never met", () => {
  const model = train(EXAMPLES, { classes: 3, features: 4, epochs: 5, decay: 0.01 });
  expect(model.score([0, 99])).toEqual(model.score([0]));
  expect(model.weightOf(99, 0)).toBe(0);
});

test("probabilities add up to 1, also for scores far apart", () => {
  const scores = [1000, -1000, 999];
  toProbabilities(scores);
  expect(scores.reduce((sum, share) => sum + share)).toBeCloseTo(1);
});
