/** For a process that has some of the bot's shards: the one that started it, and watches over all of them. */
import type { IIdentifyThrottler } from "discord.js";
import { isMessage, type Report, type ToParent } from "./shard-messages.ts";

export interface ParentProcess {
  /** Asks for each IDENTIFY, since other processes have shards too. */
  readonly identifyThrottler: IIdentifyThrottler;
  /** Calls back when this process is to end, also where the parent is gone. */
  onStop(stop: () => void): void;
  /** Who is asked when the parent wants to know how this process is. */
  onReport(make: () => Promise<Report>): void;
  tell(message: ToParent): void;
}

export function connectToParent(): ParentProcess {
  const waiting = new Map<number, () => void>();
  const onStops: (() => void)[] = [];
  let makeReport: (() => Promise<Report>) | undefined;
  const tell = (message: ToParent): void => {
    // A parent that is gone needs not be told anything: this process is about to end, too.
    if (process.connected) process.send?.(message);
  };
  const stop = (): void => {
    for (const onStop of onStops) onStop();
  };
  process.on("disconnect", stop);
  process.on("message", (message) => {
    if (!isMessage(message)) return;
    if (message.type === "stop") stop();
    if (message.type === "report-wanted") void makeReport?.().then((report) => tell({ type: "report", report }));
    if (message.type === "may-identify") waiting.get(message.shard)?.();
  });
  return {
    identifyThrottler: {
      waitForIdentify: (shard, signal) =>
        new Promise((resolve, reject) => {
          const settle = (act: () => void) => () => {
            waiting.delete(shard);
            signal.removeEventListener("abort", cancel);
            act();
          };
          const cancel = settle(() => {
            tell({ type: "cancel-identify", shard });
            reject(signal.reason);
          });
          waiting.set(shard, settle(resolve));
          signal.addEventListener("abort", cancel);
          tell({ type: "identify", shard });
        }),
    },
    onStop: (onStop) => void onStops.push(onStop),
    onReport(make) {
      makeReport = make;
    },
    tell,
  };
}
