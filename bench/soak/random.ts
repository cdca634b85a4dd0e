/** Numbers that are the same for the same seed on every machine. */
export interface Random {
  /** From 0 to 1. */
  next(): number;
  between(least: number, most: number): number;
  pick<Value>(list: readonly Value[]): Value;
  /** By weight. */
  weighted<Value>(list: readonly (readonly [weight: number, value: Value])[]): Value;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const weighted: Random["weighted"] = (list) => {
    let left = next() * list.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    const last = list.at(-1);
    if (!last) throw new RangeError("nothing to choose from");
    return last[1];
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    pick: (list) => weighted(list.map((value) => [1, value])),
    weighted,
  };
}
