/**
 * A view is something that can be shown: all the state that a button or a menu carries. Questions and commands lead to
 * a view as well, so that everything which is ever shown comes from one function, `answerView`.
 */
import type { ListingDifficulty } from "../knowledge/directory.ts";
import type { Category, Topic } from "../knowledge/schema.ts";

/** What privacy options can be narrowed to; `alternatives` is all of them. */
export const OPTION_TOPICS = [
  "alternatives",
  "deactivate",
  "private",
  "discoverability",
  "contact-limits",
  "other",
] as const;

/** Topics with a card of their own; `delete` has the steps, the rest are privacy options. */
export const FACT_TOPICS = [
  "requirements",
  "timing",
  "undo",
  "consequences",
  "refunds",
  "export",
  "no-access",
  "on-behalf",
] as const satisfies readonly Topic[];

export type OptionTopic = (typeof OPTION_TOPICS)[number];
export type FactTopic = (typeof FACT_TOPICS)[number];

export type View =
  /** The steps of a method; of the first one where none is named or it is gone. */
  | { readonly kind: "steps"; readonly service: string; readonly method?: string | undefined }
  /** One step at a time. `step` counts from 1; the one after the last tells what happens now. */
  | { readonly kind: "walk"; readonly service: string; readonly method: string; readonly step: number }
  | { readonly kind: "stuck"; readonly service: string; readonly method: string; readonly step: number }
  /** What it costs, what stays, what to do first. */
  | { readonly kind: "before"; readonly service: string }
  | { readonly kind: "options"; readonly service: string; readonly topic: OptionTopic }
  | { readonly kind: "fact"; readonly service: string; readonly topic: FactTopic }
  /** What can be asked about a service. */
  | { readonly kind: "topics"; readonly service: string }
  /** Which account is it about? */
  | { readonly kind: "services"; readonly topic: Topic | null }
  /** The services that fit what is chosen, a page at a time. */
  | BrowseView
  /** How to ask, and what Wayout is. */
  | { readonly kind: "help"; readonly service?: string | undefined };

export interface BrowseView {
  readonly kind: "browse";
  /** From 1; one that does not exist gives the nearest. */
  readonly page: number;
  /** `listed`: those of the directory, which knows no kinds. */
  readonly category: Category | "listed" | null;
  readonly difficulty: ListingDifficulty | null;
  /** Words that the name holds; empty for all. What `cleanSearch` makes of a text, and nothing else. */
  readonly search: string;
}

/** All services. */
export const BROWSE_ALL: BrowseView = { kind: "browse", page: 1, category: null, difficulty: null, search: "" };

// In a custom_id there is room for so much beside the rest.
const MAX_SEARCH = 40;

/** The words of a text that somebody searches for: letters, digits and the signs of names, nothing that marks up. */
export function cleanSearch(text: string): string {
  const words = text.replace(/[^\p{L}\p{M}\p{N}.+&]+/gu, " ").trim();
  // Half of a sign outside the Basic Multilingual Plane is no sign.
  return words
    .slice(0, MAX_SEARCH)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd();
}

/** The view that answers a topic. */
export function viewOf(service: string, topic: Topic): View {
  switch (topic) {
    case "delete":
      return { kind: "steps", service };
    case "alternatives":
    case "deactivate":
    case "private":
    case "discoverability":
    case "contact-limits":
      return { kind: "options", service, topic };
    default:
      return { kind: "fact", service, topic };
  }
}

/** The topic that a view answers, null where it is about none in particular. */
export function topicOf(view: View): Topic | null {
  switch (view.kind) {
    case "steps":
    case "walk":
    case "stuck":
      return "delete";
    case "before":
      return "consequences";
    case "options":
      return view.topic === "other" ? "alternatives" : view.topic;
    case "fact":
    case "services":
      return view.topic;
    case "topics":
    case "browse":
    case "help":
      return null;
  }
}
