/** Privacy options: what one can do instead of deleting. */
import type { Entry } from "../knowledge/schema.ts";
import type { TopicsFile } from "../knowledge/topics-schema.ts";
import { type Answer, type Menu, type Option, type Part, say } from "./answer.ts";
import type { AnswerContext } from "./context.ts";
import { footingOf } from "./footing.ts";
import { UNKNOWN } from "./unknown.ts";
import { OPTION_TOPICS, type OptionTopic, topicOf } from "./view.ts";
import { accountOf, helpPage } from "./wording.ts";

/** So many fit a phone's screen with all their steps; of more, "all" shows only where to find them. */
const MOST_IN_FULL = 4;

const TITLES: Readonly<Record<OptionTopic, (entry: Entry) => string>> = {
  alternatives: ({ name }) => `Privacy options for ${name}`,
  deactivate: (entry) => `Take a break from your ${accountOf(entry)}`,
  private: ({ name }) => `Who sees your posts on ${name}`,
  discoverability: ({ name }) => `Not being found on ${name}`,
  "contact-limits": ({ name }) => `Who can contact you on ${name}`,
  other: ({ name }) => `More options for ${name}`,
};

/** The options on one topic, or all of them. */
export function optionsAnswer(context: AnswerContext, entry: Entry, topic: OptionTopic): Answer {
  const service = entry.id;
  const known = topic === "deactivate" ? breakParts(entry) : optionParts(entry, topic);
  const isKnown = known.length > 0;
  const unknown: Part = { kind: "lead", items: [say(`We don't know ${UNKNOWN[topic](entry)} yet.`)] };
  return {
    kind: "options",
    service,
    serviceName: entry.name,
    topic: topicOf({ kind: "options", service, topic }),
    tone: isKnown ? "safe" : "ask",
    isUnknown: !isKnown,
    title: TITLES[topic](entry),
    link: isKnown ? breakLink(entry, topic) : helpPage(entry),
    parts: isKnown ? known : [unknown],
    menus: topicMenu(context.knowledge.topics, entry, topic),
    actions: [
      { label: "Deletion steps", view: { kind: "steps", service } },
      { label: "Before you delete", view: { kind: "before", service } },
    ],
    footing: footingOf(context, entry),
  };
}

/** Whether one can take a break, and how. */
function breakParts({ name, deactivate }: Entry): Part[] {
  if (!deactivate) return [];
  if (!deactivate.available) {
    const no = say(`**No.** ${name} has no way to switch an account off for a while.`);
    return [
      { kind: "lead", items: [no] },
      { kind: "statements", items: [deactivate.instead] },
    ];
  }
  const { steps, effect, unconfirmed } = deactivate;
  return [
    { kind: "lead", items: [{ ...effect, text: `**Yes.** ${effect.text}` }] },
    { kind: "steps", items: steps, isUnconfirmed: unconfirmed },
  ];
}

function optionParts(entry: Entry, topic: OptionTopic): Part[] {
  const options = optionsOn(entry, topic);
  if (options.length === 0) return [];
  const isBrief = topic === "alternatives" && options.length > MOST_IN_FULL;
  const list: Part = { kind: "options", items: options, isBrief };
  if (!isBrief) return [list];
  return [
    { kind: "lead", items: [say("None of these deletes your account. Choose a topic below for the steps.")] },
    list,
  ];
}

function breakLink({ deactivate }: Entry, topic: OptionTopic): Answer["link"] {
  const url = topic === "deactivate" && deactivate?.available ? deactivate.url : undefined;
  return url ? { label: "Open the page", url } : undefined;
}

function optionsOn(entry: Entry, topic: OptionTopic): Option[] {
  const options: Option[] = [];
  if (topic === "alternatives" && entry.deactivate?.available) {
    const { steps, effect, unconfirmed } = entry.deactivate;
    options.push({ title: "Take a break", steps, effect, isUnconfirmed: unconfirmed ?? false });
  }
  for (const alternative of entry.alternatives) {
    if (topic !== "alternatives" && alternative.topic !== topic) continue;
    const { title, steps, effect, unconfirmed } = alternative;
    options.push({ title, steps, effect, isUnconfirmed: unconfirmed ?? false });
  }
  return options;
}

/** The topics on which there is something to say, and the one shown. */
function topicMenu(topics: TopicsFile, entry: Entry, current: OptionTopic): Menu[] {
  const shown = OPTION_TOPICS.filter(
    (topic) =>
      topic === current ||
      topic === "alternatives" ||
      (topic === "deactivate" ? entry.deactivate : optionsOn(entry, topic).length > 0),
  );
  const options = shown.map((topic) => ({
    label: labelOf(topics, topic),
    view: { kind: "options", service: entry.id, topic },
    isCurrent: topic === current,
  })) satisfies Menu["options"];
  return options.length < 2 ? [] : [{ name: "topic", label: "Topics", options }];
}

/** What a menu calls a topic of the privacy options. */
function labelOf(topics: TopicsFile, topic: OptionTopic): string {
  if (topic === "alternatives") return "All privacy options";
  return topic === "other" ? "Other options" : topics.topics[topic].title;
}
