/**
 * Measures the matcher on labelled questions: `npm run eval -- FILE…`.
 *
 * Exit code 1 where a floor is missed, 2 on wrong usage or a broken file.
 */
import { parseArgs } from "node:util";
import { KnowledgeError, loadKnowledge } from "../src/knowledge/load.ts";
import type { ExplainingMatcher } from "../src/matching/match.ts";
import { createMatcher } from "../src/matching/matcher.ts";
import { type LabelledQuestion, QuestionsError, readQuestions } from "./eval/questions.ts";
import {
  type Accuracy,
  accuracyOf,
  confusionsOf,
  type FalseAlarms,
  falseAlarmsOf,
  groupBy,
  isServiceRight,
  isTopicRight,
  type Outcome,
} from "./eval/score.ts";

const USAGE = `Usage: npm run eval -- FILE… [--errors] [--json] [--service ID] [--floor NAME=PERCENT]…

  FILE          JSON lines: {"q", "service", "topics"}; topics ["none"] must not be answered
  --errors      list each miss with what led to it
  --json        print one JSON object
  --service ID  the service meant where a question names none
  --floor       exit with 1 where a figure is worse: topic, service, joint, direct-topic, direct-joint (at least),
                asked-back, and answered by kind: near-miss, oos, chat (at most)`;

interface Report {
  readonly accuracy: Record<string, Accuracy>;
  readonly falseAlarms: Record<string, FalseAlarms>;
  readonly confusions: readonly { wanted: string; got: string; times: number }[];
}

/** Figures that a floor can name, and whether more is better. */
const FIGURES: Record<string, { readonly atLeast: boolean; readonly read: (report: Report) => number | undefined }> = {
  topic: { atLeast: true, read: ({ accuracy }) => accuracy["asked"]?.topic },
  service: { atLeast: true, read: ({ accuracy }) => accuracy["asked"]?.service },
  joint: { atLeast: true, read: ({ accuracy }) => accuracy["asked"]?.joint },
  "direct-topic": { atLeast: true, read: ({ accuracy }) => accuracy["direct"]?.topic },
  "direct-joint": { atLeast: true, read: ({ accuracy }) => accuracy["direct"]?.joint },
  "asked-back": { atLeast: false, read: ({ accuracy }) => accuracy["asked"]?.askedBack },
  "near-miss": { atLeast: false, read: ({ falseAlarms }) => falseAlarms["near-miss"]?.answered },
  oos: { atLeast: false, read: ({ falseAlarms }) => falseAlarms["oos"]?.answered },
  chat: { atLeast: false, read: ({ falseAlarms }) => falseAlarms["chat"]?.answered },
};

function report(outcomes: readonly Outcome[]): Report {
  const wanted = outcomes.filter(({ question }) => question.topics.length > 0);
  const clear = wanted.filter(({ question }) => !question.borderline);
  const english = clear.filter(({ question }) => question.language === "en");
  const asked = english.filter(({ question }) => question.form === "asked");
  const accuracy: Record<string, Accuracy> = {};
  const add = (name: string, group: readonly Outcome[]): void => {
    if (group.length > 0) accuracy[name] = accuracyOf(group);
  };
  add("asked", asked);
  add(
    "direct",
    asked.filter(({ question }) => question.direct),
  );
  add(
    "told",
    english.filter(({ question }) => question.form === "told"),
  );
  add(
    "borderline",
    wanted.filter(({ question }) => question.borderline),
  );
  for (const [topic, group] of groupBy(asked, ({ topics }) => topics[0] ?? "")) add(`asked: ${topic}`, group);
  for (const [language, group] of groupBy(clear, (question) => question.language)) {
    if (language !== "en") add(`language: ${language}`, group);
  }
  add(
    "other languages",
    clear.filter(({ question }) => question.language !== "en"),
  );
  const falseAlarms: Record<string, FalseAlarms> = {};
  const unwanted = outcomes.filter(({ question }) => question.topics.length === 0);
  for (const [kind, group] of groupBy(unwanted, (question) => question.kind)) falseAlarms[kind] = falseAlarmsOf(group);
  return { accuracy, falseAlarms, confusions: confusionsOf(asked) };
}

