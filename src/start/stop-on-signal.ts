import type { Running } from "./running.ts";

/** SIGINT and SIGTERM end the process in good order; a second one ends it at once. */
export function stopOnSignal({ close }: Running): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    await close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
}
