import type { Directory } from "../knowledge/directory.ts";
import type { Knowledge } from "../knowledge/load.ts";
import type { Entry } from "../knowledge/schema.ts";
import type { Matcher } from "../matching/match.ts";
import type { RecentAnswers } from "./recent-answers.ts";

/** What answering needs. It holds nothing about the person who asks but the language. */
export interface AnswerContext {
  readonly knowledge: Pick<Knowledge, "entries" | "topics">;
  readonly matcher: Pick<Matcher, "match" | "resolveService" | "suggestServices">;
  /** Services of which only the way out is known, if the directory was imported. */
  readonly directory?: Directory | undefined;
  /** The clock: cards say when an entry was last checked long ago, and when a deletion would be final. */
  readonly now: () => Date;
  /** Where "Is this out of date?" leads: an https address that takes `title` and `body`, or a mailto address. */
  readonly reportUrl?: string | undefined;
  /** The service that a question is about which names none. */
  readonly defaultService?: string | undefined;
  /**
   * The language to answer in, as Discord writes it: "en-US". Private replies follow the person's, public ones the
   * server's. Entries are in English; the directory's notes come in several languages.
   */
  readonly locale?: string | undefined;
  /** Answers made lately; without it each is made anew. */
  readonly recent?: RecentAnswers | undefined;
  /** Makes ready what else the first answer would have to wait for. */
  readonly prepare?: (() => void) | undefined;
}

/** The entry of a service, or undefined where there is none (any more). */
export function entryOf(context: AnswerContext, service: string | null | undefined): Entry | undefined {
  return service ? context.knowledge.entries.get(service) : undefined;
}

/** The name of a service, with a full entry or in the directory; undefined where neither is there (any more). */
export function nameOf(context: AnswerContext, service: string | null | undefined): string | undefined {
  if (!service) return undefined;
  return entryOf(context, service)?.name ?? context.directory?.listings.get(service)?.name;
}
