/**
 * Finds services by the names that people use for them. Look-up is by hash, so that the number of services costs
 * nothing.
 */
import { CATEGORIES, type Entry } from "../knowledge/schema.ts";
import type { WordsFile } from "../knowledge/topics-schema.ts";
import { type Lexicon, lengthsByStart, type Traits } from "./lexicon.ts";
import { fold, tokenize } from "./normalise.ts";

/** What the index needs to know of a service, wherever it comes from. */
export interface NamedService {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly domains: readonly string[];
  /** Those of its names that are common words: they count only beside other evidence. */
  readonly everydayWords: readonly string[];
  /** 1 to 5, 5 = nearly everyone has an account. */
  readonly popularity: number;
  /** Where its category stands among all, 0 = first: of equally popular services that one is shown first. */
  readonly rank?: number;
  /** Whether little is known of it: its names need more evidence than those of a service with an entry. */
  readonly weak?: boolean;
}

/** A service that a name stands for. */
export interface NameHit {
  readonly id: string;
  /** Whether it is a common word where it is written as one word, or as common words where as several. */
  readonly everyday: boolean;
  readonly everydayApart: boolean;
  /** Whether it is known to be written as several words, and these are no everyday talk: Epic Games. */
  readonly apart: boolean;
  readonly weak: boolean;
  readonly popularity: number;
}

export interface ServiceIndex {
  /** The service that a key stands for; a key is a name's words in lower case, written together. */
  readonly names: ReadonlyMap<string, NameHit>;
  /** Names in scripts without spaces, looked up anywhere in a run of letters. */
  readonly runs: ReadonlyMap<string, NameHit>;
  readonly runLengths: ReadonlyMap<string, number>;
  readonly services: ReadonlyMap<string, NamedService>;
}

/** Longest name in words. */
export const MAX_NAME_WORDS = 4;
// A name of one or two letters is hardly ever meant where it stands alone.
const SHORT_NAME = 2;

/** What the index needs of an entry. */
export function namedServiceOf(entry: Entry): NamedService {
  const { id, name, aliases, domains, everydayWords, popularity, category } = entry;
  return { id, name, aliases, domains, everydayWords, popularity, rank: CATEGORIES.indexOf(category) };
}

/** Key of a name: its words in lower case, written together. */
export function keyOf(name: string): string {
  return tokenize(name)
    .map(({ text }) => text)
    .join("");
}

/**
 * Builds the index.
 *
 * @param services - from entries and from anywhere else
 * @param lexicon - a name that is a word of it is an everyday word
 * @param names - how talk shortens official names
 */
export function createServiceIndex(
  services: Iterable<NamedService>,
  lexicon: Lexicon,
  names: WordsFile["names"],
): ServiceIndex {
  const byKey = new Map<string, NameHit>();
  const runs = new Map<string, NameHit>();
  const byId = new Map<string, NamedService>();
  const dropped = new Set(names.dropped.map(fold));
  for (const service of services) {
    byId.set(service.id, service);
    const everyday = new Set(service.everydayWords.filter((word) => tokenize(word).length === 1).map(keyOf));
    const everydayApart = new Set(service.everydayWords.filter((word) => tokenize(word).length > 1).map(keyOf));
    const weak = service.weak === true;
    for (const name of namesOf(service, dropped)) {
      const tokens = tokenize(name);
      const key = tokens.map(({ text }) => text).join("");
      if (key === "") continue;
      const ordinary =
        key.length <= SHORT_NAME || tokens.every(({ text }) => isOrdinary(lexicon.termOf(text).traits, weak));
      const hit = {
        id: service.id,
        everyday: everyday.has(key) || (ordinary && tokens.length === 1),
        everydayApart: everydayApart.has(key) || (weak && ordinary && tokens.length > 1),
        apart: !weak && tokens.length > 1 && !everydayApart.has(key),
        weak,
        popularity: service.popularity,
      };
      const into = tokens.every(({ run }) => run) ? runs : byKey;
      const known = into.get(key);
      if (known === undefined || precedes(hit, known)) into.set(key, hit);
      // PlayStation is written play station, too.
      else if (hit.apart && known.id === hit.id && !known.apart) into.set(key, { ...known, apart: true });
    }
  }
  return {
    names: byKey,
    runs,
    runLengths: lengthsByStart(runs.keys()),
    services: byId,
  };
}

/** Whether a word has a meaning of its own beside being a name; of a little known service any frequent word does. */
function isOrdinary({ everyday, meaningful, ordinary }: Traits, weak: boolean): boolean {
  return everyday || meaningful || (weak && ordinary);
}

function precedes(hit: NameHit, known: NameHit): boolean {
  if (hit.weak !== known.weak) return known.weak;
  return hit.id !== known.id && hit.popularity > known.popularity;
}

/** A service's names: official, without what talk leaves out, aliases, domains. */
export function namesOf(service: NamedService, dropped: ReadonlySet<string>): Set<string> {
  const all = new Set<string>([service.id.replaceAll("-", " "), ...service.aliases, ...service.domains]);
  const parts = service.name.split(/[()]/).map((part) => part.trim());
  for (const part of [service.name, ...parts]) {
    if (part === "") continue;
    all.add(part);
    if (part.endsWith("+")) all.add(part.slice(0, -1));
    const kept = part.split(/\s+/).filter((word) => !dropped.has(fold(word)));
    if (kept.length > 0) all.add(kept.join(" "));
  }
  return all;
}
