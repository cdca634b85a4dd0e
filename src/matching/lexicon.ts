/**
 * Words and what they mean to the matcher: each word, or group of words, stands for concepts (delete, account, how
 * long) that are the same in every language. All that is known of a word is in one record, so that reading a text takes
 * one look-up for each word.
 */
import type { LanguageKnowledge } from "../knowledge/topics-schema.ts";
import { fold } from "./normalise.ts";
import type { Symbols } from "./symbols.ts";
import { type Concepts, gatherWords, SHORTEST_PREFIX, type Vocabulary } from "./vocabulary.ts";

/** What a word or a group of words stands for. */
export interface Sense {
  readonly concepts: Concepts;
  /** Those of the concepts that are something done. */
  readonly acts: Concepts;
  /** Those of the concepts that something can be done to. */
  readonly things: Concepts;
}

/** What is true of many words; those of which the same is true share a record. */
export interface Traits {
  /** Whether the knowledge holds this very word. */
  readonly listed: boolean;
  /** Whether it is no typing error. */
  readonly known: boolean;
  /** Whether it has a meaning here itself, not only by its beginning. */
  readonly meaningful: boolean;
  /** Whether it is a frequent word that means nothing here, … */
  readonly everyday: boolean;
  /** … or a frequent one, whatever it means. */
  readonly frequent: boolean;
  /** Whether it is a word of its own beside being a name: it means something, or is frequent or made of a frequent one. */
  readonly ordinary: boolean;
  /** Whether it is a word of another language than English. */
  readonly foreign: boolean;
  /** Whether it follows what it is done to. */
  readonly objectFirst: boolean;
  /** Whether it ends a thought: what follows is not the object of the verb before it. */
  readonly stop: boolean;
  /** Whether it may stand between a verb and its object. */
  readonly filler: boolean;
  /** Whether the real wish comes after it. */
  readonly contrast: boolean;
}

/** What is known of a word or a group of words. */
export interface Term {
  readonly traits: Traits;
  readonly sense: Sense;
  /** What it means in a text in another language, where that is something else. */
  readonly foreignSense: Sense | undefined;
  /** Groups of words that begin with it, longest first, … */
  readonly phrases: readonly Phrase[];
  /** … and the second word of each, as most are ruled out by that. */
  readonly seconds: readonly Term[];
  /** Whether other words have the same record. */
  readonly shared: boolean;
}

/** A group of words that stands for concepts. */
export interface Phrase {
  readonly words: readonly Term[];
  readonly text: string;
  readonly term: Term;
}

/** What is known of words. */
export interface Lexicon {
  /** All that is known of a word. */
  termOf(word: string): Term;
  /**
   * The record of a word, from now on one of its own, so that comparing records compares words; words of phrases have
   * one anyway. Only for words that the knowledge holds, as it is kept.
   */
  intern(word: string): Term;
  /** English words with a meaning of their own. */
  listEnglish(): string[];
  /** Words of scripts without spaces, looked up anywhere in a run of letters. */
  readonly runs: ReadonlyMap<string, Term>;
  /** Length of the longest of `runs`, by their first letter. */
  readonly runLengths: ReadonlyMap<string, number>;
  /** Endings that languages put on names. */
  readonly nameEndings: ReadonlySet<string>;
  readonly negation: number;
}

/** Nothing is meant. */
export const NO_SENSE: Sense = { concepts: [], acts: [], things: [] };
const NO_PHRASES: readonly Phrase[] = [];
const NO_TERMS: readonly Term[] = [];

const NO_TRAITS: Traits = {
  listed: false,
  known: false,
  meaningful: false,
  everyday: false,
  frequent: false,
  ordinary: false,
  foreign: false,
  objectFirst: false,
  stop: false,
  filler: false,
  contrast: false,
};

const TRAITS = Object.keys(NO_TRAITS) as readonly (keyof Traits)[];

/** A word that nothing knows. */
export const UNKNOWN: Term = {
  traits: NO_TRAITS,
  sense: NO_SENSE,
  foreignSense: undefined,
  phrases: NO_PHRASES,
  seconds: NO_TERMS,
  shared: true,
};
/** A word that is a frequent one with an ending, … */
const DERIVED: Term = { ...UNKNOWN, traits: { ...NO_TRAITS, known: true, ordinary: true } };
/** … one that begins like a known one, or both; what these mean is added. */
const BEGUN: Term = { ...UNKNOWN, traits: { ...NO_TRAITS, known: true } };

