/** Finds what one card says twice: people who are in a hurry read it twice. */
import type { Path } from "./entry-parts.ts";
import type { Entry, Topic } from "./schema.ts";

interface Said {
  readonly text: string;
  readonly path: Path;
}

/** Two claims that say the same: the one to mend, and the one that has its words. */
export interface SaidTwice {
  readonly path: Path;
  readonly other: Path;
}

/** With fewer words of meaning than this, claims share them by chance: "You know your password." */
const LEAST_WORDS = 3;
/** "Nearly all" words of the shorter claim. Claims that say different things of one matter can share four of five. */
const SHARED = 5 / 6;

/** Words without a meaning of their own here, and the one that every entry is about. */
const EMPTY_WORDS = new Set(
  `account accounts a about after also an and any are as at be been before being but by can cannot could did do does each even
  every for from had has have he her here his how i if in into is it its just may might more must no nor not of on once only
  or out own several she should so some still than that the their them then there these they this those to too until up very
  was were what when where which while who will with would you your`.split(/\s+/),
);

/**
 * The claims that one card shows together and of which the shorter has nearly all its words of meaning in the other.
 *
 * @param entry - a whole entry
 * @returns each claim once, with the first one that says the same, in the order of the cards
 */
export function findSaidTwice(entry: Entry): SaidTwice[] {
  const found = new Map<string, SaidTwice>();
  for (const card of cardsOf(entry)) {
    const claims = card.map(({ text, path }) => ({ path, words: wordsOf(text) }));
    for (const [index, { path, words }] of claims.entries()) {
      const other = claims.slice(index + 1).find((later) => isSame(words, later.words));
      const key = path.join(".");
      if (other && !found.has(key)) found.set(key, { path, other: other.path });
    }
  }
  return [...found.values()];
}

/**
 * What cards show together: a section with the warnings on its topic, on the card that answers questions about it; what
 * to do first with all the warnings, on the card to read before deleting.
 */
function cardsOf(entry: Entry): Said[][] {
  const warningsOn = (topic: Topic): Said[] =>
    entry.warnings.flatMap((warning, index) =>
      warning.topic === topic ? [{ text: warning.text, path: ["warnings", index] }] : [],
    );
  const list = (claims: readonly { readonly text: string }[], path: Path): Said[] =>
    claims.map(({ text }, index) => ({ text, path: [...path, index] }));
  return [
    ...entry.methods.map(({ needs }, index) => [
      ...list(needs, ["methods", index, "needs"]),
      ...warningsOn("requirements"),
    ]),
    [...list(entry.timing, ["timing"]), ...warningsOn("timing")],
    [...list(entry.undo, ["undo"]), ...warningsOn("undo")],
    [...list(entry.refunds, ["refunds"]), ...warningsOn("refunds")],
    [...list(entry.leftovers, ["leftovers"]), ...warningsOn("consequences")],
    [...list(entry.before, ["before"]), ...list(entry.warnings, ["warnings"])],
  ];
}

function isSame(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const size = Math.min(words.size, others.size);
  if (size < LEAST_WORDS) return false;
  return [...words].filter((word) => others.has(word)).length >= SHARED * size;
}

/** Words of meaning without their endings: "cancel" and "canceled" count as one. */
function wordsOf(text: string): Set<string> {
  const words =
    text
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}\p{N}$+'-]+/gu) ?? [];
  const meaning = words.filter((word) => !EMPTY_WORDS.has(word) && !word.endsWith("n't"));
  return new Set(
    meaning.map((word) =>
      word
        .replace(/'\w+$/, "")
        .replace(/ies$/, "y")
        .replace(/(ing|ed|es|s|e)$/, ""),
    ),
  );
}
