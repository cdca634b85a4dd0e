import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerMatch } from "../../src/answers/answer-question.ts";
import { answerView } from "../../src/answers/answer-view.ts";
import type { AnswerContext } from "../../src/answers/context.ts";
import { encodeView } from "../../src/replies/custom-id.ts";
import { errorReply, toReply } from "../../src/replies/reply.ts";
import { toText } from "../../src/replies/text.ts";
import { anyEntry, anyMatch } from "../answers/arbitraries.ts";
import { knowledge, testContext } from "../answers/context.ts";
import { fakeMatcher } from "../answers/fake-matcher.ts";
import { generalViews, viewsOf } from "../answers/views.ts";
import { expectValidReply, textOf } from "./discord-limits.ts";

const context = testContext();
const entries = [...knowledge.entries.values()];

describe("every card of every entry", () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))("%s fits Discord", (_, entry) => {
    for (const view of viewsOf(entry)) {
      const answer = answerView(context, view);
      try {
        expectValidReply(toReply(answer, "private"));
        expectValidReply(toReply(answer, "public"));
        expect(toText(answer)).not.toContain("**");
      } catch (error) {
        throw new Error(`The card ${encodeView(view)} is not valid.`, { cause: error });
      }
    }
  });

  it.each(entries.map((entry) => [entry.id, entry] as const))("%s shows all its steps on one card", (id, entry) => {
    for (const { id: method, steps } of entry.methods) {
      const text = textOf(toReply(answerView(context, { kind: "steps", service: id, method }), "private"));
      expect(text).toContain(`\n${steps.length}. `);
    }
  });
});

describe("cards that belong to no entry", () => {
  it("fit Discord", () => {
    for (const view of generalViews) expectValidReply(toReply(answerView(context, view), "private"));
    expectValidReply(errorReply());
  });

  it("fit Discord where nothing is known", () => {
    const empty = { ...knowledge, entries: new Map() };
    const nothing: AnswerContext = { ...context, knowledge: empty, matcher: fakeMatcher(empty) };
    for (const view of generalViews) expectValidReply(toReply(answerView(nothing, view), "private"));
  });
});

describe("any match", () => {
  it("becomes a valid reply", () => {
    fc.assert(
      fc.property(
        anyMatch([...knowledge.entries.keys()]),
        fc.constantFrom(undefined, "tiktok", "gone"),
        (match, service) => {
          const answer = answerMatch({ ...context, defaultService: service }, match);
          expectValidReply(toReply(answer, "public"));
          expect(toText(answer).length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe("any entry that the schema allows", () => {
  it("gives cards that fit Discord, however long and odd its texts are", () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const known = { ...knowledge, entries: new Map([[entry.id, entry]]) };
        const own: AnswerContext = { ...context, knowledge: known, matcher: fakeMatcher(known) };
        for (const view of viewsOf(entry)) expectValidReply(toReply(answerView(own, view), "private"));
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
