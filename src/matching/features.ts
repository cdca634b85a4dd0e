/**
 * Turns the items of a text into features: its concepts, words that belong together across a gap, and what is done to
 * what (deleting an account is not deleting a video).
 */
import type { WordsFile } from "../knowledge/topics-schema.ts";
import type { Item } from "./items.ts";
import type { Lexicon } from "./lexicon.ts";
import { fold } from "./normalise.ts";
import type { Symbols } from "./symbols.ts";

/** One place of a pattern: a word, a concept or a service's name. */
interface Place {
  readonly word: string | undefined;
  readonly concept: number | undefined;
  readonly service: boolean;
  /** How many items may stand between the place before and this one. */
  readonly gap: number;
}

/** A pattern over items. */
export type Pattern = readonly Place[];

/** The most items that "..." spans. */
const GAP = 5;
/** How far an act may stand from its object. */
const REACH = 6;

/** Reads a pattern such as `can ... <recover> [service]`. */
export function parsePattern(source: string, symbols: Symbols): Pattern {
  const places: Place[] = [];
  let gap = 0;
  for (const part of source.split(/\s+/)) {
    if (part === "...") {
      gap = GAP;
      continue;
    }
    const concept = /^<(.+)>$/.exec(part)?.[1];
    places.push({
      word: concept === undefined && part !== "[service]" ? fold(part) : undefined,
      concept: concept === undefined ? undefined : symbols.concept(concept),
      service: part === "[service]",
      gap,
    });
    gap = 0;
  }
  return places;
}

/** Whether a pattern fits with its first place at an item; sentences bound it. */
export function fits(pattern: Pattern, items: readonly Item[], from: number, only?: number): boolean {
  return fitsFrom(pattern, 0, items, from, only);
}

function fitsFrom(pattern: Pattern, place: number, items: readonly Item[], at: number, only?: number): boolean {
  const wanted = pattern[place];
  const item = items[at];
  if (wanted === undefined) return true;
  if (item === undefined || !meets(wanted, item, at, only)) return false;
  const next = pattern[place + 1];
  if (next === undefined) return true;
  for (let step = 1; step <= next.gap + 1; step += 1) {
    const following = items[at + step];
    if (following === undefined || following.starts) return false;
    if (fitsFrom(pattern, place + 1, items, at + step, only)) return true;
  }
  return false;
}

function meets(place: Place, item: Item, at: number, only: number | undefined): boolean {
  if (place.service) return item.service !== undefined && (only === undefined || only === at);
  if (place.concept !== undefined) return item.sense.concepts.includes(place.concept);
  return item.text === place.word;
}

/** Collects the features of a text. */
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
  const byWord = new Map<string, { pattern: Pattern; symbol: number }[]>();
  const byConcept = new Map<number, { pattern: Pattern; symbol: number }[]>();
  const byService: { pattern: Pattern; symbol: number }[] = [];
  for (const [name, sources] of Object.entries(rules)) {
    const symbol = symbols.of(`~${name}`);
    for (const source of sources) {
      const pattern = parsePattern(source, symbols);
      const [first] = pattern;
      if (first === undefined) continue;
      const rule = { pattern, symbol };
      if (first.service) byService.push(rule);
      else if (first.concept !== undefined) push(byConcept, first.concept, rule);
      else if (first.word !== undefined) push(byWord, first.word, rule);
    }
  }
  const nothing = symbols.of("∅");
  const other = symbols.of("other");
  const service = symbols.of("[service]");
  const services = [service];
  let learning = learntPairs === undefined;

  // What was done to what, and the number of this as a feature.
  const pairs = new Map<number, number>(learntPairs);
  const pair = (act: number, thing: number, negated: boolean): number | undefined => {
    const key = (act * 8192 + thing) * 2 + (negated ? 1 : 0);
    const known = pairs.get(key);
    if (known !== undefined || !learning) return known;
    const symbol = symbols.of(`${negated ? "not " : ""}${symbols.nameOf(act)}→${symbols.nameOf(thing)}`);
    pairs.set(key, symbol);
    return symbol;
  };

  const extract: Extract = (items) => {
    const found = new Set<number>();
    let negatedUntil = -1;
    for (const [at, item] of items.entries()) {
      if (item.starts || item.term.contrast) negatedUntil = -1;
      if (item.service !== undefined) {
        for (const { pattern, symbol } of byService) if (fits(pattern, items, at)) found.add(symbol);
        continue;
      }
      if (item.sense.concepts.includes(lexicon.negation)) negatedUntil = at + 3;
      const negated = at <= negatedUntil;
      for (const rule of byWord.get(item.text) ?? NO_RULES) {
        if (!found.has(rule.symbol) && fits(rule.pattern, items, at)) found.add(rule.symbol);
      }
      for (const concept of item.sense.concepts) {
        for (const rule of byConcept.get(concept) ?? NO_RULES) {
          if (!found.has(rule.symbol) && fits(rule.pattern, items, at)) found.add(rule.symbol);
        }
        if (!item.sense.acts.includes(concept)) {
          found.add(concept);
          continue;
        }
        if (!negated) found.add(concept);
        for (const thing of objectsOf(items, at)) {
          const symbol = pair(concept, thing, negated);
          if (symbol !== undefined) found.add(symbol);
        }
      }
    }
    return [...found];
  };

  /** What an act is done to: the nearest thing after it in its clause, else before it. */
  function objectsOf(items: readonly Item[], at: number): readonly number[] {
    const item = items[at];
    const own = item === undefined ? [] : thingOf(item);
    if (own.length > 0) return own;
    if (item?.term.objectFirst === true) {
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
      if (item.term.stop) break;
      // remove light scratches from a car: an object that means nothing here, up to the next small word.
      if (item.sense.concepts.length > 0) continue;
      if (!item.term.filler) strange = true;
      else if (strange) break;
    }
    if (strange) return [other];
    return thingBefore(items, at) ?? [nothing];
  }

  function thingBefore(items: readonly Item[], at: number): readonly number[] | undefined {
    if (items[at]?.starts === true) return undefined;
    for (let step = 1; step < REACH; step += 1) {
      const item = items[at - step];
      if (item === undefined) return undefined;
      const found = thingOf(item);
      if (found.length > 0) return found;
      if (item.starts || item.term.stop) return undefined;
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

const NO_RULES: readonly { pattern: Pattern; symbol: number }[] = [];

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