/** Longest beginning of a word that is looked up. */
const LONGEST_PREFIX = 12;
/** Shortest word that takes an ending. */
const SHORTEST_STEM = 3;

/** Builds the lexicon from `words.yaml` and the language files. */
export function createLexicon(language: LanguageKnowledge, symbols: Symbols): Lexicon {
  const vocabulary = gatherWords(language, symbols);
  const { endings, prefixes, runs, negation } = vocabulary;
  const nameEndings = new Set([...language.languages.values()].flatMap((file) => file.nameEndings.map(fold)));
  // What only building needs is out of reach once this is done, so that it takes no memory.
  return {
    ...readTerms(describeWords(vocabulary), endings, prefixes),
    nameEndings,
    runLengths: lengthsByStart(runs.keys()),
    negation,
  };
}

/** What is known of all words that the knowledge holds. */
interface Terms {
  readonly words: Map<string, Term>;
  readonly runs: Map<string, Term>;
  readonly senseOf: (concepts: Concepts) => Sense;
}

function readTerms({ words, runs, senseOf }: Terms, endings: readonly string[], prefixes: Vocabulary["prefixes"]) {
  const prefixOf = createPrefixes(prefixes);
  const isDerived = createDerivation(endings, (stem) => words.get(stem)?.traits.frequent === true);
  /** A word that is not listed may still end or begin like one that is. */
  const guess = (word: string): Term => {
    const derived = isDerived(word);
    const concepts = prefixOf(word);
    if (concepts === undefined) return derived ? DERIVED : UNKNOWN;
    return { ...(derived ? DERIVED : BEGUN), sense: senseOf(concepts) };
  };
  const termOf = (word: string): Term => words.get(word) ?? guess(word);
  return {
    termOf,
    intern(word: string): Term {
      const list = runs.has(word) ? runs : words;
      const known = list.get(word) ?? termOf(word);
      if (!known.shared) return known;
      const own = { ...known, shared: false };
      list.set(word, own);
      return own;
    },
    listEnglish: () => [...words].flatMap(([word, { traits }]) => (traits.meaningful && !traits.foreign ? [word] : [])),
    runs,
  };
}

function describeWords(vocabulary: Vocabulary): Terms {
  const { words, phrases, runs, everyday, common, foreign, foreignSenses, objectFirst } = vocabulary;
  const { stops, fillers, contrasts } = vocabulary;
  const senseOf = createSenses(vocabulary.kinds);
  const prefixOf = createPrefixes(vocabulary.prefixes);
  const shareTraits = createTraitSharing();
  const share = createTermSharing();
  const isFrequent = (word: string): boolean => common.has(word) || everyday.has(word);
  const isDerived = createDerivation(vocabulary.endings, isFrequent);
  const grammarOf = (text: string) => ({
    objectFirst: objectFirst.has(text),
    stop: stops.has(text),
    filler: fillers.has(text),
    contrast: contrasts.has(text),
  });

  const parts = new Set<string>();
  const phrasesFrom = new Map<string, { readonly phrases: Phrase[]; readonly seconds: Term[] }>();
  for (const { words: texts } of phrases.values()) {
    for (const word of texts) parts.add(word);
    const [first] = texts;
    if (first !== undefined) phrasesFrom.set(first, { phrases: [], seconds: [] });
  }
  const describe = (word: string): Term => {
    const own = words.get(word);
    const concepts = own ?? (everyday.has(word) ? undefined : prefixOf(word));
    const foreignConcepts = foreignSenses.get(word);
    const ordinary = own !== undefined || isFrequent(word) || isDerived(word);
    const traits = shareTraits({
      listed: true,
      known: ordinary || concepts !== undefined || parts.has(word),
      meaningful: own !== undefined,
      everyday: everyday.has(word),
      frequent: isFrequent(word),
      ordinary,
      foreign: foreign.has(word),
      ...grammarOf(word),
    });
    const sense = concepts === undefined ? NO_SENSE : senseOf(concepts);
    if (!parts.has(word) && foreignConcepts === undefined) return share(traits, sense);
    return {
      traits,
      sense,
      foreignSense: foreignConcepts === undefined ? undefined : senseOf(foreignConcepts),
      phrases: phrasesFrom.get(word)?.phrases ?? NO_PHRASES,
      seconds: phrasesFrom.get(word)?.seconds ?? NO_TERMS,
      shared: false,
    };
  };
  const terms = new Map<string, Term>();
  for (const list of [words.keys(), parts, everyday, stops, fillers, contrasts, foreignSenses.keys()]) {
    for (const word of list) if (!terms.has(word)) terms.set(word, describe(word));
  }
  for (const word of common) if (!terms.has(word)) terms.set(word, describe(word));

  const describeGroup = (text: string, concepts: Concepts): Term =>
    share(shareTraits({ ...NO_TRAITS, ...grammarOf(text) }), senseOf(concepts));
  for (const [text, { words: texts, concepts }] of phrases) {
    const own = texts.map((word) => terms.get(word) ?? UNKNOWN);
    phrasesFrom.get(texts[0] ?? "")?.phrases.push({ words: own, text, term: describeGroup(text, concepts) });
  }
  for (const { phrases: list, seconds } of phrasesFrom.values()) {
    list.sort((a, b) => b.words.length - a.words.length);
    for (const { words: own } of list) seconds.push(own[1] ?? UNKNOWN);
  }
  const runTerms = new Map<string, Term>();
  for (const [run, concepts] of runs) runTerms.set(run, describeGroup(run, concepts));
  return { words: terms, runs: runTerms, senseOf };
}

