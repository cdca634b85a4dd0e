/** What all ways to start Wayout have in common: everything that answering needs, made from the settings. */
import type { AnswerContext } from "./answers/context.ts";
import { createRecentAnswers } from "./answers/recent-answers.ts";
import { type Config, ConfigError } from "./config.ts";
import { loadDirectory } from "./knowledge/directory.ts";
import { DIRECTORY_FILE, type Knowledge, loadKnowledge } from "./knowledge/load.ts";
import { readLearning } from "./matching/compiled-learning.ts";
import { listedServices } from "./matching/listed-services.ts";
import type { ExplainingMatcher } from "./matching/match.ts";
import { createMatcher, type MatcherOptions } from "./matching/matcher.ts";

// Some KiB each.
const ANSWERS_KEPT = 250;

/**
 * Loads all that is known, the directory too where it was imported, and makes the matcher, which learns when it is needed.
 *
 * @throws {KnowledgeError} where a file of it is wrong
 * @throws {ConfigError} where `DEFAULT_SERVICE` names none
 */
export function createContext({
  defaultService,
  reportUrl,
}: Pick<Config, "defaultService" | "reportUrl">): AnswerContext & { readonly matcher: ExplainingMatcher } {
  const whole = loadKnowledge();
  // The matcher alone needs the rest.
  const knowledge = { entries: whole.entries, topics: whole.topics };
  if (defaultService !== undefined && !knowledge.entries.has(defaultService)) {
    throw new ConfigError(
      `DEFAULT_SERVICE: found "${defaultService}", allowed: the id of an entry, such as tiktok. Set it in .env.`,
    );
  }
  const directory = loadDirectory(DIRECTORY_FILE, knowledge.entries.values());
  const listed = directory ? listedServices(directory) : [];
  const { matcher, prepare } = learnLater(whole, { defaultService, directory: listed });
  const recent = createRecentAnswers(ANSWERS_KEPT);
  return { knowledge, directory, matcher, now: () => new Date(), reportUrl, defaultService, recent, prepare };
}

/**
 * Learning takes some tenths of a second: it is done at the first question, or when there is time. The phrases that it
 * learnt from are let go then.
 */
function learnLater(
  knowledge: Knowledge,
  options: MatcherOptions,
): { readonly matcher: ExplainingMatcher; readonly prepare: () => void } {
  let state: { readonly unread: Knowledge } | { readonly matcher: ExplainingMatcher } = { unread: knowledge };
  const get = (): ExplainingMatcher => {
    if ("unread" in state)
      state = {
        matcher: createMatcher(state.unread, { ...options, learning: readLearning(state.unread.fingerprint) }),
      };
    return state.matcher;
  };
  return {
    matcher: {
      match: (question) => get().match(question),
      explain: (question) => get().explain(question),
      resolveService: (text) => get().resolveService(text),
      suggestServices: (text, limit) => get().suggestServices(text, limit),
    },
    prepare: () => void get(),
  };
}
