/**
 * The soak's account: one record for each interaction and each message, written by what really travelled between the bot
 * and Discord, and a verdict that follows from that record alone.
 */
import type { Fate } from "../../test/e2e/troubled-line.ts";

/** What the record of an interaction or a message says. */
export type Verdict =
  /** Discord took one answer. */
  | "answered"
  /** It never got to the bot while there was time: no connection that lived on carried it. */
  | "not reached"
  /** Discord told the bot to wait, for this very answer, until it was too late. */
  | "told to wait"
  /** The machine had no time for this process, and so none to be relied on for the bot. */
  | "stalled"
  /** None of these: a failure. */
  | "missed";

/** One attempt to answer. */
export interface Attempt {
  readonly at: number;
  readonly fate: Fate;
  /** What Discord said, where it was asked. */
  said?: number | undefined;
}

export interface Entry {
  /** What was done, such as `command`. */
  readonly kind: string;
  /** All times by one clock, that of the process in which Discord is; in ms. */
  readonly askedAt: number;
  /** Until when Discord takes an answer. */
  readonly until: number;
  readonly sent: { readonly connection: number; readonly at: number }[];
  readonly attempts: Attempt[];
  /** How many answers Discord took and people see. */
  answers: number;
}

/** A connection that carried an event carries it to the end if it lives for so long after. */
const CARRIED_MS = 250;
/** Whoever hears of something with less time than this left can't be blamed. */
const TIME_TO_ANSWER_MS = 1_000;
/** The share of the time for an answer that the machine may stall without being an excuse. */
const STALLED_SHARE = 0.1;
/** The bot gives up no attempt sooner: what comes sooner after one that went well was needless. */
const SHORTEST_ATTEMPT_MS = 150;

/** A time in which the machine let nobody, or not everybody, work. */
export interface Stall {
  readonly from: number;
  readonly to: number;
}

/** What a verdict is based on, beside the entry itself. */
export interface Circumstances {
  /** When connections went, by their numbers; those that are still there are not in it. */
  readonly goneAt: ReadonlyMap<number, number>;
  readonly stalls: readonly Stall[];
}

export function verdictOn(entry: Entry, { goneAt, stalls }: Circumstances): Verdict {
  if (entry.answers > 0) return "answered";
  const wasReached = entry.sent.some(
    ({ connection, at }) =>
      at <= entry.until - TIME_TO_ANSWER_MS && (goneAt.get(connection) ?? Number.POSITIVE_INFINITY) - at > CARRIED_MS,
  );
  if (!wasReached) return "not reached";
  const wasToldToWait = entry.attempts.some(({ at, fate }) => at + waitIn(fate) > entry.until);
  if (wasToldToWait) return "told to wait";
  return isStalled(entry, stalls) ? "stalled" : "missed";
}

/** Whether Discord has more than one answer, or was brought another one at once while one was on its way and arrived. */
export function isDoubled(entry: Entry, { stalls }: Circumstances): boolean {
  const { answers, attempts } = entry;
  const good = attempts.find(({ fate, said = 0 }) => fate.kind === "passes" && said >= 200 && said < 300);
  const again = attempts.some(
    (attempt) => good && attempt !== good && attempt.at >= good.at && attempt.at - good.at < SHORTEST_ATTEMPT_MS,
  );
  return answers > 1 || (again && !isStalled(entry, stalls));
}

function isStalled({ askedAt, until }: Entry, stalls: readonly Stall[]): boolean {
  const stalled = stalls.reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to, until) - Math.max(from, askedAt)),
    0,
  );
  return stalled > (until - askedAt) * STALLED_SHARE;
}

/** How long Discord told the bot to wait, in ms. */
function waitIn(fate: Fate): number {
  if (fate.kind !== "refused" || fate.answer.status !== 429) return 0;
  return Number(fate.answer.headers?.["retry-after"] ?? 0) * 1000;
}

export interface Tally {
  readonly asked: number;
  readonly answered: number;
  readonly notReached: number;
  readonly toldToWait: number;
  readonly stalled: number;
  /** What was missed or doubled, each with its record. */
  readonly failures: readonly { readonly what: "missed" | "doubled"; readonly entry: Entry }[];
}

export function createAccount() {
  const entries = new Map<string, Entry>();
  const goneAt = new Map<number, number>();
  const stalls: Stall[] = [];
  const circumstances: Circumstances = { goneAt, stalls };

  return {
    /** An interaction or a message is under way to the bot; `until` is when Discord stops taking an answer. */
    open(id: string, kind: string, until: number): void {
      entries.set(id, { kind, askedAt: performance.now(), until, sent: [], attempts: [], answers: 0 });
    },
    find: (id: string): Entry | undefined => entries.get(id),
    sent(id: string, connection: number): void {
      entries.get(id)?.sent.push({ connection, at: performance.now() });
    },
    gone(connection: number): void {
      goneAt.set(connection, performance.now());
    },
    stalled(stall: Stall): void {
      stalls.push(stall);
    },
    tried(id: string, fate: Fate): Attempt | undefined {
      const attempt: Attempt = { at: performance.now(), fate };
      entries.get(id)?.attempts.push(attempt);
      return attempt;
    },
    answered(id: string): void {
      const entry = entries.get(id);
      if (entry) entry.answers += 1;
    },
    /** How many have neither an answer nor an excuse, and Discord would still take one. */
    openCount: (): number =>
      [...entries.values()].filter(({ answers, until }) => answers === 0 && until > performance.now()).length,
    /** By kind. */
    tally(): Record<string, Tally> {
      const all = [...entries.values()];
      const kinds = [...new Set(all.map(({ kind }) => kind))].sort();
      return Object.fromEntries(
        kinds.map((kind) => {
          const list = all.filter((entry) => entry.kind === kind);
          const count = (verdict: Verdict) =>
            list.filter((entry) => verdictOn(entry, circumstances) === verdict).length;
          const failures = list.flatMap((entry) => [
            ...(verdictOn(entry, circumstances) === "missed" ? [{ what: "missed" as const, entry }] : []),
            ...(isDoubled(entry, circumstances) ? [{ what: "doubled" as const, entry }] : []),
          ]);
          return [
            kind,
            {
              asked: list.length,
              answered: count("answered"),
              notReached: count("not reached"),
              toldToWait: count("told to wait"),
              stalled: count("stalled"),
              failures,
            },
          ];
        }),
      );
    },
  };
}
