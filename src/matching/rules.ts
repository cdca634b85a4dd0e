/**
 * Finds which rules of `words.yaml` a text fulfils: words that belong together across a gap, such as `get ... back`.
 *
 * A text is gone through once. For each rule it is kept how far it is fulfilled and where that was last, so that even a
 * text made of nothing but beginnings of rules takes no longer.
 */
import type { Item } from "./items.ts";
import { createByPlace, type Pattern, type Place } from "./patterns.ts";

/** A pattern, and what it stands for as a feature. */
export interface Rule {
  readonly pattern: Pattern;
  readonly symbol: number;
}

/** Finds the rules that a text fulfils, and hands each one's symbol on, once or several times. */
export type FindRules = (items: readonly Item[], take: (symbol: number) => void) => void;

/** One place of a rule, and of all rules that begin in the same way. */
interface Step {
  /** The place before; undefined for the first one. */
  readonly before: Step | undefined;
  readonly place: Place;
  readonly next: Step[];
  /** What the rules that end here stand for. */
  readonly symbols: number[];
  /** Where the text that is being read last fulfilled the rule up to here. */
  at: number;
}

const NOWHERE = -1;

/** Makes the function that finds rules. */
export function createFindRules(rules: readonly Rule[]): FindRules {
  const byPlace = createByPlace<Step>();
  const firsts: Step[] = [];
  for (const { pattern, symbol } of rules) {
    let before: Step | undefined;
    for (const place of pattern) {
      const siblings: Step[] = before?.next ?? firsts;
      let step = siblings.find((other) => isSame(other.place, place));
      if (step === undefined) {
        step = { before, place, next: [], symbols: [], at: NOWHERE };
        siblings.push(step);
        byPlace.add(place, step);
      }
      before = step;
    }
    before?.symbols.push(symbol);
  }
  const reached: Step[] = [];
  const touched: Step[] = [];

  return (items, take) => {
    let sentence = 0;
    for (let at = 0; at < items.length; at += 1) {
      const item = items[at];
      if (item === undefined) break;
      if (item.starts) sentence = at;
      const isName = item.service !== undefined;
      if (isName) advance(byPlace.ofService, at, sentence, false, take, reached);
      // A name begins no rule about words, though it may go on with one.
      advance(byPlace.ofWord(item.term), at, sentence, isName, take, reached);
      for (const concept of item.sense.concepts) {
        advance(byPlace.ofConcept(concept), at, sentence, false, take, reached);
      }
      // Only now, as one item does not stand for two places of a rule.
      for (const step of reached) {
        if (step.at === NOWHERE) touched.push(step);
        step.at = at;
      }
      reached.length = 0;
    }
    for (const step of touched) step.at = NOWHERE;
    touched.length = 0;
  };
}

/** Goes on with the rules of which an item can be the next place. */
function advance(
  steps: readonly Step[],
  at: number,
  sentence: number,
  begun: boolean,
  take: (symbol: number) => void,
  reached: Step[],
): void {
  for (const step of steps) {
    const { before, place, symbols } = step;
    if (before === undefined) {
      if (begun) continue;
    } else if (before.at < sentence || before.at < at - place.gap - 1) continue;
    for (const symbol of symbols) take(symbol);
    if (step.next.length > 0) reached.push(step);
  }
}

function isSame(a: Place, b: Place): boolean {
  return a.word === b.word && a.concept === b.concept && a.gap === b.gap;
}
