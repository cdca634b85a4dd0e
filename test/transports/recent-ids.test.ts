import fc from "fast-check";
import { expect, it } from "vitest";
import { createRecentIds } from "../../src/transports/recent-ids.ts";

it("knows the latest ids, and never keeps more than twice as many", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 60 }).map(String)),
      (count, ids) => {
        const recent = createRecentIds(count);
        const added: string[] = [];
        for (const id of ids) {
          const isNew = recent.add(id);
          if (added.slice(-count).includes(id)) expect(isNew).toBe(false);
          if (!added.slice(-2 * count).includes(id)) expect(isNew).toBe(true);
          if (isNew) added.push(id);
        }
      },
    ),
  );
});
