/**
 * Reads labelled questions: JSON lines with `q`, `service`, `topics`, and for questions that must not be answered
 * `kind`.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { TOPICS } from "../../src/knowledge/schema.ts";

const TOPIC_LABELS = ["none", ...TOPICS] as const;

const lineSchema = z.looseObject({
  q: z.string().min(1),
  service: z.string().nullish(),
  topics: z.array(z.enum(TOPIC_LABELS)).min(1),
  kind: z.string().optional(),
  lang: z.string().default("en"),
  form: z.string().default("asked"),
  direct: z.boolean().default(false),
  borderline: z.boolean().default(false),
  context: z.string().optional(),
});

/** One labelled question. */
export interface LabelledQuestion {
  readonly text: string;
  /** The service that the text names. */
  readonly service: string | null;
  /** Every topic that counts as right, best first; empty where the question must not be answered. */
  readonly topics: readonly string[];
  /** Why it must not be answered: near-miss, oos, chat. */
  readonly kind: string;
  readonly language: string;
  readonly form: string;
  readonly direct: boolean;
  readonly borderline: boolean;
  /** The service of the answer that this question replies to. */
  readonly context: string | undefined;
}

/** Thrown where a file cannot be read or a line is not a labelled question; the message is one clear line. */
export class QuestionsError extends Error {
  override readonly name = "QuestionsError";
}

/**
 * Reads a file of labelled questions.
 *
 * @throws {QuestionsError} with file and line
 */
export function readQuestions(file: string): LabelledQuestion[] {
  let source: string;
  try {
    source = readFileSync(file, "utf8");
  } catch (error) {
    throw new QuestionsError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const questions: LabelledQuestion[] = [];
  for (const [index, line] of source.split("\n").entries()) {
    if (line.trim() === "") continue;
    questions.push(readLine(line, `${file}:${index + 1}`));
  }
  if (questions.length === 0) throw new QuestionsError(`${file}: holds no questions`);
  return questions;
}

function readLine(line: string, place: string): LabelledQuestion {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    throw new QuestionsError(`${place}: is no JSON; expected one object a line`);
  }
  const result = lineSchema.safeParse(raw);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new QuestionsError(
      `${place}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is no labelled question"}`,
    );
  }
  const { q, service, topics, kind, lang, form, direct, borderline, context } = result.data;
  const wanted = topics.filter((topic) => topic !== "none");
  return {
    text: q,
    service: service ?? null,
    topics: wanted,
    kind: wanted.length > 0 ? "question" : (kind ?? "negative"),
    language: lang,
    form,
    direct,
    borderline,
    context,
  };
}
