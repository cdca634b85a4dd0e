/**
 * Repairs misspelt words: letters out of place, missing or doubled, digits for letters, words run together. Only words
 * that nothing knows are repaired, and only into words that lose the same letter, so that Fuse.js ranks a handful.
 */
import Fuse from "fuse.js";

/** Finds the known word that a misspelt one was meant to be. */
export interface Repairer {
  /** The nearest known word, or undefined where none is near. */
  repair(word: string): string | undefined;
}

/** Shorter words are too often other words. */
const SHORTEST = 4;
const LONGEST = 24;
/** From this length on two letters may be wrong. */
const LONG = 8;
/** Fuse.js's score, 0 = the same; a swap of two letters in a word of five has 0.4. */
const FARTHEST = 0.42;
/** How much nearer a likelier word seems. */
const HEAD_START = 0.1;
const MOST_CANDIDATES = 12;

/**
 * Makes a repairer; its index of known words is built when it is first needed.
 *
 * @param listWords - what can be meant
 * @param options - `firstLetter`: the first letter may be missing, wrong or too many, too, if all others are right. That is
 *   for a field where nothing but a name is typed; in talk too many words would turn into others. `isLikelier`: what is
 *   rather meant where several known words are about as near.
 */
export function createRepairer(
  listWords: () => Iterable<string>,
  {
    firstLetter = false,
    isLikelier = () => false,
  }: { readonly firstLetter?: boolean; readonly isLikelier?: (word: string) => boolean } = {},
): Repairer {
  let shortened: Map<string, string[]> | undefined;
  return {
    repair(word) {
      if (word.length < SHORTEST || word.length > LONGEST) return undefined;
      shortened ??= indexShortened(listWords());
      const candidates = new Set<string>();
      for (const key of shorten(word)) {
        for (const candidate of shortened.get(key) ?? []) {
          const isNear = isPlausible(word, candidate) || (firstLetter && isAllButFirst(word, candidate));
          if (candidates.size < MOST_CANDIDATES && isNear) candidates.add(candidate);
        }
      }
      return candidates.size === 0 ? undefined : nearest(word, [...candidates], isLikelier);
    },
  };
}

function nearest(
  word: string,
  candidates: readonly string[],
  isLikelier: (word: string) => boolean,
): string | undefined {
  const fuse = new Fuse(candidates, { includeScore: true, threshold: FARTHEST, distance: 10, location: 0 });
  let best: string | undefined;
  let least = FARTHEST;
  for (const { item, score = 1 } of fuse.search(word)) {
    // Fuse.js finds a word inside a longer one at no cost, so a length that differs counts here.
    const cost = score + Math.abs(item.length - word.length) * 0.05 - (isLikelier(item) ? HEAD_START : 0);
    if (cost < least) {
      best = item;
      least = cost;
    }
  }
  return best;
}

function indexShortened(words: Iterable<string>): Map<string, string[]> {
  const shortened = new Map<string, string[]>();
  for (const word of new Set(words)) {
    if (word.length < SHORTEST || word.length > LONGEST) continue;
    for (const key of shorten(word)) {
      const known = shortened.get(key);
      if (known === undefined) shortened.set(key, [word]);
      else known.push(word);
    }
  }
  return shortened;
}

/** A word, and the word without each of its letters. */
function shorten(word: string): string[] {
  const keys = [word];
  for (let index = 0; index < word.length; index += 1) {
    // Of doubled letters it does not matter which one goes.
    if (word[index] !== word[index + 1]) keys.push(word.slice(0, index) + word.slice(index + 1));
  }
  return keys;
}

function isPlausible(word: string, candidate: string): boolean {
  const difference = Math.abs(word.length - candidate.length);
  if (difference > (word.length >= LONG ? 2 : 1)) return false;
  const start = word.charAt(0);
  // People seldom miss the first letter; a swap of the first two is the exception.
  if (start === candidate.charAt(0)) return word.length > SHORTEST || difference === 1 || isSwap(word, candidate);
  return word.length > SHORTEST && start === candidate.charAt(1) && word.charAt(1) === candidate.charAt(0);
}

/** Whether only the first letter is missing, wrong or too many. */
function isAllButFirst(word: string, candidate: string): boolean {
  if (word === candidate.slice(1)) return true;
  const rest = word.slice(1);
  return word.length > SHORTEST && (rest === candidate.slice(1) || rest === candidate);
}

function isSwap(word: string, candidate: string): boolean {
  return word.length === candidate.length && [...word].sort().join("") === [...candidate].sort().join("");
}

const LEET: Readonly<Record<string, string>> = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", $: "s" };

/** Other spellings to try before any repair: without doubled letters (deleeete), with letters for digits (d3lete). */
export function respell(word: string): string[] {
  const spellings: string[] = [];
  if (/(.)\1\1/u.test(word)) {
    spellings.push(
      word.replace(/(.)\1{2,}/gu, "$1"),
      word.replace(/(.)\1{2,}/gu, "$1$1"),
      word.replace(/(.)\1+/gu, "$1"),
    );
  }
  if (/[0-9$]/.test(word) && /[a-z]/.test(word)) {
    const letters = word.replace(/[013457$]/g, (sign) => LEET[sign] ?? sign);
    spellings.push(letters, letters.replace(/i/g, "l"));
  }
  return spellings;
}
