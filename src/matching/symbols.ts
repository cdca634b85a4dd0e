/** Numbers for everything that can be a feature of a text, so that the hot path compares no strings. */

/** Hands out a number for each name, and its name back for explanations. */
export interface Symbols {
  /** The number of a concept of `words.yaml`. */
  concept(name: string): number;
  /** The number of any other feature. */
  of(name: string): number;
  nameOf(symbol: number): string;
  readonly size: number;
}

/** An empty table. */
export function createSymbols(): Symbols {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const of = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, names.length);
    return names.push(name) - 1;
  };
  return {
    of,
    concept: (name) => of(`<${name}>`),
    nameOf: (symbol) => names[symbol] ?? "",
    get size() {
      return names.length;
    },
  };
}
