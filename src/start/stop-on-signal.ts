import type { Running } from "./running.ts";

/** Ends the process in good order. */
export interface Stopping {
  /** Finishes what is under way and ends the process with 0; asked again, it does no more. */
  stop(): void;
  /** To be told of what was started; until then there is nothing to finish. */
  isRunning(started: Running): void;
}

/**
 * SIGINT and SIGTERM end the process in good order; a second one ends it at once. In a container this process is often
 * the first one, which gets no signal that it does not ask for: so ask before anything is started.
 */
export function stopOnSignal(): Stopping {
  let running: Running | undefined;
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await running?.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      void stop();
    });
  }
  return {
    stop: () => void stop(),
    isRunning(started) {
      running = started;
    },
  };
}
