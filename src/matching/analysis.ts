/**
 * Reads a text: repairs its words, finds the services it names and the concepts it speaks of.
 */
import type { WordsFile } from "../knowledge/topics-schema.ts";
import { conceptsOf, type Lexicon, type Phrase } from "./lexicon.ts";
import { createNameScale, isNumber, isOrdinary } from "./name-evidence.ts";
import { type Token, tokenize } from "./normalise.ts";
import { createRepairer, respell } from "./repair.ts";
import { keyOf, MAX_NAME_WORDS, type NameHit, type ServiceIndex } from "./service-index.ts";
import type { Symbols } from "./symbols.ts";

/** A word or a group of words that means something, or a service's name. */
export interface Item {
  readonly text: string;
  readonly concepts: readonly number[];
  /** The service's id where this is a name. */
  readonly service: string | undefined;
  /** Whether a sentence starts here. */
  readonly starts: boolean;
}

/** A service that the text names. */
export interface Mention {
  readonly id: string;
  /** Position among the items. */
  readonly at: number;
  /** false where the name is an everyday word and little speaks for the service. */
  readonly sure: boolean;
  readonly weak: boolean;
}

/** A word that was read as another. */
interface Correction {
  readonly from: string;
  readonly to: string;
}

export interface Analysis {
  readonly items: readonly Item[];
  readonly mentions: readonly Mention[];
  readonly corrections: readonly Correction[];
  /** The words as read, after repair. */
  readonly words: readonly string[];
  /** Whether there are everyday words that a bold reader takes for names. */
  readonly doubtful: boolean;
}

/**
 * @param bold - whether everyday words that little speaks for count as names, too
 */
export type Analyse = (text: string, bold?: boolean) => Analysis;

/** Evidence from which on an everyday word is surely a service's name, and from which on it may be one. */
const SURE = 1.5;
const POSSIBLE = 1;
/** … and from which on a bold reader takes it for one: where it starts the text, or has a capital. */
const THINKABLE = -0.5;
/** What an everyday word must show to count as a service of which only the name is known. */
const SURE_WEAK_EVERYDAY = 3;
const SURE_WEAK = 1;

/** Shortest name that may stand without its last s. */
const SHORTEST_CUT_NAME = 5;

/** So many words of other languages show that a text is in one. */
const SURELY_FOREIGN = 2;

/** Repairs beyond this many are left out, so that a long text of unknown words stays quick. */
const MAX_REPAIRS = 24;
/** Below this share of known words a text is in no language that could be repaired. */
const REPAIRABLE_SHARE = 0.4;

/**
 * Makes the function that reads texts.
 */
