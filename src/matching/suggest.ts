/**
 * Names of services in a field of their own: completion while somebody types, and what a finished text means.
 */
import type { ServiceSuggestion } from "./match.ts";
import { fold } from "./normalise.ts";
import { createRepairer } from "./repair.ts";
import { keyOf, namesOf, type ServiceIndex } from "./service-index.ts";

interface Searched {
  readonly id: string;
  readonly name: string;
  readonly popularity: number;
  readonly rank: number;
  readonly weak: boolean;
  readonly own: string;
  readonly keys: readonly string[];
  readonly words: readonly string[];
}

export interface Suggester {
  resolveService(text: string): string | undefined;
  suggestServices(text: string, limit: number): ServiceSuggestion[];
}

const EXACT = 6;
const ALIAS = 5;
const NAME_PREFIX = 4;
const ALIAS_PREFIX = 3;
const WORD_PREFIX = 2;
const ADDRESS = /^[^\s/?#]+\.[^\s/?#]+[/?#]/;
const NONE: ReadonlySet<string> = new Set();

/** Makes completion over all services of an index. */
export function createSuggester(index: ServiceIndex): Suggester {
  const searched: Searched[] = [];
  const byKey = new Map<string, string>();
  for (const service of index.services.values()) {
    const names = [...namesOf(service, NONE)];
    const keys = [...new Set(names.map(keyOf))];
    searched.push({
      id: service.id,
      name: service.name,
      popularity: service.popularity,
      rank: service.rank ?? Number.POSITIVE_INFINITY,
      weak: service.weak === true,
      own: keyOf(service.name),
      keys,
      words: names.flatMap((name) => fold(name).split(/[^\p{L}\p{N}+]+/u)).filter((word) => word !== ""),
    });
  }
  searched.sort(
    (a, b) =>
      Number(a.weak) - Number(b.weak) ||
      b.popularity - a.popularity ||
      compare(a.rank, b.rank) ||
      compare(a.name, b.name),
  );
  for (const { keys, id } of searched) for (const key of keys) if (!byKey.has(key)) byKey.set(key, id);
  for (const { id } of searched) byKey.set(keyOf(id), id);
  // A nickname that is an everyday word has its near misses among other words and names: it is taken to the letter only.
  const nicknames = new Set<string>();
  for (const service of index.services.values()) {
    for (const word of service.everydayWords) if (keyOf(word) !== keyOf(service.name)) nicknames.add(keyOf(word));
  }
  const isWellKnown = (key: string): boolean => index.services.get(byKey.get(key) ?? "")?.weak !== true;
  const repairer = createRepairer(() => [...byKey.keys()].filter((key) => !nicknames.has(key)), {
    firstLetter: true,
    isLikelier: isWellKnown,
  });

  // Only an address ends where its path begins: AOL / Instant Messenger is a name.
  const hostOf = (text: string): string => {
    const bare = text.replace(/^https?:\/\//i, "").replace(/^www\./i, "");
    return ADDRESS.test(bare) ? bare.replace(/[/?#].*$/, "") : bare;
  };
  const resolve = (text: string): string | undefined => {
    const key = keyOf(hostOf(text.trim()));
    if (key === "" || key.length > 60) return undefined;
    const exact = byKey.get(key);
    if (exact !== undefined) return exact;
    const meant = repairer.repair(key);
    return meant === undefined ? undefined : byKey.get(meant);
  };

  const rankOf = (service: Searched, key: string): number => {
    if (service.own === key) return EXACT;
    if (service.keys.includes(key)) return ALIAS;
    if (service.own.startsWith(key)) return NAME_PREFIX;
    if (service.keys.some((name) => name.startsWith(key))) return ALIAS_PREFIX;
    return service.words.some((word) => word.startsWith(key)) ? WORD_PREFIX : 0;
  };

  return {
    resolveService: resolve,
    suggestServices(text, limit) {
      const key = keyOf(hostOf(text.trim().slice(0, 100)));
      if (key === "") return searched.slice(0, limit).map(({ id, name }) => ({ id, name }));
      const ranked: { readonly service: Searched; readonly order: number; readonly rank: number }[] = [];
      for (const [order, service] of searched.entries()) {
        const rank = rankOf(service, key);
        if (rank > 0) ranked.push({ service, order, rank });
      }
      // What begins a name is unfinished; only what begins none is mistyped.
      const meant = ranked.length === 0 ? resolve(text) : undefined;
      if (meant !== undefined) return searched.filter(({ id }) => id === meant).map(({ id, name }) => ({ id, name }));
      return ranked
        .sort((a, b) => b.rank - a.rank || a.order - b.order)
        .slice(0, limit)
        .map(({ service: { id, name } }) => ({ id, name }));
    },
  };
}

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
