/**
 * What to say, in pieces that know what they mean and not how they look. Cards and terminals render the same answer.
 *
 * Texts may hold `**bold**`, as entries do, and no other Markdown.
 */
import type { ListingDifficulty } from "../knowledge/directory.ts";
import type { Claim, Situation, Step, Topic, Warning } from "../knowledge/schema.ts";
import type { View } from "./view.ts";

/**
 * How an answer weighs: `critical` and `caution` as its worst warning, `guide` where it simply tells, `safe` where
 * nothing can be lost, `ask` where it asks back or does not know.
 */
export type Tone = "critical" | "caution" | "guide" | "safe" | "ask";

/** A page to open. */
export interface Link {
  readonly label: string;
  readonly url: string;
}

/** Something to show next. */
export interface Action {
  readonly label: string;
  readonly view: View;
  readonly isPrimary?: boolean;
  /** Shown so that the others keep their place, but leads nowhere. */
  readonly isDisabled?: boolean;
}

/** A choice among several views. */
export interface Menu {
  /** Unique in an answer, short: it goes into a custom_id. */
  readonly name: "method" | "topic" | "service" | "category" | "difficulty";
  readonly label: string;
  readonly options: readonly {
    readonly label: string;
    readonly description?: string | undefined;
    readonly view: View;
    readonly isCurrent?: boolean;
  }[];
}

/** One thing to do instead of deleting. */
export interface Option {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly effect: Claim;
  readonly isUnconfirmed: boolean;
}

/** A piece of an answer. Its items can be shortened to "… and 3 more", from the end. */
export type Part =
  /** The direct answer to the question. */
  | { readonly kind: "lead"; readonly items: readonly [Claim] }
  /** The menu labels to follow. */
  | { readonly kind: "path"; readonly items: readonly string[] }
  | { readonly kind: "statements"; readonly heading?: string; readonly items: readonly Claim[] }
  | {
      readonly kind: "warnings";
      readonly heading?: string;
      readonly items: readonly Warning[];
      /** Those that stand elsewhere: how many, and the label of the action that leads there. */
      readonly more?: { readonly count: number; readonly under: string } | undefined;
    }
  | {
      readonly kind: "steps";
      readonly heading?: string;
      /** What one must have at hand. */
      readonly needs?: readonly Claim[];
      readonly items: readonly Step[];
      readonly isUnconfirmed?: boolean | undefined;
      /** The label of the action that leads to all steps, should they be too long for a card. */
      readonly under?: string;
    }
  | {
      readonly kind: "options";
      readonly items: readonly Option[];
      /** Only where to find it and what it does: the steps stand under each topic. */
      readonly isBrief: boolean;
    }
  | { readonly kind: "situations"; readonly heading?: string; readonly items: readonly Situation[] }
  | { readonly kind: "services"; readonly heading?: string; readonly items: readonly NamedService[] }
  /** Texts to be copied, each by itself. They are shown to the letter, over several lines where they have them. */
  | { readonly kind: "copy"; readonly heading: string; readonly hint: string; readonly items: readonly CopyText[] };

/** A service in a list. */
interface NamedService {
  readonly name: string;
  readonly difficulty: ListingDifficulty;
}

export interface CopyText {
  readonly label: string;
  readonly text: string;
}

/** What an answer stands on. */
export interface Footing {
  /** Where it comes from, or when its sources were last read: "Checked November 2026". */
  readonly basis: string;
  /** What to say about how far it can be trusted, a sentence each; empty for most. */
  readonly remarks: readonly string[];
  /** At most two, the service's own first. */
  readonly sources: readonly { readonly title: string; readonly url: string }[];
  readonly reportUrl?: string | undefined;
}

export interface Answer {
  /** `none` is the hint that Wayout has nothing to say: whoever was not spoken to stays silent instead. */
  readonly kind: View["kind"] | "listing" | "clarify" | "unknown-service" | "none";
  /** Id and name of the service it is about; both null where it is about none. */
  readonly service: string | null;
  readonly serviceName: string | null;
  readonly topic: Topic | null;
  readonly tone: Tone;
  /** Nothing is known of it, and the answer says so. */
  readonly isUnknown?: boolean;
  readonly progress?: { readonly step: number; readonly of: number };
  readonly title: string;
  /** A few words each, under the title. */
  readonly facts?: readonly string[];
  /** The page that does it. */
  readonly link?: Link | undefined;
  readonly parts: readonly Part[];
  readonly menus?: readonly Menu[];
  /** What the question may have meant: part of the answer, in terminals too. */
  readonly choices?: readonly Action[];
  readonly actions?: readonly Action[];
  /** More pages, less important than `link`. */
  readonly links?: readonly Link[];
  readonly footing?: Footing;
  /** It is used again, so what is made of it is worth keeping. */
  readonly isKept?: true;
}

/** A statement of Wayout itself. */
export function say(text: string): Claim {
  return { text, unconfirmed: false };
}
