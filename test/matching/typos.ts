/** Every way to mistype a name by one letter, the same in each run. */

/** A name with one typing error. */
export interface Typo {
  readonly text: string;
  readonly kind: "dropped" | "doubled" | "swapped" | "neighbor";
  /** Position of the letter, from 0. */
  readonly at: number;
}

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const LETTER = /^[a-z]$/i;

/** Each letter dropped, doubled, swapped with the next, replaced by the key beside it. */
export function typosOf(name: string): Typo[] {
  return [...name].flatMap((letter, at): Typo[] => {
    if (!LETTER.test(letter)) return [];
    const before = name.slice(0, at);
    const after = name.slice(at + 1);
    const next = after.charAt(0);
    const typos: Typo[] = [
      { text: before + after, kind: "dropped", at },
      { text: before + letter + letter + after, kind: "doubled", at },
      { text: before + neighborOf(letter) + after, kind: "neighbor", at },
    ];
    // Two of the same swapped are no error.
    if (LETTER.test(next) && next.toLowerCase() !== letter.toLowerCase()) {
      typos.push({ text: before + next + letter + after.slice(1), kind: "swapped", at });
    }
    return typos;
  });
}

/** The key to the right, or to the left at the end of a row. */
function neighborOf(letter: string): string {
  const row = ROWS.find((keys) => keys.includes(letter.toLowerCase())) ?? "";
  const at = row.indexOf(letter.toLowerCase());
  return row.charAt(at + 1) || row.charAt(at - 1);
}