/** Makes one of traits that are the same: of thousands of words there are but a few dozen kinds. */
function createTraitSharing(): (traits: Traits) => Traits {
  const known = new Map<number, Traits>();
  return (traits) => {
    let key = 0;
    for (const name of TRAITS) key = key * 2 + (traits[name] ? 1 : 0);
    const same = known.get(key);
    if (same === undefined) known.set(key, traits);
    return same ?? traits;
  };
}

/** Makes the records of words that no phrase needs to tell from others. */
function createTermSharing(): (traits: Traits, sense: Sense) => Term {
  const known = new Map<Traits, Map<Sense, Term>>();
  return (traits, sense) => {
    const alike = known.get(traits) ?? new Map<Sense, Term>();
    known.set(traits, alike);
    const term = alike.get(sense) ?? { ...UNKNOWN, traits, sense };
    alike.set(sense, term);
    return term;
  };
}

/** Tells whether a word is a frequent one with an ending. */
function createDerivation(
  endings: readonly string[],
  isFrequent: (stem: string) => boolean,
): (word: string) => boolean {
  // Most words do not even have the last letter of one.
  const byLastLetter = new Map<string, string[]>();
  for (const ending of endings) {
    const last = ending.slice(-1);
    byLastLetter.set(last, [...(byLastLetter.get(last) ?? []), ending]);
  }
  const isStem = (stem: string): boolean =>
    stem.length >= SHORTEST_STEM &&
    // freezing ← freeze, stopped ← stop
    (isFrequent(stem) || isFrequent(`${stem}e`) || (stem.at(-1) === stem.at(-2) && isFrequent(stem.slice(0, -1))));
  return (word) => {
    for (const ending of byLastLetter.get(word.slice(-1)) ?? []) {
      if (word.endsWith(ending) && isStem(word.slice(0, -ending.length))) return true;
    }
    return false;
  };
}

/** Makes senses of concepts; words with the same concepts share one. */
function createSenses(kinds: Vocabulary["kinds"]): (concepts: Concepts) => Sense {
  const senses = new Map<Concepts, Sense>();
  return (concepts) => {
    const known = senses.get(concepts);
    if (known !== undefined) return known;
    const ofKind = (kind: string) => concepts.filter((concept) => kinds.get(concept) === kind);
    const sense = { concepts, acts: ofKind("act"), things: ofKind("thing") };
    senses.set(concepts, sense);
    return sense;
  };
}

/** Finds the concepts of the longest known beginning of a word. */
function createPrefixes(prefixes: ReadonlyMap<string, Concepts>): (word: string) => Concepts | undefined {
  // Most words do not even begin like one.
  const starts = new Set(Array.from(prefixes.keys(), (prefix) => prefix.slice(0, SHORTEST_PREFIX)));
  return (word) => {
    if (!starts.has(word.slice(0, SHORTEST_PREFIX))) return undefined;
    for (let length = Math.min(word.length, LONGEST_PREFIX); length >= SHORTEST_PREFIX; length -= 1) {
      const found = prefixes.get(word.slice(0, length));
      if (found !== undefined) return found;
    }
    return undefined;
  };
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
