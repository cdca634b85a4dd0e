import type { Answer } from "./answer.ts";
import type { View } from "./view.ts";

/** Answers that were made lately, so that what many ask is made once. They hold nothing that anybody wrote. */
export interface RecentAnswers {
  /**
   * The answer to a view in a language, on a day: from it cards reckon how old an entry is, and when a deletion is
   * final.
   *
   * @param make - makes it where it is not there
   */
  get(view: View, locale: string | undefined, now: Date, make: () => Answer): Answer;
}

/**
 * @param count - how many are kept at least; twice as many at most
 */
export function createRecentAnswers(count: number): RecentAnswers {
  let current = new Map<string, Answer>();
  let previous = new Map<string, Answer>();
  return {
    get(view, locale, now, make) {
      // Words that somebody searches for are not kept.
      if (view.kind === "browse" && view.search !== "") return make();
      const day = Math.floor(now.getTime() / 86_400_000);
      const key = `${day} ${locale} ${JSON.stringify(view)}`;
      const known = current.get(key);
      if (known) return known;
      const answer = previous.get(key) ?? { ...make(), isKept: true };
      // The older half is let go at once, so that none has to be looked for.
      if (current.size >= count) {
        previous = current;
        current = new Map();
      }
      current.set(key, answer);
      return answer;
    },
  };
}
