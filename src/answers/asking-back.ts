/** Answers that ask back, or tell how to ask. */
import { type Entry, TOPICS, type Topic } from "../knowledge/schema.ts";
import type { Candidate } from "../matching/match.ts";
import { type Action, type Answer, type Menu, say } from "./answer.ts";
import { ALL_SERVICES } from "./browse.ts";
import { type AnswerContext, entryOf, nameOf } from "./context.ts";
import { type View, viewOf } from "./view.ts";
import { helpLink } from "./wording.ts";

// Discord's menus hold 25 options, and nobody reads more.
const MENU_SERVICES = 25;
const SUGGESTIONS = 5;
/** How one, two and three readings are offered. */
const ASKING = [
  { title: "Is this what you mean?", ask: "Press it if that is right.", neither: "Something else" },
  { title: "Two things this could mean", ask: "Which one is it?", neither: "Neither" },
  { title: "Three things this could mean", ask: "Which one is it?", neither: "None of these" },
] as const;

const NONE_OF_SERVICE = { service: null, serviceName: null } as const;

/** Two or three things that a question may have meant. */
export function clarifyAnswer(context: AnswerContext, candidates: readonly Candidate[]): Answer {
  const choices = choicesOf(context, candidates);
  const isOneService = isShared(candidates.map(({ service }) => service));
  const isOneTopic = isShared(candidates.map(({ topic }) => topic));
  const serviceName = isOneService ? nameOf(context, candidates[0]?.service) : undefined;
  const service = (serviceName && candidates[0]?.service) || undefined;
  const isAboutService = isOneTopic && !isOneService;
  const about = serviceName ? `This is about ${serviceName}, I think.` : "I want to be sure before I answer.";
  const { title, ask, neither } = ASKING[Math.min(choices.length, ASKING.length) - 1] ?? ASKING[0];
  return {
    kind: "clarify",
    service: service ?? null,
    serviceName: serviceName ?? null,
    topic: isOneTopic ? (candidates[0]?.topic ?? null) : null,
    tone: "ask",
    title: isAboutService ? "Which account do you mean?" : title,
    parts: [{ kind: "lead", items: [say(`${about} ${ask}`)] }],
    choices,
    actions: [{ label: neither, view: { kind: "help", service } }],
  };
}

/** A button for each reading; two readings that lead to the same card are one. */
function choicesOf(context: AnswerContext, candidates: readonly Candidate[]): Action[] {
  const isOneService = isShared(candidates.map(({ service }) => service));
  const isOneTopic = isShared(candidates.map(({ topic }) => topic));
  const seen = new Set<string>();
  return candidates.flatMap(({ service, topic }) => {
    const name = nameOf(context, service);
    const view: View = service && name ? viewOf(service, topic) : { kind: "services", topic };
    const key = JSON.stringify(view);
    if (seen.has(key)) return [];
    seen.add(key);
    const { title } = context.knowledge.topics.topics[topic];
    const label = isOneService || !name ? title : isOneTopic ? name : `${title} · ${name}`;
    return [{ label, view }];
  });
}

function isShared(values: readonly unknown[]): boolean {
  return values.every((value) => value === values[0]);
}

/** The topic is known, the account is not. */
export function whichServiceAnswer(context: AnswerContext, topic: Topic | null): Answer {
  const example = context.matcher.suggestServices("", 1)[0]?.name;
  const hint = example ? `, or write its name with your question: “… my ${example} account”` : "";
  return {
    kind: "services",
    ...NONE_OF_SERVICE,
    topic,
    tone: "ask",
    title: "Which account is it about?",
    parts: [{ kind: "lead", items: [say(`Choose one below${hint}.`)] }],
    menus: servicesMenu(context, topic),
    actions: [ALL_SERVICES, { label: "How to ask", view: { kind: "help" } }],
  };
}

