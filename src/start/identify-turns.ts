/** Lets shards IDENTIFY one after the other, whichever process they are in. */
export interface IdentifyTurns {
  /** Calls back when it is the shard's turn. */
  ask(shard: number, onTurn: () => void): void;
  /** The shard does not wait any more. */
  cancel(shard: number): void;
}

interface Line {
  readonly waiting: { readonly shard: number; readonly onTurn: () => void }[];
  /** By `performance.now()`. */
  freeAt: number;
  timer: NodeJS.Timeout | undefined;
}

// Discord: 5 s. The rest is for the way from here to there, which takes one IDENTIFY longer than the next.
const BETWEEN_TURNS_MS = 5_500;

/**
 * Discord lets shards whose numbers leave the same remainder IDENTIFY once in 5 seconds:
 * https://docs.discord.com/developers/events/gateway#sharding-max-concurrency
 *
 * @param maxConcurrency - how many remainders there are, as `/gateway/bot` tells
 */
export function createIdentifyTurns(maxConcurrency: number, betweenMs = BETWEEN_TURNS_MS): IdentifyTurns {
  const lines = new Map<number, Line>();

  const serve = (line: Line): void => {
    clearTimeout(line.timer);
    const wait = line.freeAt - performance.now();
    if (wait > 0) {
      line.timer = setTimeout(serve, wait, line);
      return;
    }
    const next = line.waiting.shift();
    if (next === undefined) return;
    line.freeAt = performance.now() + betweenMs;
    next.onTurn();
    if (line.waiting.length > 0) serve(line);
  };

  return {
    ask(shard, onTurn) {
      const key = shard % maxConcurrency;
      const line = lines.get(key) ?? { waiting: [], freeAt: 0, timer: undefined };
      lines.set(key, line);
      line.waiting.push({ shard, onTurn });
      serve(line);
    },
    cancel(shard) {
      for (const { waiting } of lines.values()) {
        const at = waiting.findIndex((each) => each.shard === shard);
        if (at >= 0) waiting.splice(at, 1);
      }
    },
  };
}
