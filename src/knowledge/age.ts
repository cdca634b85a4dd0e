/** How old an entry is. */

/** Entries older than this are out of date until somebody has read their sources again. */
export const MAX_AGE_MONTHS = 12;

/**
 * Whole months between the month an entry was checked in and today; 0 within the same month.
 *
 * @param checked - month as YYYY-MM
 */
export function ageInMonths(checked: string, today: Date): number {
  const [year = 0, month = 1] = checked.split("-").map(Number);
  return (today.getUTCFullYear() - year) * 12 + (today.getUTCMonth() + 1 - month);
}
