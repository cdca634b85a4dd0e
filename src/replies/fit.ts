import type { Part } from "../answers/answer.ts";
import { type Allowance, partText } from "./part-text.ts";

const ALL = Number.MAX_SAFE_INTEGER;

/**
 * Renders an answer's parts so that together they are at most `budget` characters long. Whole items are left out, never
 * the end of a sentence: first steps' long notes, then the last items of the longest lists, then menu paths and
 * needs, and only when nothing else is left the last steps, which the reply then shows one by one.
 *
 * @param name - of the service, or empty
 * @returns a text for each part, in order; the same number as there are parts
 */
export function fitParts(parts: readonly Part[], name: string, budget: number, noteLength: number): string[] {
  let allowances = parts.map((): Allowance => ({ items: ALL, noteLength, paths: true, needs: true }));
  for (;;) {
    const texts = parts.map((part, at) => partText(part, name, allowances[at] ?? NOTHING));
    const lengths = texts.map((text) => text.length);
    if (sum(lengths) <= budget) return texts;
    const less = reduce(parts, allowances, lengths);
    // Leads and paths cannot be shortened; the schema keeps both far below the budget.
    if (!less) return texts;
    allowances = less;
  }
}

const NOTHING: Allowance = { items: 0, noteLength: 0, paths: false, needs: false };

function reduce(
  parts: readonly Part[],
  allowances: readonly Allowance[],
  lengths: readonly number[],
): Allowance[] | undefined {
  if (allowances.some(({ noteLength }) => noteLength > 0)) {
    return allowances.map((allowance) => ({ ...allowance, noteLength: 0 }));
  }
  const longest = (kinds: (kind: Part["kind"]) => boolean): number => {
    let found = -1;
    parts.forEach(({ kind, items }, at) => {
      const count = Math.min(items.length, allowances[at]?.items ?? 0);
      if (kinds(kind) && count > 1 && (found < 0 || (lengths[at] ?? 0) > (lengths[found] ?? 0))) found = at;
    });
    return found;
  };
  const list = longest((kind) => kind !== "steps" && kind !== "lead" && kind !== "path");
  if (list >= 0) return shortenAt(parts, allowances, list);
  if (allowances.some(({ paths }) => paths)) return allowances.map((allowance) => ({ ...allowance, paths: false }));
  if (allowances.some(({ needs }) => needs)) return allowances.map((allowance) => ({ ...allowance, needs: false }));
  const steps = longest((kind) => kind === "steps");
  return steps >= 0 ? shortenAt(parts, allowances, steps) : undefined;
}

/** One item less in one part. */
function shortenAt(parts: readonly Part[], allowances: readonly Allowance[], at: number): Allowance[] {
  return allowances.map((allowance, index) => {
    const count = Math.min(parts[index]?.items.length ?? 0, allowance.items);
    return index === at ? { ...allowance, items: count - 1 } : allowance;
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
