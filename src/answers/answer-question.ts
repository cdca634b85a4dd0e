import type { Candidate, Match, Question } from "../matching/match.ts";
import type { Answer } from "./answer.ts";
import { answerView } from "./answer-view.ts";
import { clarifyAnswer, noneAnswer, unknownServiceAnswer, whichServiceAnswer } from "./asking-back.ts";
import { type AnswerContext, nameOf } from "./context.ts";
import { type View, viewOf } from "./view.ts";

/** What was made of a question, and what to say to it. */
export interface AnsweredQuestion {
  /** `kind: "none"` means that it is not about accounts: stay silent unless spoken to. */
  readonly match: Match;
  readonly answer: Answer;
}

/** Answers a question in a person's words. Never throws, whatever the text. */
export function answerQuestion(context: AnswerContext, question: Question): AnsweredQuestion {
  const match = context.matcher.match(question);
  return { match, answer: answerMatch(context, match) };
}

/** What to say to a match. */
export function answerMatch(context: AnswerContext, match: Match): Answer {
  switch (match.kind) {
    case "answer":
      return answerView(context, viewOf(match.service, match.topic));
    case "none":
      return noneAnswer(context);
    case "clarify":
      return askBack(context, match);
  }
}

function askBack(context: AnswerContext, match: Match & { kind: "clarify" }): Answer {
  const fallback = context.defaultService ?? null;
  const candidates = match.candidates.map((candidate) => ({ ...candidate, service: candidate.service ?? fallback }));
  const service = match.service ?? fallback;
  // Nothing but a name: no guess at what is meant, but all there is.
  if (match.topic === null && match.service && nameOf(context, match.service)) {
    return answerView(context, { kind: "topics", service: match.service });
  }
  const only = onlyReading(candidates);
  if (only) {
    // Only the service was open, and the operator has said which one is meant.
    if (only.service && !match.service && fallback) return answerView(context, viewOf(only.service, only.topic));
    if (!only.service) return whichServiceAnswer(context, only.topic);
  }
  if (candidates.length > 0) return clarifyAnswer(context, candidates);
  if (!service || !nameOf(context, service)) return whichServiceAnswer(context, match.topic);
  if (match.topic) return clarifyAnswer(context, [{ service, topic: match.topic, confidence: 0 }]);
  return answerView(context, { kind: "topics", service });
}

/** So many times as likely as the next reading, a reading is clear enough to ask for the account alone. */
const CLEARLY = 3;

/** The reading that all candidates share; without a service also one that is clearly the likeliest, if there is any. */
function onlyReading(candidates: readonly Candidate[]): Candidate | undefined {
  const [first, ...others] = candidates;
  const isOnly = others.every(
    ({ service, topic, confidence }) =>
      service === first?.service &&
      (topic === first.topic || (service === null && first.confidence >= confidence * CLEARLY)),
  );
  return isOnly ? first : undefined;
}

/**
 * Answers a command that names a service: by id, name, alias or domain, with a typing error, or within a sentence.
 *
 * @param typed - whatever arrived in the option
 * @param toView - what the command shows of that service
 */
export function answerForService(context: AnswerContext, typed: string, toView: (service: string) => View): Answer {
  const { matcher } = context;
  const named = typed.trim();
  if (!named) return whichServiceAnswer(context, null);
  const service = matcher.resolveService(named) ?? matcher.match({ text: named }).service;
  return service && nameOf(context, service)
    ? answerView(context, toView(service))
    : unknownServiceAnswer(context, named, toView);
}
