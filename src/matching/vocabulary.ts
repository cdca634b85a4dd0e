/**
 * Gathers what `words.yaml`, the language files and the list of frequent words say of each word and group of words.
 */
import type { LanguageFile, LanguageKnowledge } from "../knowledge/topics-schema.ts";
import { fold, tokenize } from "./normalise.ts";
import type { Symbols } from "./symbols.ts";

/** Numbers of concepts. */
export type Concepts = readonly number[];

export interface Vocabulary {
  /** Concepts of single words. */
  readonly words: ReadonlyMap<string, Concepts>;
  /** Groups of words, by their text with a space between the words. */
  readonly phrases: ReadonlyMap<string, { readonly words: readonly string[]; readonly concepts: Concepts }>;
  /** Concepts of beginnings of words, for languages with many endings. */
  readonly prefixes: ReadonlyMap<string, Concepts>;
  /** Concepts of words of scripts without spaces. */
  readonly runs: ReadonlyMap<string, Concepts>;
  /** Frequent words without a meaning here. */
  readonly everyday: ReadonlySet<string>;
  /** Frequent English words, whether they mean something here or not. */
  readonly common: ReadonlySet<string>;
  /** Endings that make another good word of a frequent one. */
  readonly endings: readonly string[];
  /** Words, groups of words and runs that follow what they are done to. */
  readonly objectFirst: ReadonlySet<string>;
  /** Words of other languages than English. */
  readonly foreign: ReadonlySet<string>;
  /** What words that are English too mean in other languages: comment, come, will. */
  readonly foreignSenses: ReadonlyMap<string, Concepts>;
  readonly stops: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly contrasts: ReadonlySet<string>;
  readonly negation: number;
  /** What makes pairs: what is done, and what it is done to. */
  readonly kinds: ReadonlyMap<number, "act" | "thing">;
}

/** Shortest beginning of a word that `word*` may name. */
export const SHORTEST_PREFIX = 3;
const PLAIN_WORD = /^[a-z]+$/;

/** Gathers all words; gives every concept its number. */
export function gatherWords({ words: file, languages, commonWords }: LanguageKnowledge, symbols: Symbols): Vocabulary {
  const words = new Map<string, Concepts>();
  const phrases = new Map<string, { readonly words: readonly string[]; concepts: Concepts }>();
  const prefixes = new Map<string, Concepts>();
  const runs = new Map<string, Concepts>();
  const kinds = new Map<number, "act" | "thing">();
  const everyday = new Set(file.everyday.map(fold));
  const fillers = new Set(file.fillers.map(fold));
  const objectFirst = new Set<string>();
  const foreign = new Set<string>();
  const foreignSenses = new Map<string, Concepts>();
  const english = new Set<string>();

  const account = symbols.concept("account");
  const accountWords = new Set((file.concepts["account"]?.words ?? []).filter((word) => !word.includes(" ")).map(fold));
  const addWord = (word: string, concepts: Concepts, language: LanguageFile | undefined): void => {
    if (language?.objectFirst === true) objectFirst.add(word);
    if (language === undefined) append(words, word, concepts);
    // English decides where a word of another language looks the same.
    else if (!english.has(word) && !everyday.has(word) && !fillers.has(word)) {
      append(words, word, concepts);
      foreign.add(word);
    } else append(foreignSenses, word, concepts);
  };
  const add = (entry: string, concepts: Concepts, language?: LanguageFile): void => {
    // Most entries are one plain word: no need to read them as texts.
    if (PLAIN_WORD.test(entry)) {
      addWord(entry, concepts, language);
      return;
    }
    const wildcard = entry.endsWith("*");
    const tokens = tokenize(wildcard ? entry.slice(0, -1) : entry);
    const texts = tokens.map(({ text }) => text);
    const [first] = texts;
    if (first === undefined) return;
    if (language?.objectFirst === true) objectFirst.add(texts.join(tokens[0]?.run === true ? "" : " "));
    if (tokens.every(({ run }) => run)) append(runs, texts.join(""), concepts);
    else if (texts.length > 1) {
      const text = texts.join(" ");
      const known = phrases.get(text);
      // An old account is an account too: what one does to it counts.
      const meanings = texts.some((word) => accountWords.has(word)) ? merge(concepts, [account]) : concepts;
      if (known === undefined) phrases.set(text, { words: texts, concepts: meanings });
      else known.concepts = merge(known.concepts, meanings);
    } else if (wildcard && first.length >= SHORTEST_PREFIX) append(prefixes, first, concepts);
    else addWord(first, concepts, language);
  };

  const concepts = new Map<string, Concepts>();
  for (const [name, { kind, as }] of Object.entries(file.concepts)) {
    const own = symbols.concept(name);
    concepts.set(name, [own, ...as.map((wider) => symbols.concept(wider))]);
    if (kind !== "other") kinds.set(own, kind);
  }
  const negation = symbols.concept("negation");
  const negative = [negation];
  for (const [name, { words: entries }] of Object.entries(file.concepts)) {
    for (const entry of entries) add(entry, concepts.get(name) ?? []);
  }
  for (const entry of file.negations) add(entry, negative);
  for (const word of words.keys()) english.add(word);
  for (const language of languages.values()) {
    for (const [name, entries] of Object.entries(language.words)) {
      const meaning = name === "negation" ? negative : concepts.get(name);
      if (meaning !== undefined) for (const entry of entries) add(entry, meaning, language);
    }
  }
  return {
    words,
    phrases,
    prefixes,
    runs,
    everyday,
    common: new Set(commonWords),
    endings: file.endings,
    objectFirst,
    foreign,
    foreignSenses,
    stops: new Set(file.stops.map(fold)),
    fillers,
    contrasts: new Set(file.contrasts.map(fold)),
    negation,
    kinds,
  };
}

function append(map: Map<string, Concepts>, key: string, concepts: Concepts): void {
  const known = map.get(key);
  // Words with the same meaning share one list.
  map.set(key, known === undefined ? concepts : merge(known, concepts));
}

function merge(known: Concepts, more: Concepts): Concepts {
  const added = more.filter((concept) => !known.includes(concept));
  return added.length === 0 ? known : [...known, ...added];
}
