import type { Entry } from "../knowledge/schema.ts";
import type { Answer, Part } from "./answer.ts";
import type { AnswerContext } from "./context.ts";
import { footingOf } from "./footing.ts";
import { accountOf, bySeverity, toneOf } from "./wording.ts";

/** What leaving a service costs, what stays behind, and what to do first. */
export function beforeAnswer(context: AnswerContext, entry: Entry): Answer {
  const service = entry.id;
  const parts: Part[] = [
    { kind: "warnings", items: bySeverity(entry.warnings) },
    { kind: "statements", heading: "What stays behind", items: entry.leftovers },
    { kind: "statements", heading: "Also do this first", items: entry.before },
  ];
  return {
    kind: "before",
    service,
    serviceName: entry.name,
    topic: "consequences",
    tone: toneOf(entry.warnings),
    title: `Before you delete your ${accountOf(entry)}`,
    parts: parts.filter(({ items }) => items.length > 0),
    actions: [
      { label: "Save my data first", view: { kind: "fact", service, topic: "export" }, isPrimary: true },
      { label: "Deletion steps", view: { kind: "steps", service } },
      { label: "Privacy options", view: { kind: "options", service, topic: "alternatives" } },
    ],
    footing: footingOf(context, entry),
  };
}
