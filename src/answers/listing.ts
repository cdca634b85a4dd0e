/** Services of which only the way out is known: what the imported directory says of them. */
import { chooseLanguage, type Directory, type Listing } from "../knowledge/directory.ts";
import type { Topic, Warning } from "../knowledge/schema.ts";
import { type Answer, type Part, say } from "./answer.ts";
import { ALL_SERVICES } from "./browse.ts";
import type { AnswerContext } from "./context.ts";
import { sourceFooting } from "./footing.ts";
import { UNKNOWN } from "./unknown.ts";
import { accountOf, gradeOf } from "./wording.ts";

/** True of every service of which nothing else is known. */
const CAREFUL: Warning = {
  topic: "consequences",
  severity: "caution",
  text: "**Save what you want to keep first.** We haven't checked what deleting costs you here; it may be final at once.",
};

/**
 * The way out, or that it is all we know.
 *
 * @param topic - what was asked; of anything but deleting, nothing is known
 */
export function listingAnswer(
  context: AnswerContext,
  { source }: Directory,
  listing: Listing,
  topic: Topic | null,
): Answer {
  const common = {
    kind: "listing",
    service: listing.id,
    serviceName: listing.name,
    facts: [gradeOf(listing.difficulty)],
    footing: sourceFooting(source),
  } as const;
  const note = chooseLanguage(listing.notes, context.locale);
  if (topic !== null && topic !== "delete") return { ...common, ...onlyTheWayOut(listing, topic, note) };
  const url = chooseLanguage(listing.urls, context.locale);
  return {
    ...common,
    topic: "delete",
    tone: "caution",
    title: `Delete your ${accountOf(listing)}`,
    link: url
      ? { label: listing.difficulty === "impossible" ? "Open its page" : "Open deletion page", url }
      : undefined,
    parts: [{ kind: "warnings", items: [CAREFUL] }, ...noteParts(listing, note), ...emailParts(listing)],
    actions: [{ label: "How to ask", view: { kind: "help", service: listing.id } }, ALL_SERVICES],
  };
}

function noteParts({ name, difficulty, email }: Listing, note: string | undefined): Part[] {
  const parts: Part[] = [];
  if (difficulty === "limited") {
    const who = `${name} deletes accounts only for people whose privacy law gives them that right.`;
    parts.push({ kind: "lead", items: [say(`${who} It may ask you for proof of where you live.`)] });
  }
  if (note) parts.push({ kind: "lead", items: [say(note)] });
  if (parts.length > 0) return parts;
  const way = email ? "Open the page, or write an email." : "Open the page: it is the way out.";
  return [{ kind: "lead", items: [say(difficulty === "impossible" ? `${name} offers no full deletion.` : way)] }];
}

function emailParts({ email }: Listing): Part[] {
  if (!email) return [];
  return [
    {
      kind: "copy",
      heading: "Ask by email",
      hint: "Fill in what is left open. Never add a password or a code.",
      items: [
        { label: "To", text: email.address },
        { label: "Subject", text: email.subject },
        { label: "Text", text: email.body },
      ],
    },
  ];
}

function onlyTheWayOut({ id, name, domains: [domain] }: Listing, topic: Exclude<Topic, "delete">, note?: string) {
  const unknown: Part = { kind: "lead", items: [say(`We don't know ${UNKNOWN[topic]({ name })}.`)] };
  return {
    topic,
    tone: "ask",
    isUnknown: true,
    title: `We only know the way out of ${name}`,
    link: domain ? { label: "Open its website", url: `https://${domain}` } : undefined,
    parts: note ? [unknown, { kind: "statements", heading: "What we know", items: [say(note)] }] : [unknown],
    actions: [
      { label: "How to delete it", view: { kind: "steps", service: id }, isPrimary: true },
      { label: "How to ask", view: { kind: "help", service: id } },
      ALL_SERVICES,
    ],
  } as const satisfies Partial<Answer>;
}
