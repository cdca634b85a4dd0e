/** Measures time and memory. */

const NS_PER_US = 1000;
const BYTES_PER_MIB = 2 ** 20;
/** Each question is asked up to so often; the shortest time counts, so that other work on the machine does not. */
const MOST_ROUNDS = 9;
/** No further round begins after this time. */
const ROUNDS_MS = 4000;
/** … and no further text is asked after this one, */
const MOST_MS = 20_000;
/** … if it were not for these few. */
const FEWEST_TEXTS = 30;
const WARM_UP_MS = 2000;

/** Asks something, the text at that index; the answer may come later. */
export type Ask<Answer> = (text: string, index: number) => Answer | Promise<Answer>;

/** Answers to the texts that there was time for, and how long each took. */
export interface Timed<Answer> {
  readonly answers: readonly Answer[];
  readonly timesUs: readonly number[];
}

/**
 * Asks one text after the other, and all of them again for better times. After a while slow matchers are asked no
 * more, though some texts in any case.
 */
export async function timeEach<Answer>(texts: readonly string[], ask: Ask<Answer>): Promise<Timed<Answer>> {
  const answers: Answer[] = [];
  const times: number[][] = [];
  const start = performance.now();
  const hasTime = (ms: number): boolean => performance.now() - start < ms;
  for (const [index, text] of texts.entries()) {
    if (index >= FEWEST_TEXTS && !hasTime(MOST_MS)) break;
    const { answer, us } = await time(text, index, ask);
    answers.push(answer);
    times.push([us]);
  }
  for (let round = 1; round < MOST_ROUNDS && hasTime(ROUNDS_MS); round += 1) {
    for (const [index, list] of times.entries()) {
      // nlp.js keeps what it worked out for a text; with a space more it is another one and means the same.
      const { us } = await time(`${texts[index]}${" ".repeat(round)}`, index, ask);
      list.push(us);
    }
  }
  return { answers, timesUs: times.map((list) => Math.min(...list)) };
}

async function time<Answer>(text: string, index: number, ask: Ask<Answer>): Promise<{ answer: Answer; us: number }> {
  const before = process.hrtime.bigint();
  const asked = ask(text, index);
  // Waiting for what is there already would take time of its own.
  const answer = asked instanceof Promise ? await asked : asked;
  return { answer, us: Number(process.hrtime.bigint() - before) / NS_PER_US };
}

/** Asks until the code is as quick as it gets. */
export async function warmUp(texts: readonly string[], ask: Ask<unknown>): Promise<void> {
  const start = performance.now();
  for (const [index, text] of texts.entries()) {
    await ask(text, index);
    if (performance.now() - start > WARM_UP_MS) return;
  }
}

/** Memory in use after collecting garbage, in MiB. */
export function heapMiB(): number {
  if (globalThis.gc === undefined) throw new Error("run with --expose-gc");
  for (let times = 0; times < 3; times += 1) globalThis.gc();
  return process.memoryUsage().heapUsed / BYTES_PER_MIB;
}

/** The smallest value that so many of 100 do not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
