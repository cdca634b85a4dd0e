import type { Running } from "./running.ts";

/**
 * SIGINT and SIGTERM end the process in good order; a second one ends it at once. In a container this process is often
 * the first one, which gets no signal that it does not ask for: so ask before anything is started.
 *
 * @returns to be told of what was started; until then there is nothing to finish
 */
export function stopOnSignal(): (started: Running) => void {
  let running: Running | undefined;
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    await running?.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
  return (started) => {
    running = started;
  };
}
