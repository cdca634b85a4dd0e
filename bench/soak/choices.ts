import { createRandom } from "../random.ts";

/** Choices at random that are the same for the same seed. */
export interface Choices {
  /** From 0 to 1. */
  next(): number;
  between(least: number, most: number): number;
  pick<Value>(list: readonly Value[]): Value;
  /** By weight. */
  weighted<Value>(list: readonly (readonly [weight: number, value: Value])[]): Value;
}

export function createChoices(seed: number): Choices {
  const next = createRandom(seed);
  const weighted: Choices["weighted"] = (list) => {
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
