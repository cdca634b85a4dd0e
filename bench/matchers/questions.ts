/** Chooses the questions that everyone is asked, and the order. */
import type { LabelledQuestion } from "../eval/questions.ts";
import { createRandom } from "../random.ts";

/** An arbitrary number, the same in every run. */
const SEED = 20_240_611;

/**
 * The questions that count: those in English (the phrases are), without what labellers could disagree on, without
 * complaints that ask nothing.
 */
export function chooseQuestions(questions: readonly LabelledQuestion[]): LabelledQuestion[] {
  return shuffle(
    questions.filter(
      ({ topics, language, borderline, form }) =>
        topics.length === 0 || (language === "en" && !borderline && form === "asked"),
    ),
  );
}

/**
 * The questions that can be asked where only these services are known: a right answer has to be possible. Those that
 * must not be answered stay; the two kinds take turns.
 */
export function questionsOn(questions: readonly LabelledQuestion[], services: ReadonlySet<string>): LabelledQuestion[] {
  const possible = questions.filter(({ topics, service, context }) => {
    const meant = service ?? context;
    return topics.length === 0 || meant === undefined || services.has(meant);
  });
  return alternate(possible);
}

/** One that should be answered and one that must not be, in turn: who gets only through the first has both. */
function alternate(questions: readonly LabelledQuestion[]): LabelledQuestion[] {
  const wanted = questions.filter(({ topics }) => topics.length > 0);
  const unwanted = questions.filter(({ topics }) => topics.length === 0);
  return Array.from({ length: Math.max(wanted.length, unwanted.length) }, (_, index) => [
    ...wanted.slice(index, index + 1),
    ...unwanted.slice(index, index + 1),
  ]).flat();
}

/** Shuffles by Fisher and Yates, the same way each time. */
function shuffle<Item>(items: readonly Item[]): Item[] {
  const shuffled = [...items];
  const random = createRandom(SEED);
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a === undefined || b === undefined) continue;
    shuffled[last] = b;
    shuffled[other] = a;
  }
  return shuffled;
}
