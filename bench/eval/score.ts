/** Counts how often the matcher was right, by groups of questions. */
import type { Match } from "../../src/matching/match.ts";
import type { LabelledQuestion } from "./questions.ts";

/** A question and what the matcher made of it. */
export interface Outcome {
  readonly question: LabelledQuestion;
  readonly match: Match;
}

/** Shares of a group of questions that should be answered, 0 to 1. */
export interface Accuracy {
  readonly questions: number;
  /** The topic, or the best guess where it asked back, is one of those labelled. */
  readonly topic: number;
  readonly service: number;
  /** Both. */
  readonly joint: number;
  /** Asked back, of those that name a service. */
  readonly askedBack: number;
  /** A labelled topic was the answer or among what was offered. */
  readonly offered: number;
}

/** Shares of a group of questions that must not be answered, 0 to 1. */
export interface FalseAlarms {
  readonly questions: number;
  readonly answered: number;
  readonly askedBack: number;
}

/** Whether the topic, or the best guess at it, is right. */
export function isTopicRight({ question, match }: Outcome): boolean {
  return match.topic !== null && question.topics.includes(match.topic);
}

/** Whether the service is the labelled one, or none where none is named. */
export function isServiceRight({ question, match }: Outcome): boolean {
  return match.service === (question.service ?? question.context ?? null);
}

function isOffered(outcome: Outcome): boolean {
  const { question, match } = outcome;
  return isTopicRight(outcome) || match.candidates.some(({ topic }) => question.topics.includes(topic));
}

/** Accuracy over questions that should be answered. */
export function accuracyOf(outcomes: readonly Outcome[]): Accuracy {
  const named = outcomes.filter(({ question }) => question.service !== null);
  return {
    questions: outcomes.length,
    topic: share(outcomes, isTopicRight),
    service: share(outcomes, isServiceRight),
    joint: share(outcomes, (outcome) => isTopicRight(outcome) && isServiceRight(outcome)),
    askedBack: share(named, ({ match }) => match.kind === "clarify"),
    offered: share(outcomes, isOffered),
  };
}

/** How often questions were answered that must not be. */
export function falseAlarmsOf(outcomes: readonly Outcome[]): FalseAlarms {
  return {
    questions: outcomes.length,
    answered: share(outcomes, ({ match }) => match.kind === "answer"),
    askedBack: share(outcomes, ({ match }) => match.kind === "clarify"),
  };
}

/** How often the best label was taken for which topic, most frequent first; `none` where nothing was found. */
export function confusionsOf(outcomes: readonly Outcome[]): { wanted: string; got: string; times: number }[] {
  const counts = new Map<string, { wanted: string; got: string; times: number }>();
  for (const outcome of outcomes) {
    if (isTopicRight(outcome)) continue;
    const wanted = outcome.question.topics[0] ?? "none";
    const got = outcome.match.topic ?? "none";
    const count = counts.get(`${wanted} ${got}`);
    if (count === undefined) counts.set(`${wanted} ${got}`, { wanted, got, times: 1 });
    else count.times += 1;
  }
  return [...counts.values()].sort((a, b) => b.times - a.times);
}

/** Groups outcomes by a property, in order of first appearance. */
export function groupBy(
  outcomes: readonly Outcome[],
  key: (question: LabelledQuestion) => string,
): Map<string, Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const name = key(outcome.question);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [outcome]);
    else group.push(outcome);
  }
  return groups;
}

function share(outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean): number {
  return outcomes.length === 0 ? 0 : outcomes.filter(holds).length / outcomes.length;
}
