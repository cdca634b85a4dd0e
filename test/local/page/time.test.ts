import { describe, expect, it } from "vitest";
import { dayName, messageTime, sameDay, timestampText } from "../../../src/local/page/time.ts";

// Local times, as the page shows them: the tests hold in every time zone.
const now = new Date(2026, 10, 22, 15, 45);
const seconds = (date: Date) => date.getTime() / 1000;
/** Intl writes a narrow no-break space before AM and PM. */
const plain = (text: string) => text.replace(/\s/g, " ");

describe("the time beside a message", () => {
  it.each([
    [new Date(2026, 10, 22, 0, 5), "Today at 12:05 AM"],
    [new Date(2026, 10, 21, 23, 59), "Yesterday at 11:59 PM"],
    [new Date(2026, 10, 20, 9, 0), "11/20/26, 9:00 AM"],
  ])("%s", (date, expected) => {
    expect(plain(messageTime(date, now))).toBe(expected);
  });

  it("tells days apart by the calendar", () => {
    expect(sameDay(new Date(2026, 10, 22, 23), now)).toBe(true);
    expect(sameDay(new Date(2026, 10, 21, 23), now)).toBe(false);
    expect(dayName(now)).toBe("November 22, 2026");
  });
});

describe("timestamps in texts", () => {
  it.each([
    ["t", "3:45 PM"],
    ["T", "3:45:00 PM"],
    ["d", "11/22/26"],
    ["D", "November 22, 2026"],
    ["f", "November 22, 2026 at 3:45 PM"],
    ["F", "Sunday, November 22, 2026 at 3:45 PM"],
  ] as const)("writes style %s as %s", (style, expected) => {
    expect(plain(timestampText(seconds(now), style, now))).toBe(expected);
  });

  it.each([
    [30, "in 30 seconds"],
    [-120, "2 minutes ago"],
    [3 * 86_400, "in 3 days"],
    [-400 * 86_400, "1 year ago"],
  ])("counts %d seconds as %s", (offset, expected) => {
    expect(timestampText(seconds(now) + offset, "R", now)).toBe(expected);
  });

  it("says so of a date that there is not", () => {
    expect(timestampText(1e20, "f", now)).toBe("Invalid date");
  });
});
