/** Notices what arrives twice. */
export interface RecentIds {
  /** @returns whether the id is new; an id that was among the latest ones is not */
  add(id: string): boolean;
}

/**
 * Discord may send an event again, most of all after a connection was resumed. Two generations are kept, so that the
 * oldest are forgotten without a timer and without a look through all of them.
 *
 * @param count - how many ids are remembered at least; twice as many at most
 */
export function createRecentIds(count: number): RecentIds {
  let current = new Set<string>();
  let previous: ReadonlySet<string> = new Set<string>();
  return {
    add(id) {
      if (current.has(id) || previous.has(id)) return false;
      if (current.size >= count) {
        previous = current;
        current = new Set();
      }
      current.add(id);
      return true;
    },
  };
}
