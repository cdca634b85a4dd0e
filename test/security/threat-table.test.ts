/** SECURITY.md: each threat has a test, and the test is there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const rows = readFileSync(join(root, "SECURITY.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| threat") && !line.startsWith("| ---"))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, threat = "", , shownBy = ""]) => ({ threat, shownBy }));

describe("the threat table", () => {
  it("is not empty", () => {
    expect(rows.length).toBeGreaterThan(15);
  });

  it.each(rows)("names tests that there are: $threat", ({ shownBy }) => {
    const parts = shownBy.split(/, (?=\[)/);
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) {
      const [, file = "", titles = ""] = /^\[[\w-]+\]\(([\w./-]+)\)(?:: (.+))?$/.exec(part) ?? [];
      const source = readFileSync(join(root, file), "utf8");
      for (const title of titles.split(", ").filter((each) => each !== "")) expect(source).toContain(title);
    }
  });
});
