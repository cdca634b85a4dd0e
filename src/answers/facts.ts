/** What an entry says on a topic that is neither the steps nor a privacy option. */
import type { Claim, Entry } from "../knowledge/schema.ts";
import { type Answer, type Link, type Part, say } from "./answer.ts";
import type { AnswerContext } from "./context.ts";
import { footingOf } from "./footing.ts";
import { UNKNOWN } from "./unknown.ts";
import type { FactTopic } from "./view.ts";
import { accountOf, bySeverity, days, helpPage, privacyContact, privacyLink, toneOf } from "./wording.ts";

interface FactCard {
  readonly title: (entry: Entry) => string;
  /** What the entry's own section says, the direct answer first; empty where it has none. */
  readonly own: (entry: Entry) => Part[];
  readonly link?: (entry: Entry) => Link | undefined;
}

const CARDS: Readonly<Record<FactTopic, FactCard>> = {
  requirements: {
    title: (entry) => `What you need to delete your ${accountOf(entry)}`,
    own: needsParts,
  },
  timing: {
    title: (entry) => `How long deleting your ${accountOf(entry)} takes`,
    own: (entry) => ledBy(finality(entry), entry.timing),
  },
  undo: {
    title: (entry) => `Getting your ${accountOf(entry)} back`,
    own: (entry) => ledBy(undoLead(entry), entry.undo),
  },
  consequences: {
    title: (entry) => `What you'd lose with your ${accountOf(entry)}`,
    own: () => [],
  },
  refunds: {
    title: ({ name }) => `Money and subscriptions on ${name}`,
    own: (entry) => statements(entry.refunds),
  },
  export: {
    title: ({ name }) => `Save your ${name} data first`,
    own: exportParts,
    link: ({ export: saving }) => (saving?.url ? { label: "Open the page", url: saving.url } : undefined),
  },
  "no-access": {
    title: (entry) => `If you can't get into your ${accountOf(entry)}`,
    own: ({ noAccess }) => (noAccess.length > 0 ? [{ kind: "situations", items: noAccess }] : []),
    link: privacyLink,
  },
  "on-behalf": {
    title: (entry) => `Someone else's ${accountOf(entry)}`,
    own: ({ onBehalf }) => (onBehalf.length > 0 ? [{ kind: "situations", items: onBehalf }] : []),
    link: privacyLink,
  },
};

/** Topics on which warnings answer more directly than the entry's own section. */
const WARNINGS_ANSWER: ReadonlySet<FactTopic> = new Set(["requirements", "refunds"]);

/** The entry's own section, then its warnings on the topic; or that nothing is known, and where to ask. */
export function factAnswer(context: AnswerContext, entry: Entry, topic: FactTopic): Answer {
  const card = CARDS[topic];
  const service = entry.id;
  const warnings = bySeverity(entry.warnings.filter((warning) => warning.topic === topic));
  const own = card.own(entry);
  const parts: Part[] = [];
  const areWarningsFirst = own.length === 0 || WARNINGS_ANSWER.has(topic);
  if (warnings.length > 0 && areWarningsFirst) parts.push({ kind: "warnings", items: warnings });
  parts.push(...own);
  if (warnings.length > 0 && !areWarningsFirst)
    parts.push({ kind: "warnings", heading: "Keep in mind", items: warnings });
  if (topic === "consequences" && entry.leftovers.length > 0) {
    parts.push({ kind: "statements", heading: "What stays behind", items: entry.leftovers });
  }
  const isKnown = parts.length > 0;
  if (!isKnown) parts.push({ kind: "lead", items: [say(`We don't know ${UNKNOWN[topic](entry)} yet.`)] });
  const contact = topic === "no-access" || topic === "on-behalf" ? privacyContact(entry) : undefined;
  if (contact) parts.push({ kind: "statements", heading: "If nothing else works", items: [say(contact)] });
  return {
    kind: "fact",
    service,
    serviceName: entry.name,
    topic,
    tone: isKnown ? toneOf(warnings) : "ask",
    isUnknown: !isKnown,
    title: card.title(entry),
    link: card.link?.(entry) ?? (isKnown ? undefined : helpPage(entry)),
    parts,
    actions: [
      { label: "Deletion steps", view: { kind: "steps", service } },
      { label: "Before you delete", view: { kind: "before", service } },
      { label: "Privacy options", view: { kind: "options", service, topic: "alternatives" } },
      { label: "Other questions", view: { kind: "topics", service } },
    ],
    footing: footingOf(context, entry),
  };
}

function statements(items: readonly Claim[]): Part[] {
  return items.length > 0 ? [{ kind: "statements", items }] : [];
}

/** Statements after what leads them; without that, the first one leads the others. */
function ledBy(leads: readonly Part[], items: readonly Claim[]): Part[] {
  const [first, ...others] = items;
  if (leads.length > 0 || !first) return [...leads, ...statements(items)];
  return [{ kind: "lead", items: [first] }, ...statements(others)];
}

function lead(text: string): Part {
  return { kind: "lead", items: [say(text)] };
}

function needsParts({ methods }: Entry): Part[] {
  const isOne = methods.length === 1;
  return methods.flatMap(({ title, needs }): Part[] => {
    if (needs.length === 0) return [];
    return [isOne ? { kind: "statements", items: needs } : { kind: "statements", heading: title, items: needs }];
  });
}

function finality({ gracePeriodDays, timing }: Entry): Part[] {
  if (gracePeriodDays === 0) return [lead("It is final **at once**.")];
  if (gracePeriodDays) return [lead(`It is final **after ${days(gracePeriodDays)}**.`)];
  // What the entry says of its timing is more exact than that nothing is promised.
  if (gracePeriodDays === null && timing.length === 0) return [lead("Count on it being final as soon as you confirm.")];
  return [];
}

function undoLead({ name, gracePeriodDays, undo }: Entry): Part[] {
  if (gracePeriodDays === 0) return [lead("**No.** Deletion is final at once.")];
  if (gracePeriodDays === undefined || gracePeriodDays === null) {
    // What the entry says is more exact than that nothing is promised.
    const isPromised = gracePeriodDays === undefined || undo.length > 0;
    return isPromised ? [] : [lead(`**Don't count on it.** ${name} promises no way back.`)];
  }
  const isDoubtful = undo.length > 0 && undo.every(({ unconfirmed }) => unconfirmed);
  return [lead(`**${isDoubtful ? "Probably" : "Yes"}, for ${days(gracePeriodDays)}.**`)];
}

function exportParts({ export: saving }: Entry): Part[] {
  if (!saving) return [];
  return [
    lead("**Yes, you can get a copy.** Do it before you delete."),
    ...statements(saving.ready ? [saving.ready] : []),
    { kind: "steps", items: saving.steps, isUnconfirmed: saving.unconfirmed },
  ];
}
