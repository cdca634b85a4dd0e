/**
 * What is compared: matchers that others would use, each behind the same two functions. All that differs between them is
 * how they find the topic; which service a question names they are told.
 */
import type { Topic } from "../../src/knowledge/schema.ts";

/** The label of phrases that no topic answers. */
export const NO_TOPIC = "none";
export type Label = Topic | typeof NO_TOPIC;

/** A way of asking, and what it asks for. */
export interface LabelledPhrase {
  readonly text: string;
  readonly label: Label;
}

/** A phrase that a matcher found for a text, or an intent that it saw in it. */
export interface Hit {
  readonly label: Label;
  /** How well it fits: more is better, above 0. What it means is up to the matcher. */
  readonly score: number;
}

/** Finds what fits a text, best first. */
export type Search = (text: string) => readonly Hit[] | Promise<readonly Hit[]>;

/** A matcher to compare with: its search for each of the settings that are tried for it. */
export interface Peer {
  /** Builders by a description of the setting, the library's own defaults first. */
  readonly settings: Readonly<Record<string, (phrases: readonly LabelledPhrase[]) => Search | Promise<Search>>>;
  /**
   * How many questions that should be answered, and as many that should not, are asked of it: slow ones would take
   * hours for all. None: every question.
   */
  readonly sample?: number;
}

/** Hits that are looked at; no vote takes more. */
export const MOST_HITS = 10;
