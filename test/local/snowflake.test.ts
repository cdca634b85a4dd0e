import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSnowflakes, snowflakeAt, timestampOf } from "../../src/local/snowflake.ts";

describe("snowflakes", () => {
  it("tell when they were made", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_420_070_400_000, max: 4_000_000_000_000 }), (ms) => {
        expect(timestampOf(snowflakeAt(ms))).toBe(ms);
      }),
    );
  });

  it("grow, even where the clock stands or steps back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1 }), (steps) => {
        let now = 1_700_000_000_000;
        const next = createSnowflakes(() => now);
        let last = 0n;
        for (const step of steps) {
          now += step;
          const id = BigInt(next());
          expect(id).toBeGreaterThan(last);
          last = id;
        }
      }),
    );
  });

  it("do not repeat where more are made in a millisecond than the counter holds", () => {
    const next = createSnowflakes(() => 1_700_000_000_000);
    const ids = Array.from({ length: 10_000 }, next);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
