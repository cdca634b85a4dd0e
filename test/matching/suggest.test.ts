import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { CATEGORIES } from "../../src/knowledge/schema.ts";
import { createMatcher } from "../../src/matching/matcher.ts";
import type { NamedService } from "../../src/matching/service-index.ts";

const { entries } = loadKnowledge();
const matcher = createMatcher(loadKnowledge());
const idsOf = (text: string, limit = 25): string[] => matcher.suggestServices(text, limit).map(({ id }) => id);

/** The name with two letters in the middle swapped: the commonest slip. */
function slip(name: string): string {
  const at = Math.floor(name.length / 2);
  return name.slice(0, at - 1) + name.charAt(at) + name.charAt(at - 1) + name.slice(at + 1);
}

describe.each([...entries.values()].map((entry) => [entry.id, entry] as const))("%s", (id, entry) => {
  test("is found by id, name and domain", () => {
    for (const text of [
      id,
      entry.name,
      entry.name.toUpperCase(),
      ...entry.domains,
      `https://www.${entry.domains[0]}/x`,
    ]) {
      expect(matcher.resolveService(text), text).toBe(id);
    }
    expect(idsOf(entry.name)[0]).toBe(id);
  });

  test("is found by each alias, unless a better known service has it too", () => {
    for (const alias of entry.aliases) {
      const found = matcher.resolveService(alias);
      const popularity = found === undefined ? 0 : (entries.get(found)?.popularity ?? 0);
      if (found !== id) expect(popularity, alias).toBeGreaterThanOrEqual(entry.popularity);
      expect(idsOf(alias), alias).toContain(id);
    }
  });

  test("is found with one slip, if its name is long enough to be recognized", () => {
    const plain = entry.name.replace(/ \(.*\)$/, "").toLowerCase();
    if (plain.length >= 5) expect(matcher.resolveService(slip(plain)), slip(plain)).toBe(id);
  });
});

describe("suggestions", () => {
  test("an exact name comes before longer ones, beginnings before words inside", () => {
    expect(idsOf("x")[0]).toBe("x");
    expect(idsOf("face")[0]).toBe("facebook");
  });

  test("nothing typed offers the best known ones, as many as wanted", () => {
    expect(idsOf("", 10)).toHaveLength(10);
    for (const id of idsOf("", 10)) expect(entries.get(id)?.popularity).toBe(5);
  });

  test("of equally known ones social and messaging services come first, as the categories stand", () => {
    const order = idsOf("", 25).map((id) => {
      const entry = entries.get(id);
      return entry === undefined ? [0, 0] : [-entry.popularity, CATEGORIES.indexOf(entry.category)];
    });
    const sorted = [...order].sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);
    expect(order).toEqual(sorted);
  });

  test("a misspelt name is rather that of a service with an entry than of one in the directory", () => {
    const directory = [listed("spotlfy.example", "Spotlfy"), listed("reedit.example", "Reedit")];
    const large = createMatcher(loadKnowledge(), { directory });
    expect(large.resolveService("spotfy")).toBe("spotify");
    expect(large.resolveService("redditt")).toBe("reddit");
    expect(large.resolveService("Reedit")).toBe("reedit.example");
  });

  test("a name may hold a slash; only an address ends there", () => {
    const large = createMatcher(loadKnowledge(), { directory: [listed("ink.example", "Ink / Paper Club")] });
    expect(large.resolveService("Ink / Paper Club")).toBe("ink.example");
    expect(large.resolveService("tiktok.com/@someone?lang=en")).toBe("tiktok");
    expect(large.resolveService("https://www.reddit.com/r/all")).toBe("reddit");
  });

  test("what nothing resembles finds nothing", () => {
    expect(matcher.resolveService("qqqqqqqq")).toBeUndefined();
    expect(idsOf("qqqqqqqq")).toEqual([]);
    expect(matcher.resolveService("how do i delete my account")).toBeUndefined();
  });
});

function listed(id: string, name: string): NamedService {
  return { id, name, aliases: [], domains: [id], everydayWords: [], popularity: 1, weak: true };
}
