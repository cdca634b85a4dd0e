/**
 * Reads a text: repairs its words, finds the services it names and the concepts it speaks of.
 */
import type { WordsFile } from "../knowledge/topics-schema.ts";
import type { Item, Mention } from "./items.ts";
import { type Lexicon, NO_SENSE, type Phrase, type Term } from "./lexicon.ts";
import { createNameScale } from "./name-evidence.ts";
import { createNameFinder, type FoundName } from "./names.ts";
import { type Token, tokenize } from "./normalise.ts";
import { readRun } from "./runs.ts";
import { keyOf, type ServiceIndex } from "./service-index.ts";
import type { Symbols } from "./symbols.ts";
import { type Correction, createWordRepair } from "./word-repair.ts";

/** The words of a text, after repair. */
interface Words {
  readonly tokens: readonly Token[];
  /** What is known of each token. */
  readonly terms: readonly Term[];
  readonly corrections: readonly Correction[];
}

export interface Analysis {
  readonly words: Words;
  readonly items: readonly Item[];
  readonly mentions: readonly Mention[];
  /** Whether there are everyday words that a bold reader takes for names. */
  readonly doubtful: boolean;
}

export interface Analyser {
  /** Cuts a text into words. */
  split(text: string): Words;
  /**
   * Finds out what words mean together.
   *
   * @param bold - whether everyday words that little speaks for count as names, too
   */
  read(words: Words, bold?: boolean): Analysis;
}

/** Evidence from which on an everyday word is surely a service's name, and from which on it may be one. */
const SURE = 1.5;
const POSSIBLE = 1;
/** … and from which on a bold reader takes it for one: where it starts the text, or has a capital. */
const THINKABLE = -0.5;
/** What an everyday word must show to count as a service of which only the name is known. */
const SURE_WEAK_EVERYDAY = 3;
const SURE_WEAK = 1;

/** So many words of other languages show that a text is in one. */
const SURELY_FOREIGN = 2;

/**
 * Makes the functions that read texts.
 */
