/** Milliseconds from the Unix epoch to the first second of 2015, from which Discord counts. */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const INCREMENT_BITS = 12n;
const TIMESTAMP_SHIFT = 22n;

/**
 * The lowest id that a thing made at `timestampMs` can have.
 *
 * @param timestampMs Unix time in milliseconds.
 * @see https://docs.discord.com/developers/reference#snowflakes
 */
export function snowflakeAt(timestampMs: number): string {
  return ((BigInt(timestampMs) - DISCORD_EPOCH_MS) << TIMESTAMP_SHIFT).toString();
}

/** The Unix time in milliseconds at which a thing with this id was made. */
export function timestampOf(snowflake: string): number {
  return Number((BigInt(snowflake) >> TIMESTAMP_SHIFT) + DISCORD_EPOCH_MS);
}

/**
 * A source of ids in Discord's form: time, then a counter. Each is greater than the one before, even where the clock
 * steps back, so that sorting by id is sorting by age.
 *
 * @param now The clock, in Unix milliseconds.
 */
export function createSnowflakes(now: () => number = Date.now): () => string {
  let last = 0n;
  return () => {
    const lowest = (BigInt(now()) - DISCORD_EPOCH_MS) << TIMESTAMP_SHIFT;
    if (lowest > last) last = lowest;
    else if ((last + 1n) % (1n << INCREMENT_BITS) !== 0n) last += 1n;
    // 4,096 ids in one millisecond: borrow from the next one.
    else last = ((last >> TIMESTAMP_SHIFT) + 1n) << TIMESTAMP_SHIFT;
    return last.toString();
  };
}
