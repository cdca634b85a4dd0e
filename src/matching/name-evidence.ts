/**
 * Tells whether an everyday word (line, x, signal) is a service's name: by the words beside it and by how it is written.
 */
import type { WordsFile } from "../knowledge/topics-schema.ts";
import type { Lexicon } from "./lexicon.ts";
import { fold, type Token } from "./normalise.ts";
import type { Symbols } from "./symbols.ts";

/**
 * Weighs what speaks for the tokens from one position to another being a name.
 *
 * @returns about 1 a good reason, below 0 where more speaks against it
 */
export type NameScale = (tokens: readonly Token[], from: number, to: number) => number;

/** Makes the scale from the words that `words.yaml` lists for it. */
export function createNameScale(lexicon: Lexicon, symbols: Symbols, names: WordsFile["names"]): NameScale {
  const account = symbols.concept("account");
  const my = symbols.concept("my");
  const timeUnit = symbols.concept("time_unit");
  const subject = new Set(names.subject.map(fold));
  const before = new Set(names.before.map(fold));
  const notBefore = new Set(names.notBefore.map(fold));
  const accountWords = new Set(names.accountWords.map(fold));
  const isConcept = (word: string, concept: number): boolean => lexicon.words.get(word)?.includes(concept) === true;
  const isOfKind = (word: string, kind: string): boolean =>
    lexicon.words.get(word)?.some((concept) => lexicon.kinds.get(concept) === kind) === true;
  // Zoom 30 days deletion, not line 30.
  const isTimeUnit = (token: Token | undefined): boolean => token !== undefined && isConcept(token.text, timeUnit);
  const isAct = (word: string): boolean => isOfKind(word, "act");
  const isThing = (word: string): boolean => isOfKind(word, "thing");

  return (tokens, from, to) => {
    const first = tokens[from];
    const last = tokens[to - 1];
    if (first === undefined || last === undefined) return 0;
    const prior = first.starts ? undefined : tokens[from - 1];
    const next = tokens[to]?.starts === true ? undefined : tokens[to];
    const besideAccount = next !== undefined && (accountWords.has(next.text) || isConcept(next.text, account));
    let evidence = 0;
    if (first.marked) evidence += 2;
    if (last.possessive) evidence += 1;
    if (first.capital && prior !== undefined) evidence += 1;
    if (to - from > 1) evidence += isConcept(last.text, account) ? 2 : 0.5;
    if (prior !== undefined) {
      if (isNumber(prior.text)) evidence -= 2;
      else if (notBefore.has(prior.text)) evidence -= besideAccount ? 0 : 1.5;
      else if (isConcept(prior.text, account)) evidence += 2;
      else if (isConcept(prior.text, my) || isAct(prior.text) || subject.has(prior.text)) evidence += 1.5;
      else if (before.has(prior.text)) evidence += 1;
    }
    if (next === undefined) evidence += 0.5;
    else if (besideAccount) evidence += 2;
    else if (isNumber(next.text)) evidence -= last.possessive || isTimeUnit(tokens[to + 1]) ? 0 : 2.5;
    else if (isThing(next.text)) evidence += 0.5;
    // line containing a string: what follows a name is seldom a word that means nothing here.
    else if (!lexicon.fillers.has(next.text) && !isOrdinary(lexicon, next.text)) evidence -= 0.5;
    return evidence;
  };
}

/** Whether a word has a meaning of its own beside being a name. */
export function isOrdinary(lexicon: Lexicon, word: string): boolean {
  return lexicon.words.has(word) || lexicon.isCommon(word);
}

/** Whether a word is written in digits. */
export function isNumber(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57 && /^\d+$/.test(word);
}
