/** The program in a process of its own, and what can be seen of its health from outside. */
import { type LogLine, type Program, startProgram } from "../../test/e2e/program.ts";

/** On SIGUSR2 the process collects its garbage, and then writes what is left: that alone can tell growth. */
const TELLS_MEMORY = `
  process.on("SIGUSR2", () => {
    gc();
    setImmediate(() => {
      gc();
      const { rss, heapUsed, external } = process.memoryUsage();
      process.stderr.write(JSON.stringify({ level: 0, msg: "memory", rss, heap: heapUsed + external }) + "\\n");
    });
  });
`;
const MEBIBYTE = 1024 * 1024;

export interface MemorySample {
  /** What is reachable, after garbage collection; MiB. */
  readonly heap: number;
  /** What the system gave the process, MiB. */
  readonly resident: number;
}

export interface SoakedProcess {
  readonly program: Program;
  readonly memory: readonly MemorySample[];
  /** Asks for a sample, which is added to the others. */
  sampleMemory(): void;
  /**
   * Ends it as a supervisor does.
   *
   * @returns what is wrong with how it lived and ended; nothing where all is well
   */
  end(): Promise<string[]>;
}

export function startSoakedProcess(name: string, environment: Readonly<Record<string, string>>): SoakedProcess {
  const program = startProgram(environment, [
    "--expose-gc",
    "--trace-warnings",
    "--import",
    `data:text/javascript,${encodeURIComponent(TELLS_MEMORY)}`,
  ]);
  return {
    program,
    get memory() {
      return program.logged("memory").map(toSample);
    },
    sampleMemory: () => void program.child.kill("SIGUSR2"),
    async end() {
      const isAlive = program.child.exitCode === null && program.child.signalCode === null;
      program.child.kill("SIGTERM");
      const code = await program.ended;
      // Node writes what nobody has caught, and its warnings, as they are; the log has one JSON object a line.
      const strange = program.lines().filter((line) => !line.startsWith("{"));
      return [
        ...(isAlive ? [] : ["it has died"]),
        ...(code === 0 ? [] : [`it ended with ${code}`]),
        ...(strange.length === 0 ? [] : [`it wrote: ${strange.slice(0, 5).join(" / ")}`]),
      ].map((fault) => `${name}: ${fault}`);
    },
  };
}

function toSample({ rss, heap }: LogLine): MemorySample {
  return { heap: Number(heap) / MEBIBYTE, resident: Number(rss) / MEBIBYTE };
}

/** Samples that make a judgement; the first tenth of the time is for what is loaded and compiled once. */
const FEWEST_SAMPLES = 12;

/**
 * Memory is flat where the median of the last third of the samples is at most a tenth and so many MiB above that of the
 * first third.
 *
 * @returns undefined where there are too few samples to tell
 */
export function isFlat(samples: readonly number[], slackMiB: number): boolean | undefined {
  const judged = samples.slice(Math.ceil(samples.length / 10));
  if (judged.length < FEWEST_SAMPLES) return undefined;
  const third = Math.floor(judged.length / 3);
  return median(judged.slice(-third)) <= median(judged.slice(0, third)) * 1.1 + slackMiB;
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
