/**
 * Logistic regression, trained at start-up on phrases: small enough to learn in some ten milliseconds, and the same on
 * every machine.
 */

/** One text to learn from. */
export interface Example {
  readonly features: readonly number[];
  readonly label: number;
  /** How much it counts; 1 is usual. */
  readonly weight: number;
}

/** Scores of the classes for the features of a text, before they become probabilities. */
export interface Model {
  /**
   * @param except - a feature that does not count here
   * @returns one score a class; of two classes only that of class 1
   */
  score(features: readonly number[], except?: number): number[];
  /** What one feature adds to one class: for explanations. */
  weightOf(feature: number, column: number): number;
  /** All that was learnt: a row of columns for each feature, and one for every text. */
  readonly weights: Float64Array;
}

export interface Shape {
  readonly classes: number;
  readonly features: number;
}

export interface Training extends Shape {
  readonly epochs: number;
  /** Pulls weights towards 0, against learning by heart. */
  readonly decay: number;
}

const STEP = 0.3;
const SEED = 0x9e3779b9;
/** Runs in other orders, of which the mean counts: one alone changes its mind on much for a few new phrases. */
const RUNS = 3;

/** How many scores there are: two classes need but one. */
const columnsOf = (classes: number): number => (classes === 2 ? 1 : classes);

/**
 * The model that was learnt once.
 *
 * @param weights - as a model of the same shape has them
 */
export function modelOf(weights: Float64Array, { classes, features }: Shape): Model {
  const columns = columnsOf(classes);
  const addUp = createScorer(weights, columns, features);
  return {
    weights,
    score: addUp,
    weightOf: (feature, column) => (feature < features ? (weights[feature * columns + column] ?? 0) : 0),
  };
}

function createScorer(weights: Float64Array, columns: number, features: number) {
  const bias = features * columns;
  return (list: readonly number[], except?: number): number[] => {
    const scores: number[] = [];
    for (let column = 0; column < columns; column += 1) scores.push(weights[bias + column] ?? 0);
    for (const feature of list) {
      if (feature >= features || feature === except) continue;
      const offset = feature * columns;
      for (let column = 0; column < columns; column += 1) {
        scores[column] = (scores[column] ?? 0) + (weights[offset + column] ?? 0);
      }
    }
    return scores;
  };
}

/**
 * Trains a model: one column of weights for two classes, else one a class (softmax), by AdaGrad.
 */
export function train(examples: readonly Example[], training: Training): Model {
  const { classes, features } = training;
  const mean = new Float64Array((features + 1) * columnsOf(classes));
  for (let run = 0; run < RUNS; run += 1) {
    const weights = trainOnce(examples, training, createRandom(SEED + run));
    for (let at = 0; at < mean.length; at += 1) mean[at] = (mean[at] ?? 0) + (weights[at] ?? 0) / RUNS;
  }
  return modelOf(mean, { classes, features });
}

function trainOnce(
  examples: readonly Example[],
  { classes, features, epochs, decay }: Training,
  random: () => number,
): Float64Array {
  const columns = columnsOf(classes);
  const bias = features * columns;
  const weights = new Float64Array(bias + columns);
  const squares = new Float64Array(bias + columns).fill(1e-4);
  const order = Array.from(examples.keys());

  const addUp = createScorer(weights, columns, features);
  const update = (position: number, slope: number): void => {
    const square = (squares[position] ?? 0) + slope * slope;
    squares[position] = square;
    weights[position] = (weights[position] ?? 0) - (STEP * slope) / Math.sqrt(square);
  };

  // The mean over the later rounds: the last one alone leans to the examples that came last.
  const sums = new Float64Array(weights.length);
  const first = epochs >> 1;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const at of order) {
      const example = examples[at];
      if (example === undefined) continue;
      const scores = addUp(example.features);
      toProbabilities(scores);
      for (let column = 0; column < columns; column += 1) {
        const wanted = columns === 1 ? example.label : column === example.label ? 1 : 0;
        const slope = ((scores[column] ?? 0) - wanted) * example.weight;
        if (Math.abs(slope) < 1e-3) continue;
        update(bias + column, slope);
        for (const feature of example.features) {
          const position = feature * columns + column;
          update(position, slope + decay * (weights[position] ?? 0));
        }
      }
    }
    if (epoch >= first) for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + (weights[at] ?? 0);
  }
  for (let at = 0; at < sums.length; at += 1) weights[at] = (sums[at] ?? 0) / (epochs - first);
  return weights;
}

/** Turns scores into probabilities in place: the sigmoid of one score, the softmax of several. */
export function toProbabilities(scores: number[]): void {
  if (scores.length === 1) {
    scores[0] = 1 / (1 + Math.exp(-(scores[0] ?? 0)));
    return;
  }
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let column = 0; column < scores.length; column += 1) {
    const share = Math.exp((scores[column] ?? 0) - highest);
    scores[column] = share;
    sum += share;
  }
  for (let column = 0; column < scores.length; column += 1) scores[column] = (scores[column] ?? 0) / sum;
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last];
    const moved = order[other];
    if (kept === undefined || moved === undefined) continue;
    order[last] = moved;
    order[other] = kept;
  }
}

/** Mulberry32: the same numbers on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