/** A service was named, but not what about it. */
export function topicsAnswer(context: AnswerContext, entry: Entry): Answer {
  const service = entry.id;
  return {
    kind: "topics",
    service,
    serviceName: entry.name,
    topic: null,
    tone: "ask",
    title: `What about ${entry.name}?`,
    parts: [{ kind: "lead", items: [say("Choose what you want to know.")] }],
    menus: topicsMenu(context, entry),
    actions: [
      { label: "Deletion steps", view: { kind: "steps", service } },
      { label: "Before you delete", view: { kind: "before", service } },
      { label: "Privacy options", view: { kind: "options", service, topic: "alternatives" } },
      ALL_SERVICES,
    ],
  };
}

/**
 * A command was given a service that nobody here knows.
 *
 * @param typed - what the person wrote; it is not repeated, since a shared reply would show it to everyone
 * @param toView - what the command shows once the service is known
 */
export function unknownServiceAnswer(context: AnswerContext, typed: string, toView: (service: string) => View): Answer {
  const suggestions = context.matcher.suggestServices(typed, SUGGESTIONS);
  const choices = suggestions.map(({ id, name }) => ({ label: name, view: toView(id) }));
  const name = context.matcher.suggestServices("", 1)[0]?.name;
  const example = name ? `Write the name as the service writes it, such as “${name}”, or its web address.` : "";
  return {
    kind: "unknown-service",
    ...NONE_OF_SERVICE,
    topic: null,
    tone: "ask",
    title: choices.length > 0 ? "Did you mean one of these?" : "I don't know that service yet",
    parts: example ? [{ kind: "lead", items: [say(example)] }] : [],
    menus: choices.length > 0 ? [] : servicesMenu(context, null),
    choices,
    actions: [ALL_SERVICES, { label: "How to ask", view: { kind: "help" } }],
  };
}

/** How to ask, and what Wayout is and is not. */
export function helpAnswer(context: AnswerContext, service: string | undefined): Answer {
  const entry = entryOf(context, service);
  return {
    kind: "help",
    service: entry?.id ?? null,
    serviceName: entry?.name ?? null,
    topic: null,
    tone: "ask",
    title: "How to ask",
    parts: [
      {
        kind: "statements",
        items: [
          say(`Name the account and what you want: “${exampleQuestion(context)}”`),
          say(
            "Or use /delete-steps, /before-you-delete, /privacy-options, /services or /ask. Only you see the answer.",
          ),
        ],
      },
      { kind: "statements", heading: "What I do with what you write", items: PROMISES },
    ],
    menus: entry ? topicsMenu(context, entry) : servicesMenu(context, null),
    actions: [ALL_SERVICES],
    links: entry ? [helpLink(entry)].filter((link) => link !== undefined) : [],
  };
}

const PROMISES = [
  say("I answer it and forget it. Nothing about you is stored."),
  say("I never ask for a password or a code. Type those only into the service itself."),
];

/** Someone spoke to Wayout about something else. */
export function noneAnswer(context: AnswerContext): Answer {
  return {
    kind: "none",
    ...NONE_OF_SERVICE,
    topic: null,
    tone: "ask",
    title: "I can help you leave an account",
    parts: [
      {
        kind: "lead",
        items: [
          say(
            `I know how to delete accounts, what it costs you, and what you can do instead. Try: “${exampleQuestion(context)}”`,
          ),
        ],
      },
    ],
    actions: [{ label: "How to ask", view: { kind: "help" } }],
  };
}

function exampleQuestion(context: AnswerContext): string {
  const name = context.matcher.suggestServices("", 1)[0]?.name;
  return name ? `How do I delete my ${name} account?` : "How do I delete my account?";
}

function servicesMenu(context: AnswerContext, topic: Topic | null): Menu[] {
  const options = context.matcher.suggestServices("", MENU_SERVICES).map(({ id, name }) => ({
    label: name,
    view: topic ? viewOf(id, topic) : ({ kind: "topics", service: id } as const),
  })) satisfies Menu["options"];
  return options.length > 0 ? [{ name: "service", label: "Choose a service", options }] : [];
}

function topicsMenu({ knowledge }: AnswerContext, { id }: Entry): Menu[] {
  const options = TOPICS.map((topic) => {
    const { title, summary } = knowledge.topics.topics[topic];
    return { label: title, description: summary, view: viewOf(id, topic) };
  }) satisfies Menu["options"];
  return [{ name: "topic", label: "Choose a topic", options }];
}
