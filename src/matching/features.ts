/**
 * Turns the items of a text into features: its concepts, words that belong together across a gap, and what is done to
 * what (deleting an account is not deleting a video).
 */
import type { WordsFile } from "../knowledge/topics-schema.ts";
import type { Item } from "./items.ts";
import type { Lexicon } from "./lexicon.ts";
import { parsePattern } from "./patterns.ts";
import { createFindRules } from "./rules.ts";
import type { Symbols } from "./symbols.ts";

/** How far an act may stand from its object. */
const REACH = 6;
/** There are fewer features than this. */
const MOST_SYMBOLS = 8192;

/** Collects the features of a text, each once. */
export type Extract = (items: readonly Item[]) => number[];

/**
 * Makes the function that collects features.
 *
 * @param learntPairs - what `pairs` held when learning was finished; without it, features not met before are taken up
 */
export function createExtractor(
  lexicon: Lexicon,
  rules: WordsFile["rules"],
  symbols: Symbols,
  learntPairs?: Iterable<readonly [number, number]>,
) {
  const findRules = createFindRules(
    Object.entries(rules).flatMap(([name, sources]) => {
      const symbol = symbols.of(`~${name}`);
      return sources.map((source) => ({ pattern: parsePattern(source, lexicon, symbols), symbol }));
    }),
  );
  const nothing = [symbols.of("∅")];
  const other = [symbols.of("other")];
  const service = symbols.of("[service]");
  const services = [service];
  let learning = learntPairs === undefined;

  // What was done to what, and the number of this as a feature.
  const pairs = new Map<number, number>(learntPairs);
  const pair = (act: number, thing: number, negated: boolean): number | undefined => {
    const key = (act * MOST_SYMBOLS + thing) * 2 + (negated ? 1 : 0);
    const known = pairs.get(key);
    if (known !== undefined || !learning) return known;
    const symbol = symbols.of(`${negated ? "not " : ""}${symbols.nameOf(act)}→${symbols.nameOf(thing)}`);
    pairs.set(key, symbol);
    return symbol;
  };

  let found: number[] = [];
  const isFound = new Uint8Array(MOST_SYMBOLS);
  const take = (symbol: number): void => {
    if (isFound[symbol] === 1) return;
    isFound[symbol] = 1;
    found.push(symbol);
  };

  const extract: Extract = (items) => {
    found = [];
    findRules(items, take);
    let negatedUntil = -1;
    for (let at = 0; at < items.length; at += 1) {
      const item = items[at];
      if (item === undefined) break;
      if (item.starts || item.term.traits.contrast) negatedUntil = -1;
      const { concepts, acts } = item.sense;
      if (concepts.includes(lexicon.negation)) negatedUntil = at + 3;
      const negated = at <= negatedUntil;
      for (const concept of concepts) {
        if (!acts.includes(concept)) {
          take(concept);
          continue;
        }
        if (!negated) take(concept);
        for (const thing of objectsOf(items, at)) {
          const symbol = pair(concept, thing, negated);
          if (symbol !== undefined) take(symbol);
        }
      }
    }
    for (const symbol of found) isFound[symbol] = 0;
    return found;
  };

  /** What an act is done to: the nearest thing after it in its clause, else before it. */
  function objectsOf(items: readonly Item[], at: number): readonly number[] {
    const item = items[at];
    const own = item === undefined ? [] : thingOf(item);
    if (own.length > 0) return own;
    if (item?.term.traits.objectFirst === true) {
      const before = thingBefore(items, at);
      if (before !== undefined) return before;
    }
    let strange = false;
    for (let step = 1; step <= REACH; step += 1) {
      const index = at + step;
      const item = items[index];
      if (item === undefined || item.starts) break;
      const found = thingOf(item);
      if (found.length > 0) return chainFrom(items, index, found);
      if (item.term.traits.stop) break;
      // remove light scratches from a car: an object that means nothing here, up to the next small word.
      if (item.sense.concepts.length > 0) continue;
      if (!item.term.traits.filler) strange = true;
      else if (strange) break;
    }
    if (strange) return other;
    return thingBefore(items, at) ?? nothing;
  }

  function thingBefore(items: readonly Item[], at: number): readonly number[] | undefined {
    if (items[at]?.starts === true) return undefined;
    for (let step = 1; step < REACH; step += 1) {
      const item = items[at - step];
      if (item === undefined) return undefined;
      const found = thingOf(item);
      if (found.length > 0) return found;
      if (item.starts || item.term.traits.stop) return undefined;
    }
    return undefined;
  }

  /** Of names and things in a row the last one counts: TikTok search history. */
  function chainFrom(items: readonly Item[], from: number, first: readonly number[]): readonly number[] {
    let last = first;
    for (let index = from + 1; index < items.length; index += 1) {
      const item = items[index];
      if (item === undefined || item.starts) break;
      const next = thingOf(item);
      if (next.length === 0) break;
      if (next[0] === service) break;
      last = next;
    }
    return last;
  }

  function thingOf(item: Item): readonly number[] {
    return item.service === undefined ? item.sense.things : services;
  }

  return {
    extract,
    pairs: pairs as ReadonlyMap<number, number>,
    /** From here on features that were not learnt are left out. */
    finishLearning(): void {
      learning = false;
    },
  };
}

/** Sorts in place; with so few numbers it is quicker than the sort of arrays, which asks back for each pair. */
export function sortAscending(numbers: number[]): number[] {
  for (let end = 1; end < numbers.length; end += 1) {
    const number = numbers[end] ?? 0;
    let at = end;
    for (; at > 0 && (numbers[at - 1] ?? 0) > number; at -= 1) numbers[at] = numbers[at - 1] ?? 0;
    numbers[at] = number;
  }
  return numbers;
}
