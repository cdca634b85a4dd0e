import type { AnswerContext } from "../../src/answers/context.ts";
import type { Knowledge } from "../../src/knowledge/load.ts";
import type { Match } from "../../src/matching/match.ts";

const NONE: Match = { kind: "none", service: null, topic: null, confidence: 0, candidates: [] };

/** A matcher that knows names and nothing else, and makes of every question the match it is given. */
export function fakeMatcher({ entries }: Pick<Knowledge, "entries">, match: Match = NONE): AnswerContext["matcher"] {
  const byPopularity = [...entries.values()].sort((a, b) => b.popularity - a.popularity);
  return {
    match: () => match,
    resolveService(text) {
      const wanted = text.trim().toLowerCase();
      return byPopularity.find(({ id, name, aliases, domains }) =>
        [id, name, ...aliases, ...domains].some((known) => known.toLowerCase() === wanted),
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
