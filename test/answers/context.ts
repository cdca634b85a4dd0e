import type { AnswerContext } from "../../src/answers/context.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import type { Match, Matcher } from "../../src/matching/match.ts";

export const knowledge = loadKnowledge();

const byPopularity = [...knowledge.entries.values()].sort((a, b) => b.popularity - a.popularity);

/** A matcher that knows names and nothing else; it makes of every question the match it is given. */
export function fakeMatcher(match: Match = { kind: "none", service: null, topic: null, confidence: 0, candidates: [] }): Matcher {
  return {
    match: () => match,
    resolveService(text) {
      const wanted = text.trim().toLowerCase();
      return byPopularity.find(({ id, name, aliases }) =>
        [id, name, ...aliases].some((known) => known.toLowerCase() === wanted),
      )?.id;
    },
    suggestServices(text, limit) {
      const wanted = text.trim().toLowerCase().slice(0, 2);
      return byPopularity
        .filter(({ name }) => name.toLowerCase().startsWith(wanted))
        .slice(0, limit)
        .map(({ id, name }) => ({ id, name }));
    },
  };
}

/** All that the repository knows, on a day soon after it was checked. */
export function testContext(changes: Partial<AnswerContext> = {}): AnswerContext {
  return {
    knowledge,
    matcher: fakeMatcher(),
    now: () => new Date("2026-11-22T12:00:00Z"),
    reportUrl: "https://example.org/project/issues/new",
    ...changes,
  };
}
