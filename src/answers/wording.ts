/** Words and small sentences made from an entry's data. */
import type { ListingDifficulty } from "../knowledge/directory.ts";
import type { Category, Entry, Method, Severity, Warning } from "../knowledge/schema.ts";
import type { Link, Tone } from "./answer.ts";

/** What replies call a difficulty. */
export const DIFFICULTY_WORDS: Readonly<Record<ListingDifficulty, string>> = {
  easy: "Easy",
  medium: "Takes some effort",
  hard: "Hard",
  impossible: "No full deletion offered",
  limited: "Only by privacy law, on proof",
};

/** Beside the words, never instead of them: not everybody tells colors apart. */
export const DIFFICULTY_COLORS: Readonly<Record<ListingDifficulty, string>> = {
  easy: "🟢",
  medium: "🟡",
  hard: "🟠",
  impossible: "🔴",
  limited: "🟣",
};

/** What replies call a kind of service. */
export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  social: "Social media",
  messaging: "Messaging",
  dating: "Dating",
  gaming: "Games",
  streaming: "Video and music",
  shopping: "Shopping",
  finance: "Money",
  ai: "AI",
  productivity: "Work and files",
  travel: "Travel",
  other: "Other",
};

const SEVERITY_ORDER: Readonly<Record<Severity, number>> = { critical: 0, caution: 1, info: 2 };

/** "TikTok account"; "Google Account" as it is. */
export function accountOf({ name }: Pick<Entry, "name">): string {
  return /\baccount$/i.test(name) ? name : `${name} account`;
}

/** A difficulty in color and words: "🟢 Easy". */
export function gradeOf(difficulty: ListingDifficulty): string {
  return `${DIFFICULTY_COLORS[difficulty]} ${DIFFICULTY_WORDS[difficulty]}`;
}

export function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

/** Difficulty, length and the end of a method, a few words each. */
export function factsOf(entry: Entry, method: Method): string[] {
  const count = method.steps.length;
  const facts = [DIFFICULTY_WORDS[entry.difficulty], count === 1 ? "1 step" : `${count} steps`];
  if (entry.gracePeriodDays === 0) facts.push("final at once");
  else if (entry.gracePeriodDays) facts.push(`gone for good after ${days(entry.gracePeriodDays)}`);
  return facts;
}

/** The page on which a method starts. */
export function deletionLink(entry: Entry, method: Method): Link | undefined {
  if (method.url && method.url !== entry.deletionUrl) return { label: "Open the page", url: method.url };
  if (entry.deletionUrl) return { label: entry.deletionLabel ?? "Open deletion page", url: entry.deletionUrl };
  return helpLink(entry);
}

/** The service's own help page, where one is known. */
export function helpLink(entry: Entry): Link | undefined {
  return entry.helpUrl ? { label: "Open help page", url: entry.helpUrl } : undefined;
}

/** Where to look when nothing is known: the help page, else the service itself. */
export function helpPage(entry: Entry): Link {
  return helpLink(entry) ?? { label: `Open ${entry.name}`, url: entry.website };
}

/** The page on which to ask for deletion under privacy law, where there is one. */
export function privacyLink(entry: Entry): Link | undefined {
  const url = entry.privacyContact?.url;
  return url ? { label: "Open privacy form", url } : undefined;
}

/** How to ask for deletion under privacy law, as a sentence. */
export function privacyContact(entry: Entry): string | undefined {
  const contact = entry.privacyContact;
  if (!contact) return undefined;
  const ways = [contact.url ? "with its privacy form" : "", contact.email ? `by email to ${contact.email}` : ""];
  return `You can also ask ${entry.name} to delete your data ${ways.filter(Boolean).join(" or ")}.`;
}

/** The worst first, otherwise in the entry's order. */
export function bySeverity(warnings: readonly Warning[]): Warning[] {
  return warnings.toSorted((a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity]);
}

/** The weight of the worst one. */
export function toneOf(warnings: readonly Warning[]): Tone {
  const worst = bySeverity(warnings)[0]?.severity;
  return worst === "critical" || worst === "caution" ? worst : "guide";
}

/** The method that a text names by id or title, or undefined. */
export function findMethod(entry: Entry, text: string | undefined): Method | undefined {
  const wanted = text?.trim().toLowerCase();
  if (!wanted) return undefined;
  return (
    entry.methods.find(({ id, title }) => id === wanted || title.toLowerCase() === wanted) ??
    entry.methods.find(({ title }) => title.toLowerCase().includes(wanted))
  );
}

/** The methods that an unfinished text may mean; all of them for an empty one. */
export function suggestMethods(entry: Entry, text: string): Method[] {
  const wanted = text.trim().toLowerCase();
  return entry.methods.filter(({ id, title }) => id.includes(wanted) || title.toLowerCase().includes(wanted));
}
