/** Numbers for everything that can be a feature of a text, so that the hot path compares no strings. */

/** Hands out a number for each name, and its name back for explanations. */
export interface Symbols {
  /** The number of a concept of `words.yaml`. */
  concept(name: string): number;
  /** The number of any other feature. */
  of(name: string): number;
  nameOf(symbol: number): string;
  readonly size: number;
  /** All names, in the order of their numbers. */
  readonly names: readonly string[];
}

/**
 * @param known - names that have numbers already, in their order
 */
export function createSymbols(known: readonly string[] = []): Symbols {
  const names = [...known];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const of = (name: string): number => {
    const number = numbers.get(name);
    if (number !== undefined) return number;
    numbers.set(name, names.length);
    return names.push(name) - 1;
  };
  return {
    of,
    concept: (name) => of(`<${name}>`),
    nameOf: (symbol) => names[symbol] ?? "",
    names,
    get size() {
      return names.length;
    },
  };
}
