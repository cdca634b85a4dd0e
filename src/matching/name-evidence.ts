/**
 * Tells whether an everyday word (line, x, signal) is a service's name: by the words beside it and by how it is written.
 */
import type { WordsFile } from "../knowledge/topics-schema.ts";
import type { Term } from "./lexicon.ts";
import { fold, type Token } from "./normalise.ts";
import type { Symbols } from "./symbols.ts";

/**
 * Weighs what speaks for the tokens from one position to another being a name.
 *
 * @param terms - those of the tokens
 * @returns about 1 a good reason, below 0 where more speaks against it
 */
export type NameScale = (tokens: readonly Token[], terms: readonly Term[], from: number, to: number) => number;

/** What speaks for a word that is no name where it stands. */
const NO_NAME = -5;

/** Makes the scale from the words that `words.yaml` lists for it. */
export function createNameScale(symbols: Symbols, names: WordsFile["names"]): NameScale {
  const account = symbols.concept("account");
  const my = symbols.concept("my");
  const timeUnit = symbols.concept("time_unit");
  const subject = new Set(names.subject.map(fold));
  const before = new Set(names.before.map(fold));
  const notBefore = new Set(names.notBefore.map(fold));
  const talk = new Set(names.talk.map(fold));
  const accountWords = new Set(names.accountWords.map(fold));
  const isConcept = (term: Term | undefined, concept: number): boolean =>
    term?.traits.meaningful === true && term.sense.concepts.includes(concept);
  const isAct = (term: Term | undefined): boolean => term?.traits.meaningful === true && term.sense.acts.length > 0;
  const isThing = (term: Term | undefined): boolean => term?.traits.meaningful === true && term.sense.things.length > 0;

  return (tokens, terms, from, to) => {
    const first = tokens[from];
    const last = tokens[to - 1];
    if (first === undefined || last === undefined) return 0;
    const prior = first.starts ? undefined : tokens[from - 1];
    const next = tokens[to]?.starts === true ? undefined : tokens[to];
    const priorTerm = terms[from - 1];
    const nextTerm = terms[to];
    const besideAccount = next !== undefined && (accountWords.has(next.text) || isConcept(nextTerm, account));
    let evidence = 0;
    // I quit lol: said for itself, whatever stands before it.
    if (to - from === 1 && talk.has(first.text)) {
      const besideMy = prior !== undefined && isConcept(priorTerm, my);
      if (!besideAccount && !besideMy && !first.marked) return NO_NAME;
    }
    if (first.marked) evidence += 2;
    if (last.possessive) evidence += 1;
    if (first.capital && prior !== undefined) evidence += 1;
    if (to - from > 1) evidence += isConcept(terms[to - 1], account) ? 2 : 0.5;
    if (prior !== undefined) {
      if (isNumber(prior.text)) evidence -= 2;
      else if (notBefore.has(prior.text)) evidence -= besideAccount ? 0 : 1.5;
      else if (isConcept(priorTerm, account)) evidence += 2;
      else if (isConcept(priorTerm, my) || isAct(priorTerm) || subject.has(prior.text)) evidence += 1.5;
      else if (before.has(prior.text)) evidence += 1;
    }
    if (next === undefined) evidence += 0.5;
    else if (besideAccount) evidence += 2;
    else if (isNumber(next.text)) {
      // Zoom 30 days deletion, not line 30.
      evidence -= last.possessive || isConcept(terms[to + 1], timeUnit) ? 0 : 2.5;
    } else if (isThing(nextTerm)) evidence += 0.5;
    // line containing a string: what follows a name is seldom a word that means nothing here.
    else if (nextTerm?.traits.filler !== true && nextTerm?.traits.ordinary !== true) evidence -= 0.5;
    return evidence;
  };
}

/** Whether a word is written in digits. */
export function isNumber(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57 && /^\d+$/.test(word);
}
