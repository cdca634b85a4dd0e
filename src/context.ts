/** What all ways to start Wayout have in common: everything that answering needs, made from the settings. */
import type { AnswerContext } from "./answers/context.ts";
import { createRecentAnswers } from "./answers/recent-answers.ts";
import { type Config, ConfigError } from "./config.ts";
import { loadDirectory } from "./knowledge/directory.ts";
import { DIRECTORY_FILE, loadKnowledge } from "./knowledge/load.ts";
import { listedServices } from "./matching/listed-services.ts";
import type { ExplainingMatcher } from "./matching/match.ts";
import { createMatcher } from "./matching/matcher.ts";

// Some KiB each.
const ANSWERS_KEPT = 250;

/**
 * Loads all that is known, the directory too where it was imported, and makes the matcher.
 *
 * @throws {KnowledgeError} where a file of it is wrong
 * @throws {ConfigError} where `DEFAULT_SERVICE` names none
 */
export function createContext({
  defaultService,
  reportUrl,
}: Pick<Config, "defaultService" | "reportUrl">): AnswerContext & { readonly matcher: ExplainingMatcher } {
  const whole = loadKnowledge();
  // The phrases that the matcher learnt from are not needed any more.
  const knowledge = { entries: whole.entries, topics: whole.topics };
  if (defaultService !== undefined && !knowledge.entries.has(defaultService)) {
    throw new ConfigError(
      `DEFAULT_SERVICE: found "${defaultService}", allowed: the id of an entry, such as tiktok. Set it in .env.`,
    );
  }
  const directory = loadDirectory(DIRECTORY_FILE, knowledge.entries.values());
  const matcher = createMatcher(whole, { defaultService, directory: directory ? listedServices(directory) : [] });
  const recent = createRecentAnswers(ANSWERS_KEPT);
  return { knowledge, directory, matcher, now: () => new Date(), reportUrl, defaultService, recent };
}
