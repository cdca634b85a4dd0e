/** Services of which only the way out is known: what the imported directory says of them. */
import { chooseLanguage, type Directory, type Listing, type ListingDifficulty } from "../knowledge/directory.ts";
import type { Topic } from "../knowledge/schema.ts";
import { type Answer, type Part, say } from "./answer.ts";
import type { AnswerContext } from "./context.ts";
import { accountOf, DIFFICULTY_WORDS } from "./wording.ts";

const WORDS: Readonly<Record<ListingDifficulty, string>> = {
  ...DIFFICULTY_WORDS,
  limited: "Only where the law gives you the right",
};

/**
 * @param topic - what was asked; of anything but deleting, nothing is known
 */
export function listingAnswer(
  context: AnswerContext,
  { source }: Directory,
  listing: Listing,
  topic: Topic | null,
): Answer {
  const { id, name } = listing;
  const isKnown = topic === null || topic === "delete";
  const note = chooseLanguage(listing.notes, context.locale);
  const url = chooseLanguage(listing.urls, context.locale);
  const parts: Part[] = [];
  if (!isKnown) parts.push({ kind: "lead", items: [say(`Of ${name} we only know the way out.`)] });
  if (note) parts.push({ kind: "lead", items: [say(note)] });
  parts.push(...emailParts(listing));
  if (parts.length === 0)
    parts.push({ kind: "lead", items: [say("The page below is the way out. More we don't know.")] });
  return {
    kind: "listing",
    service: id,
    serviceName: name,
    topic: topic ?? "delete",
    tone: "guide",
    isUnknown: !isKnown,
    title: `Delete your ${accountOf(listing)}`,
    facts: [WORDS[listing.difficulty]],
    link: url ? { label: "Open deletion page", url } : undefined,
    parts,
    actions: [{ label: "How to ask", view: { kind: "help", service: id } }],
    footing: {
      basis: `From ${source.name} (${source.licence} license), not checked by us`,
      remarks: [],
      sources: source.url.startsWith("https://") ? [{ title: source.name, url: source.url }] : [],
    },
  };
}

function emailParts({ email }: Listing): Part[] {
  if (!email) return [];
  const { address, subject, body } = email;
  const items = [say(`To: ${address}`), say(`Subject: ${subject}`), say(body)];
  return [{ kind: "statements", heading: "Ask by email", items }];
}
