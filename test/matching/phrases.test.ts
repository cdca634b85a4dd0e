import { expect, test } from "vitest";
import { writeOut } from "../../src/matching/phrases.ts";

test("a phrase without choices is itself", () => {
  expect(writeOut("close my account")).toEqual(["close my account"]);
});

test("every choice comes up, an empty one too", () => {
  const written = writeOut("{delete|close|end} my {|old} account");
  expect(written).toHaveLength(3);
  for (const word of ["delete", "close", "end", "old"]) expect(written.join("\n")).toContain(word);
  expect(written.some((phrase) => !phrase.includes("old"))).toBe(true);
  expect(written.join("\n")).not.toMatch(/[{}|]| {2}/);
});
