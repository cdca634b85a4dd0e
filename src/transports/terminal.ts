/**
 * `npm run ask`: asks in the terminal.
 *
 *     npm run ask -- "how do i delete my tiktok"           the reply as text
 *     npm run ask -- --json "how do i delete my tiktok"    one JSON object
 *     npm run ask -- --explain "how do i …"                how the question was understood
 *     npm run ask < questions.txt                          one question a line
 */
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { answerMatch } from "../answers/answer-question.ts";
import type { AnswerContext } from "../answers/context.ts";
import { ConfigError, readConfig } from "../config.ts";
import { createContext } from "../context.ts";
import { KnowledgeError } from "../knowledge/load.ts";
import type { Evidence, Match } from "../matching/match.ts";
import { toText } from "../replies/text.ts";

const USAGE = `Usage: npm run ask -- [--json | --explain] ["question"]
Without a question, one question a line is read from standard input.
`;

/** One line of `--json`. */
interface JsonAnswer {
  readonly question: string;
  readonly kind: Match["kind"];
  readonly service: string | null;
  readonly topic: string | null;
  readonly confidence: number;
  readonly candidates: Match["candidates"];
  readonly text: string;
}

async function run(): Promise<number> {
  const options = readOptions();
  if (typeof options === "string") {
    process.stderr.write(`${options}\n${USAGE}`);
    return 2;
  }
  const context = createContext(readConfig());

  const print = (question: string): void => {
    if (options.explain) process.stdout.write(`${formatEvidence(context.matcher.explain({ text: question }))}\n`);
    else
      process.stdout.write(options.json ? `${JSON.stringify(toJson(context, question))}\n` : answer(context, question));
  };
  if (options.question !== undefined) {
    print(options.question);
    return 0;
  }
  if (process.stdin.isTTY) process.stderr.write("Type a question. Ctrl+D ends.\n");
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== "") print(line);
  }
  return 0;
}

function answer(context: AnswerContext, question: string): string {
  return `${toText(answerMatch(context, context.matcher.match({ text: question })))}\n`;
}

function toJson(context: AnswerContext, question: string): JsonAnswer {
  const match = context.matcher.match({ text: question });
  const { kind, service, topic, confidence, candidates } = match;
  return { question, kind, service, topic, confidence, candidates, text: toText(answerMatch(context, match)) };
}

/** The evidence as lines, one kind each. */
function formatEvidence(evidence: Evidence): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const list = (items: readonly string[]): string => (items.length > 0 ? items.join(", ") : "none");
  const meanings = (words: readonly string[]): string => (words.length > 0 ? ` = ${words.join(" + ")}` : "");
  return [
    `tokens       ${list(evidence.tokens.map((token) => `${token.text}${meanings(token.meanings)}`))}`,
    `corrections  ${list(evidence.corrections.map(({ from, to }) => `${from} → ${to}`))}`,
    `services     ${list(evidence.services.map(({ id, sure }) => (sure ? id : `${id} (unsure)`)))}`,
    `in scope     ${percent(evidence.inScope)}`,
    `topics       ${list(evidence.topics.map(({ topic, share }) => `${topic} ${percent(share)}`))}`,
    `features     ${list(evidence.features.map(({ name, weight }) => `${name} ${weight.toFixed(2)}`))}`,
    `thresholds   ${list(Object.entries(evidence.thresholds).map(([name, value]) => `${name} ${value}`))}`,
    "",
  ].join("\n");
}

/** The options, or what is wrong with them. */
function readOptions(): { question: string | undefined; json: boolean; explain: boolean } | string {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: "boolean", default: false }, explain: { type: "boolean", default: false } },
    });
    if (values.json && values.explain) return "--json and --explain exclude each other.";
    // Without quotation marks around it, a question arrives word by word.
    return { ...values, question: positionals.length > 0 ? positionals.join(" ") : undefined };
  } catch (error) {
    return (error as Error).message;
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  const isForOperator = error instanceof ConfigError || error instanceof KnowledgeError;
  process.stderr.write(`${isForOperator ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
