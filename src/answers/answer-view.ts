import type { Entry, Method } from "../knowledge/schema.ts";
import type { Answer } from "./answer.ts";
import { helpAnswer, topicsAnswer, whichServiceAnswer } from "./asking-back.ts";
import { beforeAnswer } from "./before.ts";
import { browseAnswer } from "./browse.ts";
import { type AnswerContext, entryOf } from "./context.ts";
import { factAnswer } from "./facts.ts";
import { listingAnswer } from "./listing.ts";
import { optionsAnswer } from "./options.ts";
import { stepsAnswer, stuckAnswer, walkAnswer } from "./steps.ts";
import { topicOf, type View } from "./view.ts";

/**
 * What a view shows. A view may be older than the knowledge: a method that is gone gives the first one, a service that
 * is gone the question which one it is about. Never throws.
 */
export function answerView(context: AnswerContext, view: View): Answer {
  const { recent, locale, now } = context;
  return recent ? recent.get(view, locale, now(), () => makeAnswer(context, view)) : makeAnswer(context, view);
}

function makeAnswer(context: AnswerContext, view: View): Answer {
  if (view.kind === "services") return whichServiceAnswer(context, view.topic);
  if (view.kind === "browse") return browseAnswer(context, view);
  if (view.kind === "help") return helpAnswer(context, view.service);
  const entry = entryOf(context, view.service);
  const answer = entry ? answerFromEntry(context, entry, view) : answerFromDirectory(context, view);
  return answer ?? whichServiceAnswer(context, topicOf(view));
}

type ServiceView = Exclude<View, { kind: "services" | "browse" | "help" }>;

function answerFromEntry(context: AnswerContext, entry: Entry, view: ServiceView): Answer | undefined {
  switch (view.kind) {
    case "before":
      return beforeAnswer(context, entry);
    case "options":
      return optionsAnswer(context, entry, view.topic);
    case "fact":
      return factAnswer(context, entry, view.topic);
    case "topics":
      return topicsAnswer(context, entry);
    case "steps":
    case "walk":
    case "stuck": {
      const method = methodOf(entry, view.method);
      if (!method) return undefined;
      if (view.kind === "steps") return stepsAnswer(context, entry, method);
      if (view.kind === "walk") return walkAnswer(context, entry, method, view.step);
      return stuckAnswer(context, entry, method, view.step);
    }
  }
}

function answerFromDirectory(context: AnswerContext, view: ServiceView): Answer | undefined {
  const { directory } = context;
  const listing = directory?.listings.get(view.service);
  return directory && listing && listingAnswer(context, directory, listing, topicOf(view));
}

function methodOf(entry: Entry, id: string | undefined): Method | undefined {
  return entry.methods.find((method) => method.id === id) ?? entry.methods[0];
}
