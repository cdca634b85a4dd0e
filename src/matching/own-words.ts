/**
 * A service's own words: its entry's words for a topic and the labels of its menus, as evidence for the topic they
 * stand under when that service is meant.
 */
import type { Entry, Step, Topic } from "../knowledge/schema.ts";
import type { Lexicon, Term } from "./lexicon.ts";
import { tokenize } from "./normalise.ts";

interface OwnPhrase {
  readonly words: readonly Term[];
  readonly topic: Topic;
  readonly weight: number;
}

/** One entry's own words, by their first word. */
export type OwnWords = ReadonlyMap<Term, readonly OwnPhrase[]>;

/** What words that an author chose for a topic add to its score, and what a menu's label adds. */
const CHOSEN = 1.6;
const LABEL = 1.2;

/** Collects an entry's own words. */
export function ownWordsOf(entry: Entry, lexicon: Lexicon): OwnWords {
  const words = new Map<Term, OwnPhrase[]>();
  const seen = new Set<string>();
  const add = (text: string, topic: Topic, weight: number): void => {
    const texts = tokenize(text).map((token) => token.text);
    const key = `${topic}:${texts.join(" ")}`;
    const own = texts.map(lexicon.intern);
    const [first] = own;
    if (first === undefined || seen.has(key)) return;
    seen.add(key);
    const phrase = { words: own, topic, weight };
    const known = words.get(first);
    if (known === undefined) words.set(first, [phrase]);
    else known.push(phrase);
  };
  for (const [topic, list] of Object.entries(entry.words)) {
    for (const word of list) add(word, topic as Topic, CHOSEN);
  }
  // Labels of one word (Privacy, Account) stand in every menu and say nothing.
  const addLabels = (steps: readonly Step[], topic: Topic): void => {
    for (const label of steps.flatMap(({ path = [] }) => path)) {
      const count = tokenize(label).length;
      if (count >= 2 && !common.has(label)) add(label, topic, LABEL);
    }
  };
  const common = labelsOfSeveral(entry);
  for (const { topic, steps } of entry.alternatives) if (topic !== "other") addLabels(steps, topic);
  if (entry.export !== undefined) addLabels(entry.export.steps, "export");
  return words;
}

/** Labels on the way to several places (Settings and privacy) say nothing about one of them. */
function labelsOfSeveral(entry: Entry): Set<string> {
  const counts = new Map<string, number>();
  const lists = [...entry.methods, ...entry.alternatives, ...(entry.export === undefined ? [] : [entry.export])];
  for (const { steps } of lists) {
    for (const label of new Set(steps.flatMap(({ path = [] }) => path))) {
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([label]) => label));
}

/**
 * What a text's words add to the score of each topic.
 *
 * @param terms - what is known of each word
 */
export function favoursOf(own: OwnWords, terms: readonly Term[]): Map<Topic, number> | undefined {
  let favours: Map<Topic, number> | undefined;
  for (let at = 0; at < terms.length; at += 1) {
    const term = terms[at];
    const phrases = term === undefined ? undefined : own.get(term);
    if (phrases === undefined) continue;
    for (const { words, topic, weight } of phrases) {
      if (!words.every((word, offset) => terms[at + offset] === word)) continue;
      favours ??= new Map();
      // Said twice is not twice as true.
      favours.set(topic, Math.max(favours.get(topic) ?? 0, weight));
    }
  }
  return favours;
}
