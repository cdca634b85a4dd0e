import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createIdentifyTurns } from "../../src/start/identify-turns.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

it("lets shards of one remainder IDENTIFY five seconds apart, and those of others meanwhile", () => {
  const turns = createIdentifyTurns(2);
  const order: number[] = [];
  for (const shard of [0, 1, 2, 3, 4]) turns.ask(shard, () => order.push(shard));
  expect(order).toEqual([0, 1]);
  vi.advanceTimersByTime(5_000);
  expect(order).toEqual([0, 1]);
  vi.advanceTimersByTime(600);
  expect(order.toSorted()).toEqual([0, 1, 2, 3]);
  vi.advanceTimersByTime(5_500);
  expect(order.at(-1)).toBe(4);
  // Whoever comes long after waits for nobody.
  vi.advanceTimersByTime(60_000);
  turns.ask(0, () => order.push(0));
  expect(order.at(-1)).toBe(0);
});

it("passes over those who wait no more", () => {
  const turns = createIdentifyTurns(1);
  const order: number[] = [];
  for (const shard of [0, 1, 2]) turns.ask(shard, () => order.push(shard));
  turns.cancel(1);
  vi.advanceTimersByTime(5_500);
  expect(order).toEqual([0, 2]);
});