export function createAnalyser(
  lexicon: Lexicon,
  symbols: Symbols,
  index: ServiceIndex,
  nameWords: WordsFile["names"],
  { repairs }: { readonly repairs: boolean },
): Analyser {
  const account = symbols.concept("account");
  const idiom = symbols.concept("idiom");
  const weigh = createNameScale(symbols, nameWords);
  const names = createNameFinder(lexicon, index);
  const repair = repairs ? createWordRepair(lexicon, index, names) : undefined;
  const termOf = ({ text }: Token): Term => lexicon.termOf(text);

  const isOfficial = (id: string, key: string): boolean => {
    const service = index.services.get(id);
    return service !== undefined && keyOf(service.name.replace(/\(.*\)/, "")) === key;
  };

  /** What speaks for a name, and what is needed to be sure. */
  const weighName = ({ hit, words: count, key }: FoundName, { tokens, terms }: Words, at: number) => {
    const spread = count > 1 && !hit.apart && terms.slice(at, at + count).every(({ traits }) => traits.ordinary);
    // galaxy.click is an address, whatever its words mean.
    const isAddress = count > 1 && tokens.slice(at + 1, at + count).every(({ glued }) => glued);
    const everyday = count === 1 ? hit.everyday : (hit.everydayApart || spread) && !isAddress;
    const alone = count === tokens.length && isOfficial(hit.id, key);
    const evidence = (everyday || (hit.weak && !isAddress)) && !alone ? weigh(tokens, terms, at, at + count) : SURE;
    return { evidence, needed: hit.weak ? (everyday ? SURE_WEAK_EVERYDAY : SURE_WEAK) : SURE };
  };

  /** Whether a name starts within a group of words that means something else: "delete *a LINE* account", "*for you* tube". */
  const holdsName = ({ words, term }: Phrase, { tokens, terms }: Words, at: number): boolean => {
    for (let offset = 1; offset < words.length; offset += 1) {
      const start = at + offset;
      const name = names.longestFrom(tokens, terms, start);
      if (name === undefined || name.hit.weak) continue;
      const { hit, words: count } = name;
      if (count > 1 && hit.apart && offset + count > words.length) return true;
      if (term.sense.concepts.includes(idiom) && weigh(tokens, terms, start, start + count) > SURE) return true;
    }
    return false;
  };

  const phraseFrom = (words: Words, at: number): Phrase | undefined => {
    const phrase = longestPhrase(words, at);
    return phrase !== undefined && holdsName(phrase, words, at) ? undefined : phrase;
  };

  return {
    split(text) {
      const corrections: Correction[] = [];
      const typed = tokenize(text);
      const terms = typed.map(termOf);
      const tokens = repair?.(typed, terms, corrections) ?? typed;
      return { tokens, terms: tokens === typed ? terms : tokens.map(termOf), corrections };
    },

    read(words, bold = false) {
      const { tokens, terms } = words;
      const items: Item[] = [];
      const mentions: Mention[] = [];
      const isForeign = isSurelyForeign(terms);
      let doubtful = false;
      for (let at = 0; at < tokens.length; ) {
        const token = tokens[at];
        const term = terms[at];
        if (token === undefined || term === undefined) break;
        const { starts } = token;
        if (token.run) {
          at = readRun(tokens, at, lexicon, index, items, mentions);
          continue;
        }
        const phrase = phraseFrom(words, at);
        const phraseWords = phrase?.words.length ?? 0;
        const name = names.longestFrom(tokens, terms, at);
        if (name !== undefined && (name.words >= phraseWords || !(name.words === 1 && name.hit.everyday))) {
          const { hit, key, words: count } = name;
          const { evidence, needed } = weighName(name, words, at);
          // Several everyday words in a row are talk: to be real, I want out.
          const thinkable = !hit.weak && count === 1 && evidence >= THINKABLE;
          doubtful ||= thinkable && evidence < POSSIBLE;
          if (evidence >= needed || (!hit.weak && evidence >= POSSIBLE) || (bold && thinkable)) {
            mentions.push({ id: hit.id, at: items.length, sure: evidence >= needed, weak: hit.weak });
            const whole = count === 1 ? term : lexicon.termOf(key);
            items.push({ text: key, term: whole, sense: NO_SENSE, service: hit.id, starts });
            at += count;
            // The account in "google account" belongs to the name and is one all the same.
            const last = count > 1 ? terms[at - 1] : undefined;
            if (last?.traits.meaningful === true && last.sense.concepts.includes(account)) {
              const text = tokens[at - 1]?.text ?? "";
              items.push({ text, term: last, sense: last.sense, service: undefined, starts: false });
            }
            continue;
          }
        }
        if (phrase !== undefined) {
          const { text, term: whole } = phrase;
          items.push({ text, term: whole, sense: whole.sense, service: undefined, starts });
          at += phraseWords;
          continue;
        }
        const sense = (isForeign ? term.foreignSense : undefined) ?? term.sense;
        items.push({ text: token.text, term, sense, service: undefined, starts });
        at += 1;
      }
      return { words, items, mentions, doubtful };
    },
  };
}

function isSurelyForeign(terms: readonly Term[]): boolean {
  let foreign = 0;
  for (const term of terms) if (term.traits.foreign) foreign += 1;
  return foreign >= SURELY_FOREIGN;
}

function longestPhrase(words: Words, at: number): Phrase | undefined {
  const term = words.terms[at];
  const second = words.terms[at + 1];
  if (term === undefined || second === undefined) return undefined;
  const { phrases, seconds } = term;
  // Every word of a phrase has a record of its own, so comparing these compares words.
  for (let place = seconds.indexOf(second); place >= 0; place = seconds.indexOf(second, place + 1)) {
    const phrase = phrases[place];
    if (phrase !== undefined && goesOn(phrase, words, at)) return phrase;
  }
  return undefined;
}

/** Whether the words after the first of a phrase follow in a text, in one sentence. */
function goesOn(phrase: Phrase, { tokens, terms }: Words, at: number): boolean {
  for (let offset = 1; offset < phrase.words.length; offset += 1) {
    if (terms[at + offset] !== phrase.words[offset]) return false;
    const token = tokens[at + offset];
    if (token === undefined || (token.starts && !token.glued)) return false;
  }
  return true;
}
