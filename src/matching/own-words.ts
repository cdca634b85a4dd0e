/**
 * A service's own words: its entry's words for a topic and the labels of its menus, as evidence for the topic they
 * stand under when that service is meant.
 */
import type { Entry, Step, Topic } from "../knowledge/schema.ts";
import { type Token, tokenize } from "./normalise.ts";

interface OwnPhrase {
  readonly words: readonly string[];
  readonly topic: Topic;
  readonly weight: number;
}

/** One entry's own words, by their first word. */
export type OwnWords = ReadonlyMap<string, readonly OwnPhrase[]>;

/** What words that an author chose for a topic add to its score, and what a menu's label adds. */
const CHOSEN = 1.6;
const LABEL = 1.2;

/** Collects an entry's own words. */
export function ownWordsOf(entry: Entry): OwnWords {
  const words = new Map<string, OwnPhrase[]>();
  const seen = new Set<string>();
  const add = (text: string, topic: Topic, weight: number): void => {
    const tokens = tokenize(text).map((token) => token.text);
    const [first] = tokens;
    const key = `${topic}:${tokens.join(" ")}`;
    if (first === undefined || seen.has(key)) return;
    seen.add(key);
    const phrase = { words: tokens, topic, weight };
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

/** What a text's words add to the score of each topic. */
export function favoursOf(own: OwnWords, tokens: readonly Token[]): Map<Topic, number> | undefined {
  let favours: Map<Topic, number> | undefined;
  for (const [at, { text }] of tokens.entries()) {
    for (const phrase of own.get(text) ?? []) {
      if (!phrase.words.every((part, offset) => tokens[at + offset]?.text === part)) continue;
      favours ??= new Map();
      // Said twice is not twice as true.
      favours.set(phrase.topic, Math.max(favours.get(phrase.topic) ?? 0, phrase.weight));
    }
  }
  return favours;
}
