/**
 * Every service that there is an entry for is found by all it is called, and by its name with a typing error; and names
 * of a large directory are found without taking anything away from the entries.
 */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { chooseServices, readNames } from "../../bench/matchers/services.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import type { Entry } from "../../src/knowledge/schema.ts";
import { createMatcher } from "../../src/matching/matcher.ts";
import { keyOf } from "../../src/matching/service-index.ts";
import { type Typo, typosOf } from "./typos.ts";

const SERVICES = 2600;
/** A copy of JustDeleteMe's directory, where it is at hand; else the names are made up. */
const DIRECTORY = fileURLToPath(new URL("../../../shared/data/justdeleteme-sites.json", import.meta.url));
/** Shorter names become other words by a single letter. */
const SHORTEST = 5;

const knowledge = loadKnowledge();
const entries = [...knowledge.entries.values()];
const matcher = createMatcher(knowledge);
const keys = entries.map((entry) => ({ id: entry.id, keys: callsOf(entry).map(keyOf) }));

describe("each service with an entry", () => {
  test("is found by its id, its name, every alias and every domain", () => {
    expect(notFound(entries, matcher.resolveService)).toEqual([]);
  });

  test("is found by name in a plain question, as it is written and in lower case", () => {
    const misread = entries.flatMap(({ id, name }) =>
      [name, name.toLowerCase()].flatMap((written) => {
        const text = `how do i delete my ${written} account`;
        const { kind, service, topic } = matcher.match({ text });
        return kind === "answer" && service === id && topic === "delete"
          ? []
          : [`${text}: ${kind} ${service} ${topic}`];
      }),
    );
    expect(misread).toEqual([]);
  });

  test("is found by its name with any one typing error, unless that is as near to another service", () => {
    const typos = allTypos();
    const missed = typos.filter(({ id, text }) => matcher.resolveService(text) !== id);
    const wrong = missed.filter((typo) => !isNearAnother(typo));
    expect(wrong.map(describeTypo), `${typos.length - missed.length} of ${typos.length} found`).toEqual([]);
    // Names that are one letter apart excuse a few misses, no more.
    expect(missed.length).toBeLessThan(typos.length / 100);
  });
});

describe(`with ${SERVICES} services`, () => {
  const { directory } = chooseServices(SERVICES, knowledge, [], readNames(DIRECTORY) ?? []);
  const large = createMatcher(knowledge, { directory });

  test("at least 97 of 100 names of the directory are found", () => {
    const missed = directory.filter(({ id, name }) => large.resolveService(name) !== id).map(({ name }) => name);
    const found = directory.length - missed.length;
    expect((found / directory.length) * 100, `not found: ${missed.join("; ")}`).toBeGreaterThanOrEqual(97);
  });

  test("the services with an entry are found by all that they are called", () => {
    expect(notFound(entries, large.resolveService)).toEqual([]);
  });
});

function callsOf({ id, name, aliases, domains }: Entry): string[] {
  return [id, name, ...aliases, ...domains];
}

function notFound(list: readonly Entry[], resolve: (text: string) => string | undefined): string[] {
  return list.flatMap((entry) =>
    callsOf(entry).flatMap((text) => {
      const found = resolve(text);
      return found === entry.id ? [] : [`${entry.id}: "${text}" is taken for ${found ?? "none"}`];
    }),
  );
}

type NamedTypo = Typo & { readonly id: string };

function allTypos(): NamedTypo[] {
  return entries
    .filter(({ name }) => keyOf(name).length >= SHORTEST)
    .flatMap(({ id, name }) => typosOf(name).map((typo) => ({ ...typo, id })));
}

/** Whether a text is, but for one letter at most, what another service is called. */
function isNearAnother({ id, text }: NamedTypo): boolean {
  const key = keyOf(text);
  return keys.some((other) => other.id !== id && other.keys.some((call) => areNear(key, call)));
}

function areNear(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const swapped = left.length === 2 && left === [...right].reverse().join("");
  return swapped || (left.length <= 1 && right.length <= 1);
}

function describeTypo({ id, text, kind }: NamedTypo): string {
  return `"${text}" (${id}, ${kind}) is taken for ${matcher.resolveService(text) ?? "none"}`;
}
