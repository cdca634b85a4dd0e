/** What a text consists of once it is read. */
import type { Sense, Term } from "./lexicon.ts";

/** A word or a group of words that means something, or a service's name. */
export interface Item {
  readonly text: string;
  readonly term: Term;
  /** What it stands for here; nothing where it is a name. */
  readonly sense: Sense;
  /** The service's id where this is a name. */
  readonly service: string | undefined;
  /** Whether a sentence starts here. */
  readonly starts: boolean;
}

/** A service that the text names. */
export interface Mention {
  readonly id: string;
  /** Position among the items. */
  readonly at: number;
  /** false where the name is an everyday word and little speaks for the service. */
  readonly sure: boolean;
  readonly weak: boolean;
}
