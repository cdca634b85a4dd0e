/** Times as Discord writes them: beside a message, on a day's divider, and for `<t:…>` in a text. */
import type { TimestampStyle } from "./markdown.ts";

const DAY = 24 * 60 * 60 * 1000;

/** Units of a relative time and how many seconds each has, largest first. */
const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** "3:45 PM", in the reader's time zone. */
export function clock(date: Date, locale = "en-US"): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(date);
}

/** Beside a message's author: "Today at 3:45 PM", "Yesterday at …", then the date. */
export function messageTime(date: Date, now: Date, locale = "en-US"): string {
  const days = (startOfDay(now) - startOfDay(date)) / DAY;
  if (Math.round(days) === 0) return `Today at ${clock(date, locale)}`;
  if (Math.round(days) === 1) return `Yesterday at ${clock(date, locale)}`;
  return `${new Intl.DateTimeFormat(locale, { dateStyle: "short" }).format(date)}, ${clock(date, locale)}`;
}

/** On the line between two days: "November 22, 2026". */
export function dayName(date: Date, locale = "en-US"): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(date);
}

/** Whether both fall on one day of the reader's calendar. */
export function sameDay(one: Date, other: Date): boolean {
  return startOfDay(one) === startOfDay(other);
}

/**
 * A `<t:seconds:style>` written out.
 * Styles: https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
 * @param seconds since 1970
 */
export function timestampText(seconds: number, style: TimestampStyle, now: Date, locale = "en-US"): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "Invalid date";
  switch (style) {
    case "t":
      return clock(date, locale);
    case "T":
      return new Intl.DateTimeFormat(locale, { timeStyle: "medium" }).format(date);
    case "d":
      return new Intl.DateTimeFormat(locale, { dateStyle: "short" }).format(date);
    case "D":
      return dayName(date, locale);
    case "F":
      return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(date);
    case "R":
      return relativeTime(date, now, locale);
    default:
      return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(date);
  }
}

function relativeTime(date: Date, now: Date, locale: string): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "always" }).format(Math.round(seconds / size), unit);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
