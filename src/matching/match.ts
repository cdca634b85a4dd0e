/**
 * What goes into the matcher and what comes out of it. Nothing here knows how a question arrived.
 */
import type { Topic } from "../knowledge/schema.ts";

/** A text in a person's words. */
export interface Question {
  /** As it was typed, at most Discord's 4,000 characters; the matcher does its own cleaning. */
  readonly text: string;
  /** The service that the talk is about so far: set where the question replies to an answer on it. */
  readonly service?: string | undefined;
}

/** One reading of a question. */
export interface Candidate {
  /** A service's id, or null where the question names none. */
  readonly service: string | null;
  readonly topic: Topic;
  /** How likely this reading is the right one, 0 to 1, calibrated. */
  readonly confidence: number;
}

/**
 * What the matcher made of a question.
 *
 * - `answer`: sure enough of both service and topic.
 * - `clarify`: about leaving or hiding an account, but the service or the topic is open. `service` and `topic` are the
 *   best guess, null where there is none; `candidates` holds what to offer, at most three, best first.
 * - `none`: not about that. `service` may still be set where one was named.
 */
export type Match =
  | {
      readonly kind: "answer";
      readonly service: string;
      readonly topic: Topic;
      readonly confidence: number;
      readonly candidates: readonly Candidate[];
    }
  | {
      readonly kind: "clarify";
      readonly service: string | null;
      readonly topic: Topic | null;
      readonly confidence: number;
      readonly candidates: readonly Candidate[];
    }
  | {
      readonly kind: "none";
      readonly service: string | null;
      readonly topic: null;
      readonly confidence: number;
      readonly candidates: readonly [];
    };

/** A service that a typed text may mean, for completion and for "did you mean". */
export interface ServiceSuggestion {
  readonly id: string;
  readonly name: string;
}

/** What a match rests on, for people who want to know why. */
export interface Evidence {
  /** The text as it was read: each word or group of words, and what it was taken for. */
  readonly tokens: readonly { readonly text: string; readonly meanings: readonly string[] }[];
  /** Words that were read as others. */
  readonly corrections: readonly { readonly from: string; readonly to: string }[];
  /** Services named, in their order; `sure` is false where the name is an everyday word and little speaks for it. */
  readonly services: readonly { readonly id: string; readonly sure: boolean }[];
  /** How likely the text is on any topic, 0 to 1. */
  readonly inScope: number;
  /** The likeliest topics, and their shares if it is on any. */
  readonly topics: readonly { readonly topic: Topic; readonly share: number }[];
  /**
   * What was found in the text, the weightiest first: `weight` speaks for (above 0) or against being on any topic,
   * `topic` for or against the likeliest topic.
   */
  readonly features: readonly { readonly name: string; readonly weight: number; readonly topic: number }[];
  /** What is needed for each outcome. */
  readonly thresholds: Readonly<Record<string, number>>;
}

/** Understands questions; holds no state between them. */
export interface Matcher {
  /** Reads a question. Never throws, whatever the text. */
  match(question: Question): Match;
  /**
   * The service that a text names and nothing else: an id, a name, an alias, a domain, or one of these with a typing
   * error. For the `service` option of commands, into which anything can be typed.
   */
  resolveService(text: string): string | undefined;
  /** Services that an unfinished text may mean, best first; the best known ones for an empty text. */
  suggestServices(text: string, limit: number): ServiceSuggestion[];
}

/** A matcher that also tells why. */
export interface ExplainingMatcher extends Matcher {
  /** What `match` rests on for this question. Never throws. */
  explain(question: Question): Evidence;
}
