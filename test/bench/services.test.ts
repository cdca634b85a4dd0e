import { describe, expect, test } from "vitest";
import { chooseServices, makeNames, readNames } from "../../bench/matchers/services.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";

const knowledge = loadKnowledge();

describe("the services known in a run", () => {
  test("are as many as asked for, entries first", () => {
    for (const count of [1, 5, knowledge.entries.size, knowledge.entries.size + 7]) {
      const services = chooseServices(count, knowledge, [], ["Somewhere Else"]);
      const entries = services.knowledge.entries.size;
      expect(entries).toBe(Math.min(count, knowledge.entries.size));
      expect(entries + services.directory.length).toBe(count);
    }
  });

  test("take names of the directory before made-up ones, and none that an entry has", () => {
    const [entry] = knowledge.entries.values();
    const known = [entry?.name ?? "", entry?.name.toUpperCase() ?? "", "Somewhere Else"];
    const { directory } = chooseServices(knowledge.entries.size + 3, knowledge, [], known);
    expect(directory.map(({ name }) => name).filter((name) => known.includes(name))).toEqual(["Somewhere Else"]);
  });

  test("have ids of their own", () => {
    const { directory } = chooseServices(2600, knowledge, [], []);
    expect(new Set(directory.map(({ id }) => id)).size).toBe(directory.length);
  });

  test("get the same made-up names each time, none twice", () => {
    const names = makeNames(500);
    expect(makeNames(500)).toEqual(names);
    expect(new Set(names).size).toBe(500);
  });

  test("do without a directory that is not there, but not with a broken one", () => {
    expect(readNames("test/bench/nowhere.json")).toBeUndefined();
    expect(() => readNames("package.json")).toThrow(/^package\.json: .* expected JustDeleteMe's/);
    expect(() => readNames("README.md")).toThrow(/^README\.md: /);
  });
});
