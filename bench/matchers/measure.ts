/** Measures time and memory. */

const NS_PER_US = 1000;
const BYTES_PER_MIB = 2 ** 20;
/** Each question is asked up to so often; the median of its times counts, so that other work on the machine does not. */
const MOST_ROUNDS = 9;
/** No further round begins after this time. */
const ROUNDS_MS = 4000;
const WARM_UP_MS = 2000;

/** Asks something, the text at that index; the answer may come later. */
export type Ask<Answer> = (text: string, index: number) => Answer | Promise<Answer>;

/** Answers to all texts, and how long each took. */
export interface Timed<Answer> {
  readonly answers: readonly Answer[];
  readonly p50Us: number;
  readonly p99Us: number;
}

/** Asks one text after the other, and all of them again for better times. */
export async function timeEach<Answer>(texts: readonly string[], ask: Ask<Answer>): Promise<Timed<Answer>> {
  const answers: Answer[] = [];
  const times: number[][] = texts.map(() => []);
  const start = performance.now();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (round > 0 && performance.now() - start > ROUNDS_MS) break;
    for (const [index, text] of texts.entries()) {
      // nlp.js keeps what it worked out for a text; with a space more it is another one and means the same.
      const asked = text + " ".repeat(round);
      const before = process.hrtime.bigint();
      const answer = ask(asked, index);
      const settled = answer instanceof Promise ? await answer : answer;
      const after = process.hrtime.bigint();
      times[index]?.push(Number(after - before) / NS_PER_US);
      if (round === 0) answers.push(settled);
    }
  }
  const typical = times.map((list) => percentile(list, 50));
  return { answers, p50Us: percentile(typical, 50), p99Us: percentile(typical, 99) };
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
