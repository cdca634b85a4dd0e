import { setImmediate, setTimeout } from "node:timers/promises";

// What the start still does in the background, such as registering commands, is over by then.
const AFTER_START_MS = 500;

/**
 * Gives back, once, what only the start needed: texts that were read, code that runs once, and a young generation that
 * grew to 32 MiB. V8 would keep them until there is pressure, which at a handful of questions a minute is never. It takes
 * about a twentieth of a second.
 *
 * V8 does so where it is told that memory is low, and of Node's own means only the inspector's protocol tells it:
 * https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#method-collectGarbage
 * (`gc()`, besides needing a flag, keeps the young generation as large as it is.) No port is opened.
 */
export async function giveBackStartMemory(): Promise<void> {
  await setTimeout(AFTER_START_MS, undefined, { ref: false });
  const { Session } = await import("node:inspector");
  const session = new Session();
  session.connect();
  session.post("HeapProfiler.collectGarbage");
  // Not while it is still answering.
  await setImmediate();
  session.disconnect();
}
