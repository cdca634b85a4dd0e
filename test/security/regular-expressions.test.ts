/** No regular expression can be made to run away by what people write. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { checkSync } from "recheck";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
// The page runs in the browser of whoever opens it, on what that person writes.
const PAGE = join("local", "page");

interface Literal {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

function literalsIn(file: string): Literal[] {
  const literals: Literal[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("regex" in node && typeof node.regex === "object" && node.regex !== null) {
      literals.push({ file, ...(node.regex as Omit<Literal, "file">) });
      return;
    }
    for (const part of Object.values(node)) visit(part);
  };
  visit(parseSync(file, readFileSync(join(root, file), "utf8")).program);
  return literals;
}

const literals = ["src", "commands"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.startsWith(PAGE))
    .flatMap((name) => literalsIn(join(folder, name))),
);

/** How the time it takes grows with the text's length, at worst: by proof where there is one, else by search. */
function growthOf({ pattern, flags }: Literal): { type: string; degree: number } {
  const proof = checkSync(pattern, flags, { checker: "automaton", timeout: 5000 });
  // Look-behind and back-references are beyond the proof; so is what takes it too long.
  const result = proof.status === "unknown" ? checkSync(pattern, flags, { checker: "fuzz", timeout: 5000 }) : proof;
  const complexity = result.status === "unknown" ? undefined : result.complexity;
  return { type: complexity?.type ?? "unknown", degree: complexity?.type === "polynomial" ? complexity.degree : 1 };
}

describe("a regular expression", () => {
  it("is found in the program at all", () => {
    expect(literals.length).toBeGreaterThan(50);
    expect(growthOf({ file: "", pattern: "^(a+)+$", flags: "" }).type).toBe("exponential");
  });

  // Texts are 6,000 characters long at most: the square of that takes some hundredths of a second, its cube minutes.
  it.each(literals)(
    "of $file takes at most the square of a text's length: /$pattern/$flags",
    { timeout: 30_000 },
    (literal) => {
      const { type, degree } = growthOf(literal);
      expect(["safe", "linear", "polynomial"]).toContain(type);
      expect(degree).toBeLessThanOrEqual(2);
    },
  );
});
