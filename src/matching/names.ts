/**
 * Finds names of services among the words of a text: written apart or together, with an s more or less.
 */
import type { Lexicon, Term } from "./lexicon.ts";
import type { Token } from "./normalise.ts";
import { MAX_NAME_WORDS, type NameHit, type ServiceIndex } from "./service-index.ts";

/** A name, and how many tokens it spans. */
export interface FoundName {
  readonly hit: NameHit;
  readonly words: number;
  readonly key: string;
}

export interface NameFinder {
  /** The longest name that begins at a token; `terms` are those of the tokens. */
  longestFrom(tokens: readonly Token[], terms: readonly Term[], at: number): FoundName | undefined;
  /** The service that a key stands for, also with a plural or genitive s more or less. */
  lookUp(key: string, possessive: boolean): NameHit | undefined;
}

/** What begins with a listed word: a name, longer names, or both. */
interface Start {
  /** The service that the word alone stands for. */
  hit: NameHit | undefined;
  /** The letters with which longer names go on, a bit each. */
  next: number;
}

/** Shortest name that may stand without its last s. */
const SHORTEST_CUT_NAME = 5;
/** A longer name is none. */
const LONGEST_NAME = 40;

/** Makes the finder; it knows beforehand with which listed words no name begins, as that is so for nearly all. */
export function createNameFinder(lexicon: Lexicon, { names }: ServiceIndex): NameFinder {
  // One thread for Threads: only beside a word that shows it is the name.
  const cut = new Map<string, NameHit>();
  for (const [key, hit] of names) {
    const stem = key.slice(0, -1);
    if (!hit.everyday || !key.endsWith("s") || stem.length < SHORTEST_CUT_NAME) continue;
    if (lexicon.termOf(stem).traits.ordinary) cut.set(stem, hit);
  }

  const lookUp = (key: string, possessive: boolean): NameHit | undefined => {
    const hit = names.get(key);
    if (hit !== undefined) return hit;
    if (possessive || (key.length > SHORTEST_CUT_NAME && key.endsWith("s"))) return plain(names.get(key.slice(0, -1)));
    return cut.get(key) ?? (key.endsWith("+") ? names.get(key.slice(0, -1)) : undefined);
  };

  const isListed = (word: string): boolean => lexicon.termOf(word).traits.listed;
  // What begins with words that are listed, and with which letters names go on after other words.
  const starts = new Map<Term, Start>();
  const nexts = new Map<string, number>();
  const startOf = (word: string): Start => {
    const term = lexicon.intern(word);
    const start = starts.get(term) ?? { hit: lookUp(word, false), next: 0 };
    starts.set(term, start);
    return start;
  };
  for (const key of names.keys()) {
    for (const word of [key, `${key}s`, `${key}+`]) if (isListed(word)) startOf(word);
    for (let length = 1; length < key.length; length += 1) {
      const beginning = key.slice(0, length);
      const next = bitOf(key, length);
      if (isListed(beginning)) startOf(beginning).next |= next;
      else if (names.has(beginning)) nexts.set(beginning, (nexts.get(beginning) ?? 0) | next);
    }
  }
  /** With which letters a name that no listed word is may go on; with any where it is none as it stands. */
  const nextAfter = (word: string): number => nexts.get(word) ?? (names.has(word) ? 0 : ANY_LETTER);

  const longestFrom: NameFinder["longestFrom"] = (tokens, terms, at) => {
    const first = tokens[at];
    const term = terms[at];
    if (first === undefined || term === undefined) return undefined;
    const { text, possessive } = first;
    const { listed } = term.traits;
    const start = listed ? starts.get(term) : undefined;
    if (listed && start === undefined && !possessive) return undefined;
    const hit = start?.hit ?? (listed && !possessive ? undefined : lookUp(text, possessive));
    const next = start?.next ?? nextAfter(text);
    let best = hit === undefined || text.length > LONGEST_NAME ? undefined : { hit, words: 1, key: text };
    let key = text;
    for (let words = 2; words <= MAX_NAME_WORDS; words += 1) {
      const token = tokens[at + words - 1];
      if (token === undefined || token.run || (token.starts && !token.glued)) break;
      // A letter of its own may be the s after a name.
      if (words === 2 && token.text.length > 1 && (next & bitOf(token.text, 0)) === 0) break;
      key += token.text;
      if (key.length > LONGEST_NAME) break;
      const longer = lookUp(key, token.possessive);
      if (longer !== undefined) best = { hit: longer, words, key };
    }
    return best;
  };
  return { longestFrom, lookUp };
}

function plain(hit: NameHit | undefined): NameHit | undefined {
  return hit === undefined || hit.everyday || hit.weak ? undefined : hit;
}

const ANY_LETTER = -1;

/** A bit for each of the letters a to z, and one for all others. */
function bitOf(text: string, at: number): number {
  const letter = text.charCodeAt(at) - 97;
  return letter >= 0 && letter < 26 ? 1 << letter : 1 << 26;
}