export function createAnalyser(
  lexicon: Lexicon,
  symbols: Symbols,
  index: ServiceIndex,
  names: WordsFile["names"],
  { repairs }: { readonly repairs: boolean },
): Analyse {
  const account = symbols.concept("account");
  const idiom = symbols.concept("idiom");
  const weigh = createNameScale(lexicon, symbols, names);
  const partsOfNames = collectWords([...index.services.values()].flatMap(({ name, aliases }) => [name, ...aliases]));
  const partsOfPhrases = new Set([...lexicon.phrases.values()].flatMap((list) => list.flatMap(({ words }) => words)));

  const isKnown = (word: string): boolean =>
    lexicon.words.has(word) ||
    lexicon.isCommon(word) ||
    conceptsOf(lexicon, word) !== undefined ||
    index.names.has(word) ||
    partsOfPhrases.has(word) ||
    partsOfNames.has(word) ||
    isNumber(word);

  const wellKnownNames = [...index.names].filter(([key, hit]) => !hit.everyday && !hit.weak && key.length >= 5);
  const listNames = (): string[] => wellKnownNames.map(([key]) => key);
  const listEnglish = (): string[] => [...lexicon.words.keys()].filter((word) => !lexicon.foreign.has(word));
  const anyRepairer = createRepairer(() => [...listEnglish(), ...listNames()]);
  // A word of another language is no misspelt English one.
  const nameRepairer = createRepairer(listNames);

  /** A name written with a plural or genitive s, or none. */
  const lookUp = (key: string, token: Token): NameHit | undefined => {
    const hit = index.names.get(key);
    if (hit !== undefined) return hit;
    if (token.possessive || (key.length > 5 && key.endsWith("s"))) return plain(index.names.get(key.slice(0, -1)));
    // One thread for Threads: only beside a word that shows it is the name.
    const whole = key.length >= SHORTEST_CUT_NAME ? index.names.get(`${key}s`) : undefined;
    if (whole?.everyday === true && isOrdinary(lexicon, key)) return whole;
    return key.endsWith("+") ? index.names.get(key.slice(0, -1)) : undefined;
  };

  const isOfficial = (id: string, key: string): boolean => {
    const service = index.services.get(id);
    return service !== undefined && keyOf(service.name.replace(/\(.*\)/, "")) === key;
  };

  /** Cuts a word that nothing knows into a name and a word: deletetiktok, tiktokaccount. */
  const cut = (word: string, marked: boolean): [string, string] | undefined => {
    if (word.length < 6 || word.length > 32) return undefined;
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
    word.length >= 3 ? lexicon.words.has(word) : word === "my" || word === "id";

  const repairTokens = (tokens: Token[], corrections: Correction[]): Token[] => {
    let unknown = 0;
    for (const { text, run } of tokens) if (!run && !isKnown(text)) unknown += 1;
    if (unknown === 0) return tokens;
    const isForeign = tokens.some(({ text, run }) => run || lexicon.foreign.has(text));
    const repairer = isForeign ? nameRepairer : anyRepairer;
    const repairable = tokens.length - unknown >= tokens.length * REPAIRABLE_SHARE || tokens.length <= 3;
    const repaired: Token[] = [];
    let tries = 0;
    for (const token of tokens) {
      const { text } = token;
      if (token.run || isKnown(text)) {
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
      const named = lookUp(text, token) !== undefined;
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

  /** Whether a name starts within a group of words that means something else: "delete *a LINE* account", "*for you* tube". */
  const holdsName = (tokens: readonly Token[], at: number, { words, concepts }: Phrase): boolean => {
    for (let offset = 1; offset < words.length; offset += 1) {
      const start = at + offset;
      const name = longestName(tokens, start, lookUp);
      if (name === undefined || name.hit.weak) continue;
      const { hit, words: count } = name;
      if (count > 1 && hit.apart && offset + count > words.length) return true;
      if (concepts.includes(idiom) && weigh(tokens, start, start + count) > SURE) return true;
    }
    return false;
  };

  return (text, bold = false) => {
    const corrections: Correction[] = [];
    const typed = tokenize(text);
    const tokens = repairs ? repairTokens(typed, corrections) : typed;
    const items: Item[] = [];
    const mentions: Mention[] = [];
    const isForeign = tokens.filter((token) => lexicon.foreign.has(token.text)).length >= SURELY_FOREIGN;
    let doubtful = false;
    let at = 0;
    while (at < tokens.length) {
      const token = tokens[at];
      if (token === undefined) break;
      if (token.run) {
        at = readRun(tokens, at, lexicon, index, items, mentions);
        continue;
      }
      const found = longestPhrase(lexicon, tokens, at);
      const phrase = found !== undefined && holdsName(tokens, at, found) ? undefined : found;
      const name = longestName(tokens, at, lookUp);
      const phraseWords = phrase?.words.length ?? 0;
      if (name !== undefined && (name.words >= phraseWords || !(name.words === 1 && name.hit.everyday))) {
        const spread =
          name.words > 1 &&
          !name.hit.apart &&
          tokens.slice(at, at + name.words).every(({ text: word }) => isOrdinary(lexicon, word));
        const everyday = name.words === 1 ? name.hit.everyday : name.hit.everydayApart || spread;
        const alone = name.words === tokens.length && isOfficial(name.hit.id, name.key);
        const evidence = (everyday || name.hit.weak) && !alone ? weigh(tokens, at, at + name.words) : SURE;
        const needed = name.hit.weak ? (everyday ? SURE_WEAK_EVERYDAY : SURE_WEAK) : SURE;
        // Several everyday words in a row are talk: to be real, I want out.
        const thinkable = !name.hit.weak && name.words === 1 && evidence >= THINKABLE;
        doubtful ||= thinkable && evidence < POSSIBLE;
        if (evidence >= needed || (!name.hit.weak && evidence >= POSSIBLE) || (bold && thinkable)) {
          mentions.push({ id: name.hit.id, at: items.length, sure: evidence >= needed, weak: name.hit.weak });
          items.push({ text: name.key, concepts: [], service: name.hit.id, starts: token.starts });
          at += name.words;
          // The account in "google account" belongs to the name and is one all the same.
          const last = name.words > 1 ? tokens[at - 1] : undefined;
          const concepts = last === undefined ? undefined : lexicon.words.get(last.text);
          if (last !== undefined && concepts?.includes(account) === true) {
            items.push({ text: last.text, concepts, service: undefined, starts: false });
          }
          continue;
        }
      }
      if (phrase !== undefined) {
        items.push({
          text: phrase.words.join(" "),
          concepts: phrase.concepts,
          service: undefined,
          starts: token.starts,
        });
        at += phraseWords;
        continue;
      }
      const concepts =
        (isForeign ? lexicon.foreignSenses.get(token.text) : undefined) ?? conceptsOf(lexicon, token.text) ?? [];
      items.push({ text: token.text, concepts, service: undefined, starts: token.starts });
      at += 1;
    }
    return { items, mentions, corrections, words: tokens.map(({ text: word }) => word), doubtful };
  };
}

function plain(hit: NameHit | undefined): NameHit | undefined {
  return hit === undefined || hit.everyday || hit.weak ? undefined : hit;
}

function collectWords(names: readonly string[]): Set<string> {
  const words = new Set<string>();
  for (const name of names) {
    const tokens = tokenize(name);
    if (tokens.length > 1) for (const { text } of tokens) words.add(text);
  }
  return words;
}

function longestPhrase(lexicon: Lexicon, tokens: readonly Token[], at: number) {
  const first = tokens[at];
  if (first === undefined) return undefined;
  const known = lexicon.phrases.get(first.text);
  if (known === undefined) return undefined;
  return known.find(({ words }) =>
    words.every((word, offset) => {
      const token = tokens[at + offset];
      return token !== undefined && token.text === word && (offset === 0 || !token.starts || token.glued);
    }),
  );
}

function longestName(
  tokens: readonly Token[],
  at: number,
  lookUp: (key: string, token: Token) => NameHit | undefined,
): { readonly hit: NameHit; readonly words: number; readonly key: string } | undefined {
  let key = "";
  let best: { hit: NameHit; words: number; key: string } | undefined;
  for (let offset = 0; offset < MAX_NAME_WORDS; offset += 1) {
    const token = tokens[at + offset];
    if (token === undefined || token.run || (offset > 0 && token.starts && !token.glued)) break;
    key += token.text;
    if (key.length > 40) break;
    const hit = lookUp(key, token);
    if (hit !== undefined) best = { hit, words: offset + 1, key };
  }
  return best;
}

/** Finds known words and names anywhere in runs of letters, the longest first. */
function readRun(
  tokens: readonly Token[],
  from: number,
  lexicon: Lexicon,
  index: ServiceIndex,
  items: Item[],
  mentions: Mention[],
): number {
  let end = from;
  let run = "";
  let next = tokens[end];
  const starts = next?.starts === true;
  while (next?.run === true && (end === from || !next.starts)) {
    run += next.text;
    end += 1;
    next = tokens[end];
  }
  let first = starts;
  for (let at = 0; at < run.length; ) {
    let step = 1;
    const start = run.charAt(at);
    const longest = Math.max(lexicon.runLengths.get(start) ?? 0, index.runLengths.get(start) ?? 0);
    for (let length = Math.min(longest, run.length - at); length >= 1; length -= 1) {
      const part = run.slice(at, at + length);
      const hit = index.runs.get(part);
      const concepts = lexicon.runs.get(part);
      if (hit === undefined && concepts === undefined) continue;
      if (hit !== undefined) mentions.push({ id: hit.id, at: items.length, sure: true, weak: hit.weak });
      items.push({ text: part, concepts: hit === undefined ? (concepts ?? []) : [], service: hit?.id, starts: first });
      first = false;
      step = length;
      break;
    }
    at += step;
  }
  return end;
}
