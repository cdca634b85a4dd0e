import { describe, expect, test } from "vitest";
import { createRepairer, respell } from "../../src/matching/repair.ts";

const repairer = createRepairer(() => ["delete", "account", "password", "deactivate", "snapchat", "message", "mail"]);

describe("repair", () => {
  test.each([
    ["two letters swapped", "delte", "delete"],
    ["a letter missing", "acount", "account"],
    ["a letter too many", "passsword", "password"],
    ["a wrong letter", "deactuvate", "deactivate"],
    ["a name", "snpchat", "snapchat"],
  ])("%s: %s is meant as %s", (_name, typed, meant) => {
    expect(repairer.repair(typed)).toBe(meant);
  });

  test.each(["pemain", "cat", "elephant", "x".repeat(100), ""])("%s stays as it is", (word) => {
    expect(repairer.repair(word)).toBeUndefined();
  });
});

test("respell offers a word without doubled letters, and letters for digits", () => {
  expect(respell("deleeete")).toContain("delete");
  expect(respell("acc0unt")).toContain("account");
  expect(respell("de1ete")).toContain("delete");
  expect(respell("delete")).toEqual([]);
});
