/** What the routes of the REST API share. */
import type { HttpBindings } from "@hono/node-server";
import type { Interactions } from "../interactions.ts";
import type { MessageMaker } from "../messages.ts";
import type { Rule } from "./rate-limits.ts";

export interface ApiContext extends MessageMaker {
  readonly interactions: Interactions;
  /** Whether this is the bot's token, and not revoked. */
  readonly isToken: (token: string) => boolean;
  /** The privileged intents that the app was granted; a bit field. */
  readonly grantedIntents: number;
  readonly gateway: {
    readonly url: () => string;
    readonly maxConcurrency: number;
    /** IDENTIFYs so far. */
    readonly identified: () => number;
  };
  /** How many requests each bucket allows; null: as many as one likes. */
  readonly limits: { readonly global: Rule; readonly messages: Rule; readonly other: Rule } | null;
}

export interface ApiEnv {
  Bindings: HttpBindings;
  Variables: {
    /** Whether the request has shown the bot's token. */
    isLetIn?: boolean;
  };
}
