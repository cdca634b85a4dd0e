import { expect, it } from "vitest";
import { soak } from "../../bench/soak/run.ts";

it("answers each interaction once while troubles come at random", { timeout: 180_000 }, async () => {
  const { faults, gateway, endpoint, troubles } = await soak({ seconds: 20, seed: 5, perSecond: 10 });
  expect(faults).toEqual([]);
  for (const kind of ["command", "completion", "component", "mention"]) {
    expect(gateway[kind]?.answered, kind).toBeGreaterThan(0);
  }
  expect(endpoint.answered).toBe(endpoint.asked);
  expect(endpoint.asked).toBeGreaterThan(0);
  expect(Object.keys(troubles).length).toBeGreaterThan(5);
});
