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

/** The date so many days after `now`: "December 22, 2026". */
export function dateAfter(now: Date, days: number): string {
  const date = new Date(now.getTime() + days * DAY_MS);
  return `${MONTHS[date.getUTCMonth()] ?? ""} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
}
