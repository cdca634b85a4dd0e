/**
 * Repairs the words of a text: misspelt ones, and names and words run together.
 */
import type { Lexicon, Term } from "./lexicon.ts";
import { isNumber } from "./name-evidence.ts";
import type { NameFinder } from "./names.ts";
import { type Token, tokenize } from "./normalise.ts";
import { createRepairer, respell } from "./repair.ts";
import type { ServiceIndex } from "./service-index.ts";

/** A word that was read as another. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

/**
 * Repairs words where that is needed.
 *
 * @param terms - those of the tokens
 * @param corrections - takes up what was repaired
 * @returns the very same tokens where nothing was
 */
export type RepairWords = (
  tokens: readonly Token[],
  terms: readonly Term[],
  corrections: Correction[],
) => readonly Token[];

/** Shortest name that a repair may lead to. */
const SHORTEST_NAME = 5;
/** Repairs beyond this many are left out, so that a long text of unknown words stays quick. */
const MAX_REPAIRS = 24;
/** Below this share of known words a text is in no language that could be repaired. */
const REPAIRABLE_SHARE = 0.3;
/** Words of other lengths are not cut into two. */
const CUTTABLE = { shortest: 6, longest: 32 } as const;

/** Makes the function that repairs words. */
export function createWordRepair(lexicon: Lexicon, index: ServiceIndex, names: NameFinder): RepairWords {
  const partsOfNames = collectWords([...index.services.values()].flatMap(({ name, aliases }) => [name, ...aliases]));
  const isWordOfName = (word: string): boolean => index.names.has(word) || partsOfNames.has(word) || isNumber(word);
  const isKnown = (word: string): boolean => lexicon.termOf(word).traits.known || isWordOfName(word);

  const listNames = (): string[] =>
    [...index.names].flatMap(([key, hit]) => (hit.everyday || hit.weak || key.length < SHORTEST_NAME ? [] : [key]));
  const anyRepairer = createRepairer(() => [...lexicon.listEnglish(), ...listNames()]);
  // A word of another language is no misspelt English one.
  const nameRepairer = createRepairer(listNames);

  /** Cuts a word that nothing knows into a name and a word: deletetiktok, tiktokaccount. */
  const cut = (word: string, marked: boolean): [string, string] | undefined => {
    if (word.length < CUTTABLE.shortest || word.length > CUTTABLE.longest) return undefined;
    for (let at = word.length - 1; at >= 2; at -= 1) {
      const head = word.slice(0, at);
      const tail = word.slice(at);
      // @SpotifyCares, tiktoknya: what follows the name does not matter.
      if (head.length >= 5 && isName(head) && (marked || lexicon.nameEndings.has(tail))) return [head, ""];
      if (isName(head) && (isMeaningful(tail) || isName(tail))) return [head, tail];
      if (isMeaningful(head) && isName(tail)) return [head, tail];
      if (at >= 3 && tail.length >= 3 && isMeaningful(head) && isMeaningful(tail)) return [head, tail];
    }
    return undefined;
  };
  const isName = (word: string): boolean => {
    const hit = index.names.get(word);
    return hit !== undefined && !hit.weak && word.length >= 2 && !(hit.everyday && word.length > 2);
  };
  const isMeaningful = (word: string): boolean =>
    word.length >= 3 ? lexicon.termOf(word).traits.meaningful : word === "my" || word === "id";

  /** Whether a word needs no repair; a run is searched for known words, whatever else it holds. */
  const isGood = ({ text, run }: Token, term: Term | undefined): boolean =>
    run || term?.traits.known === true || isWordOfName(text);

  return (tokens, terms, corrections) => {
    let unknown = 0;
    for (const [at, token] of tokens.entries()) if (!isGood(token, terms[at])) unknown += 1;
    if (unknown === 0) return tokens;
    const isForeign = tokens.some(({ run }, at) => run || terms[at]?.traits.foreign === true);
    const repairer = isForeign ? nameRepairer : anyRepairer;
    const repairable = tokens.length - unknown >= tokens.length * REPAIRABLE_SHARE || tokens.length <= 3;
    const repaired: Token[] = [];
    let tries = 0;
    for (const [at, token] of tokens.entries()) {
      const { text } = token;
      if (isGood(token, terms[at])) {
        repaired.push(token);
        continue;
      }
      const spelling = respell(text).find(isKnown);
      if (spelling !== undefined) {
        repaired.push({ ...token, text: spelling });
        corrections.push({ from: text, to: spelling });
        continue;
      }
      const halves = cut(text, token.marked);
      if (halves !== undefined) {
        const [head, tail] = halves;
        repaired.push({ ...token, text: head });
        if (tail !== "") repaired.push({ ...token, text: tail, glued: true, starts: false });
        corrections.push({ from: text, to: halves.join(" ") });
        continue;
      }
      // The name before a genitive s is found without repair.
      const named = names.lookUp(text, token.possessive) !== undefined;
      if (named || !repairable || tries >= MAX_REPAIRS) {
        repaired.push(token);
        continue;
      }
      tries += 1;
      const meant = repairer.repair(text);
      if (meant === undefined) repaired.push(token);
      else {
        repaired.push({ ...token, text: meant });
        corrections.push({ from: text, to: meant });
      }
    }
    return repaired;
  };
}

function collectWords(names: readonly string[]): Set<string> {
  const words = new Set<string>();
  for (const name of names) {
    const tokens = tokenize(name);
    if (tokens.length > 1) for (const { text } of tokens) words.add(text);
  }
  return words;
}
