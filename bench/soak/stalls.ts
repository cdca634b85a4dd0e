/** When the machine was busy with something else: what is late then says nothing about the bot. */
import { readFileSync } from "node:fs";
import type { Stall } from "./account.ts";

/** A timer that comes so much too late was not let run. */
const STALL_MS = 100;
const LOOK_EVERY_MS = 20;
/** A process that waited for a processor for so much of the time between two looks was stalled. */
const WAITED_MS = 10;

/**
 * Watches whether this process is let run, in which Discord is, and the bot's.
 *
 * @returns ends the watch
 */
export function watchForStalls(pid: number | undefined, tell: (stall: Stall) => void): () => void {
  let last = performance.now();
  let waited = waitedForProcessor(pid);
  const timer = setInterval(() => {
    const now = performance.now();
    const waitedNow = waitedForProcessor(pid);
    const wait = waitedNow - waited;
    if (now - last > STALL_MS) tell({ from: last, to: now });
    else if (wait > WAITED_MS) tell({ from: now - wait, to: now });
    last = now;
    waited = waitedNow;
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/**
 * How long the process could have worked, but got no processor; ms. Linux tells:
 * https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
 */
function waitedForProcessor(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e6;
  } catch {
    return 0;
  }
}
