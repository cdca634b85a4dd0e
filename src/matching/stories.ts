/**
 * What counts in a story: the sentence that asks or wishes tells the topic, the tale before it only what it is about.
 */
import type { WordsFile } from "../knowledge/topics-schema.ts";
import type { Item } from "./items.ts";
import { fold } from "./normalise.ts";
import type { Symbols } from "./symbols.ts";

/** Shorter texts than this, in items, are no stories. */
const SHORTEST = 12;
/** What a sentence counts at least, and what one counts beside another that asks. */
const TALE = 0.2;
const NOT_ASKING = 0.3;

/** A sentence's features and how much they count, 0 to 1. */
export interface Part {
  readonly features: readonly number[];
  readonly weight: number;
}

/** Cuts the items of a text into sentences; undefined where it is no story. */
export function sentencesOf(items: readonly Item[]): Item[][] | undefined {
  if (items.length < SHORTEST) return undefined;
  const sentences: Item[][] = [];
  for (const item of items) {
    const last = sentences.at(-1);
    if (last === undefined || item.starts) sentences.push([item]);
    else last.push(item);
  }
  return sentences.length > 1 ? sentences : undefined;
}

/** Tells whether a sentence asks or wishes. */
export function createListener({ concepts, starts }: WordsFile["asking"], symbols: Symbols) {
  const wishes = new Set(concepts.map((name) => symbols.concept(name)));
  const beginnings = new Set(starts.map(fold));
  return (sentence: readonly Item[]): boolean =>
    beginnings.has(sentence[0]?.text ?? "") ||
    sentence.some((item) => item.sense.concepts.some((concept) => wishes.has(concept)));
}

/** A sentence of a story, read. */
export interface Sentence {
  readonly features: readonly number[];
  readonly asks: boolean;
  /** How likely it is in scope, taken alone; 0 to 1. */
  readonly inScope: number;
}

/** Weighs sentences; what several of them hold counts as in the one that counts most. */
export function weigh(sentences: readonly Sentence[]): Part[] {
  const weighed = sentences
    .map(({ features, asks, inScope }) => ({
      features,
      weight: TALE + (1 - TALE) * inScope * (asks ? 1 : NOT_ASKING),
    }))
    .sort((a, b) => b.weight - a.weight);
  const most = weighed[0]?.weight ?? 1;
  const seen = new Set<number>();
  return weighed.map(({ features, weight }) => {
    const fresh = features.filter((feature) => !seen.has(feature));
    for (const feature of fresh) seen.add(feature);
    return { features: fresh, weight: weight / most };
  });
}
