/** What the processes of a run tell each other. Each job has a process of its own, so that none warms or fills another's. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LabelledQuestion } from "../eval/questions.ts";
import type { LabelledPhrase, Material } from "./contender.ts";
import type { Reading } from "./reading.ts";
import type { Result } from "./tuning.ts";

/** The matchers to compare Wayout with. */
export const PEERS = ["fuse", "fuse-tokens", "minisearch", "nlp.js", "nlp.js-entities", "nlp.js-documented"] as const;
export type PeerName = (typeof PEERS)[number];
export const WAYOUT = "wayout";
export type MatcherName = PeerName | typeof WAYOUT;

/** So many services are known, and the names of those beyond the entries. */
export interface Services {
  readonly count: number;
  readonly names: readonly string[];
  /** All questions of the run: they decide which entries come first. */
  readonly questions: readonly LabelledQuestion[];
}

/** What the other matchers are made from, and what they are asked. */
export interface Questionnaire extends Material {
  readonly questions: readonly LabelledQuestion[];
  /** One for each question. */
  readonly readings: readonly Reading[];
}

export type Job =
  | { readonly kind: "read"; readonly services: Services }
  | { readonly kind: "choose"; readonly matcher: PeerName; readonly questionnaire: Questionnaire }
  | {
      readonly kind: "measure";
      readonly matcher: PeerName;
      readonly setting: string;
      readonly questionnaire: Questionnaire;
    }
  | { readonly kind: "measure-wayout"; readonly services: Services; readonly warmUp: readonly LabelledPhrase[] };

/** What was measured of a matcher. */
export interface Measured extends Result {
  /** Of each question asked, in the order that is the same for all; slow matchers get only through the first. */
  readonly timesUs: readonly number[];
  /** From knowledge that is loaded to the first answer. */
  readonly buildMs: number;
  readonly heapMiB: number;
}

export interface JobResults {
  readonly read: Questionnaire;
  /** The setting that did best. */
  readonly choose: string;
  readonly measure: Measured;
  readonly "measure-wayout": Measured;
}

/** Thrown where a process ends without a result; its own message is on standard error. */
export class JobError extends Error {
  override readonly name = "JobError";
}

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/**
 * Does a job in a process of its own.
 *
 * @throws {JobError} where that process fails
 */
export function run<Kind extends Job["kind"]>(job: Extract<Job, { kind: Kind }>): Promise<JobResults[Kind]> {
  return new Promise((resolve, reject) => {
    const child = fork(WORKER, {
      execArgv: [...process.execArgv, "--expose-gc"],
      serialization: "advanced",
      // nlp.js writes its training log to standard output, which belongs to the results.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      // Without it, nlp.js warns of its own logger.
      env: { ...process.env, NODE_ENV: "production" },
    });
    child.on("message", (result) => resolve(result as JobResults[Kind]));
    child.on("error", reject);
    child.on("exit", (code, signal) => reject(new JobError(`${job.kind} ended with ${signal ?? `exit code ${code}`}`)));
    child.send(job);
  });
}
