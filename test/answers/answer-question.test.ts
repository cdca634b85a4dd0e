import { describe, expect, it } from "vitest";
import { answerForService, answerMatch, answerQuestion } from "../../src/answers/answer-question.ts";
import type { AnswerContext } from "../../src/answers/context.ts";
import type { Topic } from "../../src/knowledge/schema.ts";
import type { Candidate, Match } from "../../src/matching/match.ts";
import { knowledge, testContext } from "./context.ts";
import { fakeMatcher } from "./fake-matcher.ts";

const context = testContext();

function candidate(service: string | null, topic: Topic): Candidate {
  return { service, topic, confidence: 0.4 };
}

function clarify(candidates: readonly Candidate[], service: string | null = null, topic: Topic | null = null): Match {
  return { kind: "clarify", service, topic, confidence: 0.4, candidates };
}

function labels(answer: ReturnType<typeof answerMatch>): string[] {
  return (answer.choices ?? []).map(({ label }) => label);
}

describe("a match that is sure", () => {
  it("gets the card of its topic", () => {
    const match: Match = { kind: "answer", service: "tiktok", topic: "undo", confidence: 0.9, candidates: [] };
    const own: AnswerContext = testContext({ matcher: fakeMatcher(knowledge, match) });
    const { match: found, answer } = answerQuestion(own, { text: "can i get it back" });
    expect(found).toBe(match);
    expect(answer).toMatchObject({ kind: "fact", service: "tiktok", topic: "undo" });
  });
});

describe("a match between two topics", () => {
  it("asks back with their names", () => {
    const answer = answerMatch(
      context,
      clarify([candidate("tiktok", "delete"), candidate("tiktok", "deactivate")], "tiktok", "delete"),
    );
    expect(answer.title).toBe("Two things this could mean");
    expect(labels(answer)).toEqual(["Delete for good", "Take a break"]);
    expect(answer.actions?.map(({ label }) => label)).toEqual(["Neither"]);
    expect(answer.serviceName).toBe("TikTok");
  });

  it("names the services where they differ", () => {
    const answer = answerMatch(context, clarify([candidate("tiktok", "delete"), candidate("instagram", "deactivate")]));
    expect(labels(answer)).toEqual(["Delete for good · TikTok", "Take a break · Instagram"]);
  });

  it("asks for the account where only that differs", () => {
    const answer = answerMatch(context, clarify([candidate("tiktok", "delete"), candidate("instagram", "delete")]));
    expect(answer.title).toBe("Which account do you mean?");
    expect(labels(answer)).toEqual(["TikTok", "Instagram"]);
  });

  it("offers the same thing only once", () => {
    const answer = answerMatch(
      context,
      clarify([candidate("tiktok", "delete"), candidate("tiktok", "delete")], "tiktok", "delete"),
    );
    expect(labels(answer)).toEqual(["Delete for good"]);
    expect(answer.title).toBe("Is this what you mean?");
  });
});

describe("a match without a service", () => {
  it("asks which account it is about, and keeps the topic", () => {
    const answer = answerMatch(context, clarify([candidate(null, "undo")], null, "undo"));
    expect(answer).toMatchObject({ kind: "services", topic: "undo", title: "Which account is it about?" });
    expect(answer.menus?.[0]?.options[0]?.view).toMatchObject({ kind: "fact", topic: "undo" });
    expect(answer.menus?.[0]?.options.length).toBeLessThanOrEqual(25);
  });

  it("asks for the account alone where one topic is far likelier than the next", () => {
    const likely = { ...candidate(null, "delete"), confidence: 0.6 };
    const unlikely = { ...candidate(null, "consequences"), confidence: 0.1 };
    expect(answerMatch(context, clarify([likely, unlikely]))).toMatchObject({ kind: "services", topic: "delete" });
    const near = { ...unlikely, confidence: 0.3 };
    expect(answerMatch(context, clarify([likely, near]))).toMatchObject({ kind: "clarify" });
  });

  it("asks for the topic first where that is open too", () => {
    const answer = answerMatch(context, clarify([candidate(null, "delete"), candidate(null, "deactivate")]));
    expect(answer.choices?.map(({ view }) => view)).toEqual([
      { kind: "services", topic: "delete" },
      { kind: "services", topic: "deactivate" },
    ]);
  });

  it("is about the operator's service, if there is one", () => {
    const own = testContext({ defaultService: "tiktok" });
    expect(answerMatch(own, clarify([candidate(null, "undo")], null, "undo"))).toMatchObject({
      kind: "fact",
      service: "tiktok",
      topic: "undo",
    });
    expect(labels(answerMatch(own, clarify([candidate(null, "delete"), candidate(null, "undo")])))).toHaveLength(2);
  });
});

describe("a match without a topic", () => {
  it("shows what can be asked about the service", () => {
    for (const guesses of [[], [candidate("tiktok", "delete"), candidate("tiktok", "private")]]) {
      expect(answerMatch(context, clarify(guesses, "tiktok"))).toMatchObject({ kind: "topics", service: "tiktok" });
    }
    const answer = answerMatch(context, clarify([], "tiktok"));
    expect(answer.menus?.[0]?.options).toHaveLength(14);
  });

  it("asks which account it is about where that is unknown too", () => {
    expect(answerMatch(context, clarify([])).kind).toBe("services");
  });
});

describe("a match about something else", () => {
  it("is told apart, so that one can stay silent", () => {
    const none: Match = { kind: "none", service: null, topic: null, confidence: 0, candidates: [] };
    expect(answerMatch(context, none).kind).toBe("none");
  });
});

describe("a service that is gone since", () => {
  it("is asked for", () => {
    const match: Match = { kind: "answer", service: "gone", topic: "undo", confidence: 1, candidates: [] };
    expect(answerMatch(context, match)).toMatchObject({ kind: "services", topic: "undo" });
  });
});

describe("a service that is typed", () => {
  it("but unknown gets at most five suggestions, which keep what was asked for", () => {
    const answer = answerForService(context, "sn", (service) => ({ kind: "before", service }));
    expect(answer.kind).toBe("unknown-service");
    expect(answer.choices?.length).toBeLessThanOrEqual(5);
    expect(answer.choices?.[0]).toEqual({ label: "Snapchat", view: { kind: "before", service: "snapchat" } });
  });

  it("but like nothing at all gets the menu of services", () => {
    const answer = answerForService(context, "§§§", (service) => ({ kind: "before", service }));
    expect(answer.title).toBe("I don't know that service yet");
    expect(answer.menus).toHaveLength(1);
  });
});
