/** Patterns over the items of a text, such as `can ... <recover> [service]`. */
import type { Item } from "./items.ts";
import type { Lexicon, Term } from "./lexicon.ts";
import { fold } from "./normalise.ts";
import type { Symbols } from "./symbols.ts";

/** One place of a pattern: a word, a concept or a service's name. */
export interface Place {
  readonly word: Term | undefined;
  readonly concept: number | undefined;
  readonly service: boolean;
  /** How many items may stand between the place before and this one. */
  readonly gap: number;
}

export type Pattern = readonly Place[];

/** The most items that "..." spans. */
const GAP = 5;

/** Reads a pattern. */
export function parsePattern(source: string, lexicon: Lexicon, symbols: Symbols): Pattern {
  const places: Place[] = [];
  let gap = 0;
  for (const part of source.split(/\s+/)) {
    if (part === "...") {
      gap = GAP;
      continue;
    }
    const concept = /^<(.+)>$/.exec(part)?.[1];
    places.push({
      word: concept === undefined && part !== "[service]" ? lexicon.intern(fold(part)) : undefined,
      concept: concept === undefined ? undefined : symbols.concept(concept),
      service: part === "[service]",
      gap,
    });
    gap = 0;
  }
  return places;
}

/** Values by what an item has to be for them: a certain word, of a certain concept, or a service's name. */
export interface ByPlace<Value> {
  add(place: Place, value: Value): void;
  ofWord(word: Term): readonly Value[];
  ofConcept(concept: number): readonly Value[];
  readonly ofService: readonly Value[];
}

/** Makes an empty collection by place. */
export function createByPlace<Value>(): ByPlace<Value> {
  const byWord = new Map<Term, Value[]>();
  const byConcept: Value[][] = [];
  const byService: Value[] = [];
  const none: readonly Value[] = [];
  return {
    add({ word, concept }, value) {
      if (word !== undefined) {
        const known = byWord.get(word);
        if (known === undefined) byWord.set(word, [value]);
        else known.push(value);
      } else if (concept !== undefined) {
        // Without holes, so that looking up stays quick.
        while (byConcept.length <= concept) byConcept.push([]);
        byConcept[concept]?.push(value);
      } else byService.push(value);
    },
    ofWord: (word) => byWord.get(word) ?? none,
    ofConcept: (concept) => byConcept[concept] ?? none,
    ofService: byService,
  };
}

/** Whether one of some patterns fits with its `[service]` at an item. */
export type FitsAround = (items: readonly Item[], at: number) => boolean;

/** How far before a name a pattern about it may start. */
const REACH = 8;

/** Makes the function that tells whether one of some patterns fits around a name; sentences bound them. */
export function createFitsAround(patterns: readonly Pattern[]): FitsAround {
  const byFirst = createByPlace<Pattern>();
  for (const pattern of patterns) {
    const [first] = pattern;
    if (first !== undefined) byFirst.add(first, pattern);
  }
  return (items, at) => {
    for (let from = at; from >= 0 && from >= at - REACH; from -= 1) {
      const item = items[from];
      if (item === undefined) return false;
      if (from === at && anyFits(byFirst.ofService, items, from, at)) return true;
      if (anyFits(byFirst.ofWord(item.term), items, from, at)) return true;
      for (const concept of item.sense.concepts) {
        if (anyFits(byFirst.ofConcept(concept), items, from, at)) return true;
      }
      if (item.starts) return false;
    }
    return false;
  };
}

function anyFits(patterns: readonly Pattern[], items: readonly Item[], from: number, service: number): boolean {
  for (const pattern of patterns) if (fits(pattern, 0, items, from, service)) return true;
  return false;
}

/** Whether a pattern fits from one of its places on, with that place at an item, and `[service]` at another. */
function fits(pattern: Pattern, place: number, items: readonly Item[], at: number, service: number): boolean {
  const wanted = pattern[place];
  const item = items[at];
  if (wanted === undefined) return true;
  if (item === undefined || !meets(wanted, item, at, service)) return false;
  const next = pattern[place + 1];
  if (next === undefined) return true;
  for (let step = 1; step <= next.gap + 1; step += 1) {
    const following = items[at + step];
    if (following === undefined || following.starts) return false;
    if (fits(pattern, place + 1, items, at + step, service)) return true;
  }
  return false;
}

function meets(place: Place, item: Item, at: number, service: number): boolean {
  if (place.service) return item.service !== undefined && at === service;
  if (place.concept !== undefined) return item.sense.concepts.includes(place.concept);
  return item.term === place.word;
}
