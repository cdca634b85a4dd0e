/**
 * Measures the matcher beside others: `npm run bench`. How, and what is fair about it: docs/benchmarks.md.
 *
 * Exit code 1 where a matcher fails, 2 on wrong usage or a broken file.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { QuestionsError, readQuestions } from "./eval/questions.ts";
import { JobError, type MatcherName, PEERS, type PeerName, type Questionnaire, run, WAYOUT } from "./matchers/jobs.ts";
import { chooseQuestions } from "./matchers/questions.ts";
import { type Row, toJson, toText } from "./matchers/report.ts";
import { DirectoryError, readNames } from "./matchers/services.ts";
import { isUsageError, readWhole, UsageError } from "./usage.ts";

const MATCHERS: readonly MatcherName[] = [WAYOUT, ...PEERS];
const SIZES = [1, 80, 2600] as const;
/** The other matchers' settings are chosen with so many services. */
const CHOOSING_SIZE = 80;
const MOST_SERVICES = 100_000;

const USAGE = `Usage: npm run bench -- [FILE…] [--json] [--only NAME,…] [--services N,…] [--directory FILE]

  FILE         JSON lines as for npm run eval; by default those of the tests that nobody tunes to
  --json       print one JSON array
  --only       of these matchers: ${MATCHERS.join(", ")}
  --services   with so many services each: ${SIZES.join(",")}
  --directory  JustDeleteMe's _data/sites.json, for names beyond the entries`;

const HELD_OUT = ["questions", "negatives"].map((name) =>
  fileURLToPath(new URL(`../test/matching/held-out/${name}.jsonl`, import.meta.url)),
);
const DIRECTORY = fileURLToPath(new URL("../../shared/data/justdeleteme-sites.json", import.meta.url));

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      only: { type: "string", default: MATCHERS.join() },
      services: { type: "string", default: SIZES.join() },
      directory: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const matchers = parseMatchers(values.only);
  const sizes = parseSizes(values.services);
  const questions = chooseQuestions((positionals.length > 0 ? positionals : HELD_OUT).flatMap(readQuestions));
  for (const wanted of [true, false]) {
    if (!questions.some(({ topics }) => topics.length > 0 === wanted)) {
      throw new QuestionsError(`no question that should ${wanted ? "" : "not "}be answered: give a file with some`);
    }
  }
  const names = readNames(values.directory ?? DIRECTORY);
  if (names === undefined && values.directory !== undefined) {
    throw new DirectoryError(`${values.directory}: is not there`);
  }
  const servicesOf = (count: number) => ({ count, names: names ?? [], questions });
  const questionnaires = new Map<number, Questionnaire>();
  const read = async (count: number): Promise<Questionnaire> => {
    const known = questionnaires.get(count);
    if (known !== undefined) return known;
    const questionnaire = await run<"read">({ kind: "read", services: servicesOf(count) });
    questionnaires.set(count, questionnaire);
    return questionnaire;
  };

  const settings = new Map<PeerName, string>();
  const rows: Row[] = [];
  for (const matcher of matchers) {
    if (matcher !== WAYOUT) {
      log(`${matcher}: choosing its settings`);
      settings.set(matcher, await run<"choose">({ kind: "choose", matcher, questionnaire: await read(CHOOSING_SIZE) }));
    }
    for (const services of sizes) {
      log(`${matcher}: ${services} services`);
      const questionnaire = await read(services);
      const measured =
        matcher === WAYOUT
          ? await run<"measure-wayout">({
              kind: "measure-wayout",
              services: servicesOf(services),
              warmUp: questionnaire.phrases,
            })
          : await run<"measure">({
              kind: "measure",
              matcher,
              setting: settings.get(matcher) ?? "",
              questionnaire,
            });
      rows.push({ matcher, services, ...measured });
    }
  }
  if (names === undefined) log(`${DIRECTORY} is not there: names beyond the entries are made up`);
  process.stdout.write(values.json ? toJson(rows) : toText(rows, settings));
}

function parseMatchers(text: string): MatcherName[] {
  return text.split(",").map((part) => {
    const matcher = MATCHERS.find((name) => name === part.trim());
    if (matcher === undefined) throw new UsageError(`--only ${part}: expected some of ${MATCHERS.join(", ")}`);
    return matcher;
  });
}

function parseSizes(text: string): number[] {
  const sizes = text.split(",").map((part) => readWhole("--services", part, 1, MOST_SERVICES));
  return [...new Set(sizes)].sort((a, b) => a - b);
}

function log(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}

try {
  await main();
} catch (error) {
  const failed = error instanceof JobError;
  const isTold = isUsageError(error) || error instanceof QuestionsError || error instanceof DirectoryError || failed;
  if (!isTold) throw error;
  log(error.message);
  process.exitCode = failed ? 1 : 2;
}
