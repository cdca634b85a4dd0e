/** Chooses the services that are known in a run: some of the entries, all of them, or with them a directory of names. */
import { readFileSync } from "node:fs";
import { importDirectory } from "../../src/knowledge/import-directory.ts";
import type { Knowledge } from "../../src/knowledge/load.ts";
import type { NamedService } from "../../src/matching/service-index.ts";
import type { LabelledQuestion } from "../eval/questions.ts";
import { createRandom } from "../random.ts";

/** What is known in a run. */
export interface KnownServices {
  /** With no more entries than there are services. */
  readonly knowledge: Knowledge;
  readonly directory: readonly NamedService[];
}

/** Thrown where the directory's file cannot be used; the message is one clear line. */
export class DirectoryError extends Error {
  override readonly name = "DirectoryError";
}

/**
 * Chooses so many services: the entries that most questions name, best known ones first among equals; beyond all entries
 * the names of the directory; beyond these made-up ones.
 *
 * @param count - how many, at least 1
 * @param names - of the directory
 */
export function chooseServices(
  count: number,
  knowledge: Knowledge,
  questions: readonly LabelledQuestion[],
  names: readonly string[],
): KnownServices {
  const named = new Map<string, number>();
  for (const { service } of questions) if (service !== null) named.set(service, (named.get(service) ?? 0) + 1);
  const ranked = [...knowledge.entries.values()].sort(
    (a, b) => (named.get(b.id) ?? 0) - (named.get(a.id) ?? 0) || b.popularity - a.popularity || (a.id < b.id ? -1 : 1),
  );
  const entries = ranked.slice(0, count);
  const covered = new Set(entries.flatMap(({ name, aliases }) => [name, ...aliases]).map((name) => name.toLowerCase()));
  const directory = [...new Set([...names, ...makeNames(count)])]
    .filter((name) => !covered.has(name.toLowerCase()))
    .slice(0, count - entries.length)
    .map(toNamedService);
  return { knowledge: { ...knowledge, entries: new Map(entries.map((entry) => [entry.id, entry])) }, directory };
}

function toNamedService(name: string, index: number): NamedService {
  return { id: `name-${index}.example`, name, aliases: [], domains: [], everydayWords: [], popularity: 1, weak: true };
}

/**
 * The names in JustDeleteMe's `sites.json`.
 *
 * @returns undefined where there is no such file
 * @throws {DirectoryError} where it is something else
 */
export function readNames(file: string): string[] | undefined {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, "utf8"));
    return importDirectory(data).directory.listings.map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new DirectoryError(`${file}: ${(error as Error).message}; expected JustDeleteMe's _data/sites.json`);
  }
}

/** Of 100 names in JustDeleteMe's directory so many have one word, two, three. */
const WORDS = [79, 14, 7];
/** Of 100 words in them so many have two letters, three, four … */
const LETTERS = [4, 6, 9, 13, 15, 16, 12, 10, 7, 4, 2, 2];
const SHORTEST = 2;
const CONSONANTS = "bcdfghjklmnprstvwyz";
const VOWELS = "aeiou";
const NAMES_SEED = 7;

/** Names that nobody has, as long as real ones are; the same each time. */
export function makeNames(count: number): string[] {
  const random = createRandom(NAMES_SEED);
  const choose = (weights: readonly number[]): number => {
    let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
    const at = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return Math.max(0, at);
  };
  const letterOf = (letters: string): string => letters.charAt(Math.floor(random() * letters.length));
  const makeWord = (): string => {
    const length = choose(LETTERS) + SHORTEST;
    const word = Array.from({ length }, (_, at) => letterOf(at % 2 === 0 ? CONSONANTS : VOWELS)).join("");
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  const names = new Set<string>();
  while (names.size < count) names.add(Array.from({ length: choose(WORDS) + 1 }, makeWord).join(" "));
  return [...names];
}
