/** What the bench says to its local Discord, which has a process of its own, and what that answers. */

/** What people do; without a choice, all five take turns. */
export const KINDS = ["delete-steps", "before-you-delete", "privacy-options", "ask", "typing"] as const;
export type Kind = (typeof KINDS)[number];

export type ToDiscord =
  /** So many interactions, so many of them at once; all of one kind, where one is given. */
  | { readonly type: "burst"; readonly count: number; readonly atOnce: number; readonly kind?: Kind }
  /** So many interactions a second. */
  | { readonly type: "pace"; readonly perSecond: number; readonly seconds: number };

export type FromDiscord =
  | { readonly type: "listening"; readonly token: string; readonly apiUrl: string }
  /** The bot got READY, at this time (Unix ms). */
  | { readonly type: "ready"; readonly at: number }
  | {
      readonly type: "done";
      readonly seconds: number;
      readonly failures: number;
      /** From the interaction to its answer, in ms, ascending. */
      readonly latencies: readonly number[];
    };

/** To whom the HTTP endpoint's requests come from: so many of them, so many at once. */
export interface HttpOrder {
  readonly port: number;
  readonly count: number;
  readonly atOnce: number;
}

export interface HttpResult {
  readonly type: "done";
  readonly seconds: number;
  readonly failures: number;
}
