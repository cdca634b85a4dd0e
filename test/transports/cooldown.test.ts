import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCooldown } from "../../src/transports/cooldown.ts";

describe("createCooldown", () => {
  let time = 0;
  const now = () => time;
  beforeEach(() => {
    time = 5_000_000.125;
  });

  it("allows a burst, and says how long to wait after it", () => {
    const cooldown = createCooldown({ burst: 3, windowMs: 6000, now });
    expect([1, 2, 3].map(() => cooldown.take("a"))).toEqual([0, 0, 0]);
    expect(cooldown.take("a")).toBeCloseTo(2000);
    time += 500;
    expect(cooldown.take("a")).toBeCloseTo(1500);
    time += 1500;
    expect(cooldown.take("a")).toBe(0);
    expect(cooldown.take("a")).toBeCloseTo(2000);
  });

  it("counts each key for itself", () => {
    const cooldown = createCooldown({ burst: 1, windowMs: 1000, now });
    expect(cooldown.take("a")).toBe(0);
    expect(cooldown.take("b")).toBe(0);
    expect(cooldown.take("a")).toBeGreaterThan(0);
  });

  it("gives the whole burst again after the window", () => {
    const cooldown = createCooldown({ burst: 5, windowMs: 1000, now });
    while (cooldown.take("a") === 0);
    time += 1000;
    expect([1, 2, 3, 4, 5].map(() => cooldown.take("a"))).toEqual([0, 0, 0, 0, 0]);
    expect(cooldown.take("a")).toBeGreaterThan(0);
  });

  it("never remembers more keys than it may, and forgets the one that came longest ago", () => {
    const cooldown = createCooldown({ burst: 1, windowMs: 1000, maxKeys: 3, now });
    for (const key of ["a", "b", "c", "d"]) cooldown.take(key);
    expect(cooldown.size).toBe(3);
    expect(cooldown.take("b")).toBeGreaterThan(0);
    expect(cooldown.take("a")).toBe(0);
  });

  it("never lets more through than the burst and what came back since, and lets through whoever waited", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), gaps, (burst, waits) => {
        const windowMs = 1000;
        const cooldown = createCooldown({ burst, windowMs, now });
        const begin = time;
        let taken = 0;
        for (const gap of waits) {
          time += gap;
          const wait = cooldown.take("a");
          if (wait === 0) taken += 1;
          else {
            time += wait;
            expect(cooldown.take("a")).toBe(0);
            taken += 1;
          }
          expect(taken).toBeLessThanOrEqual(burst + ((time - begin) / windowMs) * burst + 1e-6);
        }
      }),
    );
  });

  describe("with the passing of time", () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it("forgets everybody within two windows, though nobody comes", () => {
      const cooldown = createCooldown({ burst: 2, windowMs: 1000 });
      for (let index = 0; index < 100; index += 1) cooldown.take(`${index}`);
      vi.advanceTimersByTime(500);
      cooldown.take("late");
      cooldown.take("late");
      expect(cooldown.size).toBe(101);
      vi.advanceTimersByTime(500);
      expect(cooldown.size).toBe(1);
      vi.advanceTimersByTime(1000);
      expect(cooldown.size).toBe(0);
      expect(vi.getTimerCount()).toBe(0);
    });

    it("uses one timer, however many come", () => {
      const cooldown = createCooldown({ burst: 2, windowMs: 1000 });
      for (let index = 0; index < 1000; index += 1) cooldown.take(`${index}`);
      expect(vi.getTimerCount()).toBe(1);
    });
  });
});