function print({ accuracy, falseAlarms, confusions }: Report): void {
  const line = (name: string, cells: readonly string[]): void => {
    process.stdout.write(`${name.padEnd(24)}${cells.map((cell) => cell.padStart(11)).join("")}\n`);
  };
  line("", ["questions", "topic", "service", "joint", "asked back", "offered"]);
  for (const [name, { questions, topic, service, joint, askedBack, offered }] of Object.entries(accuracy)) {
    line(name, [String(questions), ...[topic, service, joint, askedBack, offered].map(percent)]);
  }
  if (Object.keys(falseAlarms).length > 0) {
    process.stdout.write("\n");
    line("must not be answered", ["questions", "answered", "asked back"]);
    for (const [kind, { questions, answered, askedBack }] of Object.entries(falseAlarms)) {
      line(kind, [String(questions), percent(answered), percent(askedBack)]);
    }
  }
  if (confusions.length > 0) {
    process.stdout.write("\n");
    line("taken for another", ["times"]);
    for (const { wanted, got, times } of confusions) line(`${wanted} → ${got}`.padEnd(34), [String(times)]);
  }
}

function printErrors(outcomes: readonly Outcome[], matcher: ExplainingMatcher): void {
  for (const outcome of outcomes) {
    const { question, match } = outcome;
    const wrong =
      question.topics.length === 0 ? match.kind === "answer" : !isTopicRight(outcome) || !isServiceRight(outcome);
    if (!wrong) continue;
    const { tokens, corrections, inScope, topics, features } = matcher.explain(asked(question));
    const flags = [
      question.kind,
      question.language,
      question.form,
      question.direct ? "direct" : "",
      question.borderline ? "borderline" : "",
    ];
    const wanted = `${question.service ?? "-"} ${question.topics.join("|") || "none"}`;
    process.stdout.write(
      [
        "",
        question.text.replaceAll("\n", " "),
        `  ${flags.filter((flag) => flag !== "").join(", ")}`,
        `  wanted ${wanted}; ${match.kind} ${match.service ?? "-"} ${match.topic ?? "-"} ${match.confidence.toFixed(2)}`,
        `  in scope ${inScope.toFixed(2)}; ${topics
          .slice(0, 3)
          .map(({ topic, share }) => `${topic} ${share.toFixed(2)}`)
          .join(", ")}`,
        ...(corrections.length > 0
          ? [`  read ${corrections.map(({ from, to }) => `${from} as ${to}`).join(", ")}`]
          : []),
        `  ${tokens
          .filter(({ meanings }) => meanings.length > 0)
          .map(({ text, meanings }) => `${text} ${meanings.join("")}`)
          .join("; ")}`,
        `  ${features
          .slice(0, 10)
          .map(({ name, weight, topic }) => `${name} ${weight.toFixed(1)}/${topic.toFixed(1)}`)
          .join(", ")}`,
        "",
      ].join("\n"),
    );
  }
}

function asked({ text, context }: LabelledQuestion) {
  return { text, service: context };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Names each floor that was missed. */
function checkFloors(floors: readonly string[], figures: Report): string[] {
  return floors.flatMap((floor) => {
    const { name, limit } = parseFloor(floor);
    const figure = FIGURES[name];
    const value = figure?.read(figures);
    if (figure === undefined || value === undefined) return [`${name}: no question of this kind was read`];
    const reached = value * 100;
    if (figure.atLeast ? reached >= limit : reached <= limit) return [];
    return [`${name} is ${reached.toFixed(1)} %, allowed: at ${figure.atLeast ? "least" : "most"} ${limit} %`];
  });
}

function parseFloor(floor: string): { name: string; limit: number } {
  const [, name = "", limit = ""] = /^([a-z-]+)=(\d+(?:\.\d+)?)$/.exec(floor) ?? [];
  if (FIGURES[name] === undefined) {
    throw new QuestionsError(`--floor ${floor}: expected NAME=PERCENT, NAME one of ${Object.keys(FIGURES).join(", ")}`);
  }
  return { name, limit: Number(limit) };
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      errors: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      service: { type: "string" },
      floor: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (positionals.length === 0) throw new QuestionsError(`no file given\n${USAGE}`);
  for (const floor of values.floor) parseFloor(floor);
  const questions = positionals.flatMap(readQuestions);
  const knowledge = loadKnowledge();
  if (values.service !== undefined && !knowledge.entries.has(values.service)) {
    throw new QuestionsError(`--service ${values.service}: there is no such entry in knowledge/services`);
  }
  const matcher = createMatcher(knowledge, { defaultService: values.service });
  const outcomes = questions.map((question) => ({ question, match: matcher.match(asked(question)) }));
  const figures = report(outcomes);
  if (values.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  else print(figures);
  if (values.errors && !values.json) printErrors(outcomes, matcher);
  const missed = checkFloors(values.floor, figures);
  for (const line of missed) process.stderr.write(`eval: ${line}\n`);
  return missed.length > 0 ? 1 : 0;
}

try {
  process.exitCode = main();
} catch (error) {
  const usage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof QuestionsError || error instanceof KnowledgeError || usage)) throw error;
  process.stderr.write(`eval: ${error.message}\n`);
  process.exitCode = 2;
}
