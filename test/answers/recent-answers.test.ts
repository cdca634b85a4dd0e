import { expect, it } from "vitest";
import type { Answer } from "../../src/answers/answer.ts";
import { createRecentAnswers } from "../../src/answers/recent-answers.ts";
import { BROWSE_ALL, type View } from "../../src/answers/view.ts";

const NOON = new Date("2026-11-22T12:00:00Z");
const steps = (service: string): View => ({ kind: "steps", service });
let made = 0;
const make = (): Answer => {
  made += 1;
  return {
    kind: "help",
    service: null,
    serviceName: null,
    topic: null,
    tone: "ask",
    title: String(made),
    parts: [],
  };
};

it("makes an answer once a day, a view and a language", () => {
  const recent = createRecentAnswers(10);
  const first = recent.get(steps("a"), "en-US", NOON, make);
  expect(recent.get(steps("a"), "en-US", new Date("2026-11-22T23:59:59Z"), make)).toBe(first);
  expect(recent.get(steps("b"), "en-US", NOON, make)).not.toBe(first);
  expect(recent.get(steps("a"), "de", NOON, make)).not.toBe(first);
  expect(recent.get(steps("a"), "en-US", new Date("2026-11-23T00:00:00Z"), make)).not.toBe(first);
});

it("keeps no words that somebody searched for", () => {
  const recent = createRecentAnswers(10);
  const search: View = { ...BROWSE_ALL, search: "my words" };
  expect(recent.get(search, "en-US", NOON, make)).not.toBe(recent.get(search, "en-US", NOON, make));
});

it("keeps the latest, and not much more", () => {
  const recent = createRecentAnswers(3);
  const ask = (name: number): Answer => recent.get(steps(String(name)), undefined, NOON, make);
  const answers = Array.from({ length: 20 }, (_, name) => ask(name));
  for (const name of [17, 18, 19]) expect(ask(name)).toBe(answers[name]);
  const before = made;
  for (let name = 0; name < 12; name += 1) ask(name);
  expect(made - before).toBe(12);
});
