/** The steps of a method: all on one card, or one at a time. */
import type { Entry, Method } from "../knowledge/schema.ts";
import { type Answer, type Menu, type Part, say } from "./answer.ts";
import type { AnswerContext } from "./context.ts";
import { dateAfter } from "./dates.ts";
import { footingOf } from "./footing.ts";
import {
  accountOf,
  bySeverity,
  deletionLink,
  factsOf,
  helpLink,
  privacyContact,
  privacyLink,
  toneOf,
} from "./wording.ts";

const BEFORE_LABEL = "What I'd lose";
const WALK_LABEL = "Walk me through it";
/** Lines of warnings above the steps: enough to stop someone, few enough to be read. Critical ones are always shown. */
const WARNING_LINES = 4;
const SITUATIONS_WHEN_STUCK = 3;

/** All steps of a method, after what must be known before. */
export function stepsAnswer(context: AnswerContext, entry: Entry, method: Method): Answer {
  const service = entry.id;
  const warnings = warningsBefore(entry);
  const more = entry.warnings.length - warnings.length;
  const parts: Part[] = [];
  if (warnings.length > 0) {
    parts.push({
      kind: "warnings",
      heading: "Before you start",
      items: warnings,
      more: more > 0 ? { count: more, under: BEFORE_LABEL } : undefined,
    });
  }
  parts.push({
    kind: "steps",
    needs: method.needs,
    items: method.steps,
    isUnconfirmed: method.unconfirmed,
    under: WALK_LABEL,
  });
  return {
    kind: "steps",
    service,
    serviceName: entry.name,
    topic: "delete",
    tone: toneOf(entry.warnings),
    title: `Delete your ${accountOf(entry)}`,
    facts: factsOf(entry, method),
    link: deletionLink(entry, method),
    parts,
    menus: methodMenu(entry, method),
    actions: [
      { label: WALK_LABEL, view: { kind: "walk", service, method: method.id, step: 1 }, isPrimary: true },
      { label: BEFORE_LABEL, view: { kind: "before", service } },
      { label: "Privacy options instead", view: { kind: "options", service, topic: "alternatives" } },
    ],
    footing: footingOf(context, entry),
  };
}

/** One step of a method, counted from 1; the one after the last tells what happens now. */
export function walkAnswer(context: AnswerContext, entry: Entry, method: Method, wanted: number): Answer {
  const service = entry.id;
  const step = Math.max(1, wanted);
  const of = method.steps.length;
  const current = method.steps[step - 1];
  if (!current) return doneAnswer(context, entry, method);
  const walk = (to: number) => ({ kind: "walk", service, method: method.id, step: to }) as const;
  const parts: Part[] = [];
  if (current.note) parts.push({ kind: "lead", items: [say(current.note)] });
  if (current.path) parts.push({ kind: "path", items: current.path });
  return {
    kind: "walk",
    service,
    serviceName: entry.name,
    topic: "delete",
    tone: "guide",
    progress: { step, of },
    title: headlineOf(current.do),
    link: step === 1 ? deletionLink(entry, method) : undefined,
    parts,
    actions: [
      { label: "Back", view: walk(step - 1), isDisabled: step === 1 },
      { label: step === of ? "Done" : "Next", view: walk(step + 1), isPrimary: true },
      { label: "I'm stuck", view: { kind: "stuck", service, method: method.id, step } },
      { label: "All steps", view: { kind: "steps", service, method: method.id } },
    ],
  };
}

function doneAnswer(context: AnswerContext, entry: Entry, method: Method): Answer {
  const service = entry.id;
  const parts: Part[] = [];
  if (entry.gracePeriodDays) {
    const date = dateAfter(context.now(), entry.gracePeriodDays);
    parts.push({ kind: "lead", items: [say(`If you confirmed today, it is final **around ${date}**.`)] });
  } else if (entry.gracePeriodDays === 0) {
    parts.push({ kind: "lead", items: [say("If you confirmed the last step, it is **final now**.")] });
  }
  if (entry.timing.length > 0) parts.push({ kind: "statements", heading: "When it is final", items: entry.timing });
  if (entry.undo.length > 0) parts.push({ kind: "statements", heading: "If you change your mind", items: entry.undo });
  const remember = entry.warnings.filter(({ topic }) => topic === "undo" || topic === "timing");
  if (remember.length > 0) parts.push({ kind: "warnings", heading: "Keep in mind", items: bySeverity(remember) });
  return {
    kind: "walk",
    service,
    serviceName: entry.name,
    topic: "delete",
    tone: "guide",
    title: "Done. What happens now",
    parts,
    actions: [
      { label: "Back", view: { kind: "walk", service, method: method.id, step: method.steps.length } },
      { label: "I'm stuck", view: { kind: "stuck", service, method: method.id, step: method.steps.length } },
      { label: "All steps", view: { kind: "steps", service, method: method.id } },
    ],
    footing: footingOf(context, entry),
  };
}

/** A step as a headline: menu labels in quotes instead of bold, no full stop. */
function headlineOf(step: string): string {
  return step.replace(/\*\*(.+?)\*\*/g, "“$1”").replace(/\.$/, "");
}

/** What else to try when a step does not work. */
export function stuckAnswer(context: AnswerContext, entry: Entry, method: Method, wanted: number): Answer {
  const service = entry.id;
  const step = Math.min(Math.max(1, wanted), method.steps.length);
  const others = entry.methods.filter((other) => other !== method);
  const parts: Part[] = [
    {
      kind: "statements",
      items: [
        say("It's not you: menus move and look different from version to version. Look for words close to these."),
        say("Updating the app, or trying a browser instead, often brings a missing button back."),
        ...(others.length > 0 ? [say("There is another way to do it: choose one below.")] : []),
      ],
    },
  ];
  const situations = entry.noAccess.slice(0, SITUATIONS_WHEN_STUCK);
  if (situations.length > 0) parts.push({ kind: "situations", heading: "If you can't get in", items: situations });
  const contact = privacyContact(entry);
  if (contact) parts.push({ kind: "statements", heading: "If nothing else works", items: [say(contact)] });
  const links = [helpLink(entry), privacyLink(entry)].filter((link) => link !== undefined);
  return {
    kind: "stuck",
    service,
    serviceName: entry.name,
    topic: "delete",
    tone: "guide",
    title: `Stuck at step ${step}?`,
    parts,
    menus: methodMenu(entry, method),
    actions: [
      { label: `Back to step ${step}`, view: { kind: "walk", service, method: method.id, step }, isPrimary: true },
      { label: "All steps", view: { kind: "steps", service, method: method.id } },
      { label: "I can't log in", view: { kind: "fact", service, topic: "no-access" } },
    ],
    links,
    footing: footingOf(context, entry),
  };
}

/** All critical warnings, then others in order of severity while there is room. */
function warningsBefore(entry: Entry): Entry["warnings"] {
  const critical = entry.warnings.filter(({ severity }) => severity === "critical");
  const others = bySeverity(entry.warnings).slice(critical.length);
  return [...critical, ...others.slice(0, Math.max(0, WARNING_LINES - critical.length))];
}

function methodMenu(entry: Entry, current: Method): Menu[] {
  if (entry.methods.length < 2) return [];
  const options = entry.methods.map((method) => ({
    label: method.title,
    view: { kind: "steps", service: entry.id, method: method.id },
    isCurrent: method === current,
  })) satisfies Menu["options"];
  return [{ name: "method", label: "Other ways to do it", options }];
}
