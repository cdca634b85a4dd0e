/**
 * What is compared: matchers that others would use, each behind the same functions.
 */
import type { Topic } from "../../src/knowledge/schema.ts";

/** The label of phrases that no topic answers. */
export const NO_TOPIC = "none";
export type Label = Topic | typeof NO_TOPIC;

/** A way of asking, and what it asks for. */
export interface LabelledPhrase {
  /** Read as questions are: with one word for any service's name. */
  readonly text: string;
  /** As its author wrote it, with `[service]` for any service's name. */
  readonly written: string;
  readonly label: Label;
  /** Among those that no topic answers, what they ask for. */
  readonly kind?: string;
}

/** A service and what it is called. */
export interface ServiceNames {
  readonly id: string;
  readonly names: readonly string[];
}

/** What a matcher is made from. */
export interface Material {
  readonly phrases: readonly LabelledPhrase[];
  readonly services: readonly ServiceNames[];
}

/** A phrase that a matcher found for a text, or an intent that it saw in it. */
export interface Hit {
  readonly label: Label;
  /** How well it fits: more is better, above 0. What it means is up to the matcher. */
  readonly score: number;
}

export interface Finding {
  /** Best first. */
  readonly hits: readonly Hit[];
  /** The service, from those who find it themselves; null where there is none. */
  readonly service?: string | null;
}

/** Finds what fits a text. */
export type Search = (text: string) => Finding | Promise<Finding>;

/** A matcher to compare with. */
export interface Peer {
  /** How it is made, for each of the settings that are tried for it. */
  readonly settings: Readonly<Record<string, (material: Material) => Search | Promise<Search>>>;
  /** Whether it gets questions as they were typed, and finds the service itself. */
  readonly findsServices?: true;
}

/** Hits that are looked at; no vote takes more. */
export const MOST_HITS = 10;
