const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/** "2026-11" → "November 2026". */
export function monthInWords(month: string): string {
  const [year, number] = month.split("-");
  return `${MONTHS[Number(number) - 1] ?? ""} ${year}`.trim();
}

/** Whole months from a month such as "2026-11" to the one that `now` is in. */
export function monthsSince(month: string, now: Date): number {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return (now.getUTCFullYear() - year) * 12 + now.getUTCMonth() + 1 - number;
}

/** The date so many days after `now`: "December 22, 2026". */
export function dateAfter(now: Date, days: number): string {
  const date = new Date(now.getTime() + days * DAY_MS);
  return `${MONTHS[date.getUTCMonth()] ?? ""} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
}
