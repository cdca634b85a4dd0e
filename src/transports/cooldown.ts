/**
 * How often a key may come back: a token bucket each, kept as one number. In memory only, and forgotten when full again.
 */

export interface CooldownOptions {
  /** How often a key may come at once. */
  readonly burst: number;
  /** Milliseconds in which a used-up allowance is whole again. */
  readonly windowMs: number;
  /** The most keys that are remembered; beyond it, the one that came longest ago is forgotten. */
  readonly maxKeys?: number;
  /** A clock that never steps, in milliseconds. */
  readonly now?: () => number;
}

export interface Cooldown {
  /** Takes one from the key's allowance. Returns 0, or the milliseconds to wait where nothing is left. */
  take(key: string): number;
  /** How many keys are remembered. */
  readonly size: number;
}

const MAX_KEYS = 10_000;

export function createCooldown({
  burst,
  windowMs,
  maxKeys = MAX_KEYS,
  now = () => performance.now(),
}: CooldownOptions): Cooldown {
  const interval = windowMs / burst;
  /** When each key's allowance is whole again; the key that came longest ago stands first. */
  const wholeAt = new Map<string, number>();
  let sweep: NodeJS.Timeout | undefined;

  // One timer for all, so that nobody is remembered only because nobody else comes.
  const forgetLater = (): void => {
    if (sweep !== undefined) return;
    sweep = setTimeout(() => {
      sweep = undefined;
      for (const [key, time] of wholeAt) if (time <= now()) wholeAt.delete(key);
      if (wholeAt.size > 0) forgetLater();
    }, windowMs).unref();
  };

  return {
    take(key) {
      const time = now();
      const whole = Math.max(wholeAt.get(key) ?? time, time);
      const wait = whole + interval - time - windowMs;
      // The sums are of fractions; a billionth is no reason to wait.
      if (wait > 1e-6) return wait;
      wholeAt.delete(key);
      const [oldest] = wholeAt.keys();
      if (oldest !== undefined && wholeAt.size >= maxKeys) wholeAt.delete(oldest);
      wholeAt.set(key, whole + interval);
      forgetLater();
      return 0;
    },
    get size() {
      return wholeAt.size;
    },
  };
}
