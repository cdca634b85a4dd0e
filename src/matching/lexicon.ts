/**
 * Words and what they mean to the matcher: each word, or group of words, stands for concepts (delete, account, how
 * long) that are the same in every language.
 */
import type { LanguageFile, LanguageKnowledge } from "../knowledge/topics-schema.ts";
import { fold, tokenize } from "./normalise.ts";
import type { Symbols } from "./symbols.ts";

/** A group of words that stands for concepts. */
export interface Phrase {
  readonly words: readonly string[];
  readonly concepts: readonly number[];
}

/** What is known of words. */
export interface Lexicon {
  /** Concepts of single words. */
  readonly words: ReadonlyMap<string, readonly number[]>;
  /** Groups of words by their first word, longest first. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  /** Concepts of beginnings of words, for languages with many endings. */
  readonly prefixes: ReadonlyMap<string, readonly number[]>;
  /** Words of scripts without spaces, looked up anywhere in a run of letters. */
  readonly runs: ReadonlyMap<string, readonly number[]>;
  /** Length of the longest of `runs`, by their first letter. */
  readonly runLengths: ReadonlyMap<string, number>;
  /** Frequent words without a meaning here. */
  readonly everyday: ReadonlySet<string>;
  /** Whether a word is a frequent one that is no typing error. */
  isCommon(word: string): boolean;
  /** Words that follow what they are done to. */
  readonly objectFirst: ReadonlySet<string>;
  /** Words of other languages than English. */
  readonly foreign: ReadonlySet<string>;
  /** What words that are English too mean in other languages: comment, come, will. */
  readonly foreignSenses: ReadonlyMap<string, readonly number[]>;
  /** Endings that languages put on names. */
  readonly nameEndings: ReadonlySet<string>;
  /** For each concept the pairs it makes with others; see `Kind`. */
  readonly kinds: ReadonlyMap<number, "act" | "thing">;
  readonly stops: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly contrasts: ReadonlySet<string>;
  readonly negation: number;
}

/** Shortest beginning of a word that `word*` may name. */
const SHORTEST_PREFIX = 3;
const PLAIN_WORD = /^[a-z]+$/;
/** Shortest word that takes an ending. */
const SHORTEST_STEM = 3;

/** Builds the lexicon from `words.yaml` and the language files. */
export function createLexicon({ words: file, languages, commonWords }: LanguageKnowledge, symbols: Symbols): Lexicon {
  const words = new Map<string, number[]>();
  const phrases = new Map<string, Phrase[]>();
  const prefixes = new Map<string, number[]>();
  const runs = new Map<string, number[]>();
  const kinds = new Map<number, "act" | "thing">();
  const everyday = new Set(file.everyday.map(fold));

  const common = new Set(commonWords);
  const isListed = (word: string): boolean => common.has(word) || everyday.has(word);
  const isCommon = (word: string): boolean =>
    isListed(word) ||
    file.endings.some((ending) => {
      if (!word.endsWith(ending) || word.length - ending.length < SHORTEST_STEM) return false;
      const stem = word.slice(0, -ending.length);
      // freezing ← freeze, stopped ← stop
      return isListed(stem) || isListed(`${stem}e`) || (stem.at(-1) === stem.at(-2) && isListed(stem.slice(0, -1)));
    });

  const account = symbols.concept("account");
  const accountWords = new Set((file.concepts["account"]?.words ?? []).filter((word) => !word.includes(" ")).map(fold));
  const objectFirst = new Set<string>();
  const foreign = new Set<string>();
  const foreignSenses = new Map<string, number[]>();
  const fillers = new Set(file.fillers.map(fold));
  const addWord = (word: string, concepts: readonly number[], language: LanguageFile | undefined): void => {
    if (language?.objectFirst === true) objectFirst.add(word);
    if (language === undefined) append(words, word, concepts);
    // English decides where a word of another language looks the same.
    else if (!english.has(word) && !everyday.has(word) && !fillers.has(word)) {
      append(words, word, concepts);
      foreign.add(word);
    } else append(foreignSenses, word, concepts);
  };
  const byText = new Map<string, { readonly words: readonly string[]; readonly concepts: number[] }>();
  const add = (entry: string, concepts: readonly number[], language?: LanguageFile): void => {
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
      // An old account is an account too: what one does to it counts.
      const part = texts.some((word) => accountWords.has(word)) ? [account] : [];
      const meanings = [...new Set([...concepts, ...part])];
      const text = texts.join(" ");
      const same = byText.get(text);
      if (same !== undefined) {
        for (const meaning of meanings) if (!same.concepts.includes(meaning)) same.concepts.push(meaning);
        return;
      }
      const phrase = { words: texts, concepts: meanings };
      byText.set(text, phrase);
      const known = phrases.get(first);
      if (known === undefined) phrases.set(first, [phrase]);
      else known.push(phrase);
    } else if (wildcard && first.length >= SHORTEST_PREFIX) append(prefixes, first, concepts);
    else addWord(first, concepts, language);
  };

  const concepts = new Map<string, number[]>();
  for (const [name, { kind, as }] of Object.entries(file.concepts)) {
    const own = symbols.concept(name);
    concepts.set(name, [own, ...as.map((wider) => symbols.concept(wider))]);
    if (kind !== "other") kinds.set(own, kind);
  }
  const negation = symbols.concept("negation");
  const english = new Set<string>();
  for (const [name, { words: entries }] of Object.entries(file.concepts)) {
    for (const entry of entries) add(entry, concepts.get(name) ?? []);
  }
  for (const entry of file.negations) add(entry, [negation]);
  for (const word of words.keys()) english.add(word);
  for (const language of languages.values()) {
    for (const [name, entries] of Object.entries(language.words)) {
      const meaning = name === "negation" ? [negation] : concepts.get(name);
      if (meaning !== undefined) for (const entry of entries) add(entry, meaning, language);
    }
  }
  for (const list of phrases.values()) list.sort((a, b) => b.words.length - a.words.length);
  return {
    words,
    phrases,
    prefixes,
    runs,
    runLengths: lengthsByStart(runs.keys()),
    everyday,
    isCommon,
    objectFirst,
    foreign,
    foreignSenses,
    nameEndings: new Set([...languages.values()].flatMap(({ nameEndings }) => nameEndings.map(fold))),
    kinds,
    stops: new Set(file.stops.map(fold)),
    fillers,
    contrasts: new Set(file.contrasts.map(fold)),
    negation,
  };
}

/** Concepts of one word, also by its beginning; undefined where it means nothing here. */
export function conceptsOf(lexicon: Lexicon, word: string): readonly number[] | undefined {
  const exact = lexicon.words.get(word);
  if (exact !== undefined || lexicon.prefixes.size === 0 || lexicon.everyday.has(word)) return exact;
  for (let length = Math.min(word.length, 12); length >= SHORTEST_PREFIX; length -= 1) {
    const found = lexicon.prefixes.get(word.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}

function append(map: Map<string, number[]>, key: string, concepts: readonly number[]): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [...concepts]);
  else for (const concept of concepts) if (!known.includes(concept)) known.push(concept);
}

/** The length of the longest of some texts, by their first letter. */
export function lengthsByStart(texts: Iterable<string>): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const text of texts) {
    const start = text.charAt(0);
    lengths.set(start, Math.max(text.length, lengths.get(start) ?? 0));
  }
  return lengths;
}
