/**
 * Turns what a matcher found into a decision, by thresholds that suit it best on the very questions that it is measured
 * on: nobody could set them better beforehand.
 */
import type { Match } from "../../src/matching/match.ts";
import type { LabelledQuestion } from "../eval/questions.ts";
import { isServiceRight, isTopicRight } from "../eval/score.ts";
import { type Hit, type Label, MOST_HITS, NO_TOPIC } from "./contender.ts";
import type { Reading } from "./reading.ts";

/** What a matcher found for a question. */
export interface Found {
  readonly question: LabelledQuestion;
  readonly reading: Reading;
  readonly hits: readonly Hit[];
}

/** How to decide. */
export interface Thresholds {
  /** How many of the best hits vote on the topic, each with its score. */
  readonly votes: number;
  /** From this score on it asks back. */
  readonly low: number;
  /** … and from this one on it answers. */
  readonly high: number;
}

/** Shares of the questions, 0 to 1. */
export interface Result {
  /** Service and topic right, of those that should be answered; with asking back the best guess counts. */
  readonly joint: number;
  /** Answered, of those that must not be. */
  readonly falseAnswers: number;
  /** Asked back, of those that should be answered and name a service. */
  readonly askedBack: number;
}

const VOTES = [1, 3, MOST_HITS] as const;
/** Scores that are tried as thresholds: so many, evenly spread over those that occur. */
const STEPS = 24;
/**
 * Who asks back each time answers nothing wrong: so this much of it is allowed, of the questions that name a service and
 * of those that must not be answered.
 */
const MOST_ASKED_BACK = 0.2;

/** Finds the thresholds with the most right answers minus false ones, both as shares. */
export function tune(found: readonly Found[]): { readonly thresholds: Thresholds; readonly result: Result } {
  let best: { thresholds: Thresholds; result: Result } | undefined;
  for (const votes of VOTES) {
    const scores = found.map(({ hits }) => guess(hits, votes).score).sort((a, b) => a - b);
    const steps = [
      ...new Set(Array.from({ length: STEPS }, (_, step) => scores[Math.floor((step / STEPS) * scores.length)] ?? 0)),
      Number.POSITIVE_INFINITY,
    ];
    for (const [at, low] of steps.entries()) {
      for (const high of steps.slice(at)) {
        const thresholds = { votes, low, high };
        const { result, allowed } = judge(found, thresholds);
        if (allowed && (best === undefined || worth(result) > worth(best.result))) best = { thresholds, result };
      }
    }
  }
  // With thresholds that nothing reaches a matcher is silent, which is always allowed.
  if (best === undefined) throw new RangeError("no questions to tune on");
  return best;
}

/** What tuning makes the most of. */
export function worth({ joint, falseAnswers }: Result): number {
  return joint - falseAnswers;
}

function judge(found: readonly Found[], thresholds: Thresholds): { result: Result; allowed: boolean } {
  const outcomes = found.map(({ question, reading, hits }) => ({ question, match: decide(reading, hits, thresholds) }));
  const result = resultOf(outcomes);
  const unwanted = outcomes.filter(({ question }) => question.topics.length === 0);
  const askedBackWrongly = share(unwanted, ({ match }) => match.kind === "clarify");
  return { result, allowed: result.askedBack <= MOST_ASKED_BACK && askedBackWrongly <= MOST_ASKED_BACK };
}

/** What a matcher's answers are worth. */
export function resultOf(outcomes: readonly { readonly question: LabelledQuestion; readonly match: Match }[]): Result {
  const wanted = outcomes.filter(({ question }) => question.topics.length > 0);
  const unwanted = outcomes.filter(({ question }) => question.topics.length === 0);
  const named = wanted.filter(({ question }) => question.service !== null);
  return {
    joint: share(wanted, (outcome) => isTopicRight(outcome) && isServiceRight(outcome)),
    falseAnswers: share(unwanted, ({ match }) => match.kind === "answer"),
    askedBack: share(named, ({ match }) => match.kind === "clarify"),
  };
}

/** As Wayout decides: silence, asking back, or an answer where it is also sure which service is meant. */
function decide({ service, sure }: Reading, hits: readonly Hit[], { votes, low, high }: Thresholds): Match {
  const { label, score } = guess(hits, votes);
  if (label === NO_TOPIC || score < low) return { kind: "none", service, topic: null, confidence: 0, candidates: [] };
  if (service === null || !sure || score < high) {
    return { kind: "clarify", service, topic: label, confidence: 0, candidates: [] };
  }
  return { kind: "answer", service, topic: label, confidence: 1, candidates: [] };
}

/** The label with the most votes, and its score: the mean over all votes. */
function guess(hits: readonly Hit[], votes: number): { label: Label; score: number } {
  const sums = new Map<Label, number>();
  for (const { label, score } of hits.slice(0, votes)) sums.set(label, (sums.get(label) ?? 0) + score);
  let best: { label: Label; score: number } = { label: NO_TOPIC, score: 0 };
  for (const [label, sum] of sums) if (sum / votes > best.score) best = { label, score: sum / votes };
  return best;
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}
