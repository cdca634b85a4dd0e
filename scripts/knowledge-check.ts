/**
 * `npm run knowledge:check`: checks every entry, its shape and its sense, and tells which topics each one answers.
 * With `--write-schema` it also brings `knowledge/schema.json` up to date. Exit code 1 where anything must be mended.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answerView } from "../src/answers/answer-view.ts";
import type { AnswerContext } from "../src/answers/context.ts";
import { viewOf } from "../src/answers/view.ts";
import { checkEntries, countUnconfirmed } from "../src/knowledge/checks.ts";
import { renderEntryJsonSchema } from "../src/knowledge/json-schema.ts";
import { KNOWLEDGE_DIRECTORY, KnowledgeError, loadKnowledge } from "../src/knowledge/load.ts";
import { readEntries } from "../src/knowledge/read-entries.ts";
import { type Entry, TOPICS } from "../src/knowledge/schema.ts";
import { displayPath, formatFault } from "../src/knowledge/yaml-file.ts";
import { createMatcher } from "../src/matching/matcher.ts";
import { toReply } from "../src/replies/reply.ts";

const SCHEMA_FILE = join(KNOWLEDGE_DIRECTORY, "schema.json");
// Short enough for 14 columns beside a name.
const COLUMNS: Readonly<Record<(typeof TOPICS)[number], string>> = {
  delete: "delete",
  requirements: "needs",
  timing: "timing",
  undo: "undo",
  consequences: "loss",
  refunds: "money",
  export: "export",
  "no-access": "no-acc",
  "on-behalf": "behalf",
  alternatives: "options",
  deactivate: "break",
  private: "private",
  discoverability: "found",
  "contact-limits": "contact",
};

function run(): boolean {
  const schema = renderEntryJsonSchema();
  if (process.argv.includes("--write-schema")) writeFileSync(SCHEMA_FILE, schema);

  const { entries, faults } = readEntries(KNOWLEDGE_DIRECTORY);
  const errors = new Set(faults.map(formatFault));
  const context = readContext(errors);
  const warnings: string[] = [];
  for (const { severity, rule, file, line, path, reason } of checkEntries(entries, new Date())) {
    const text = `${formatFault({ file, line, path, reason })} (${rule})`;
    if (severity === "error") errors.add(text);
    else warnings.push(text);
  }
  if (readText(SCHEMA_FILE) !== schema) {
    errors.add(`${displayPath(SCHEMA_FILE)}:1: is not what the code makes of it; run npm run knowledge:schema`);
  }

  for (const text of warnings) process.stdout.write(`warning  ${text}\n`);
  for (const text of errors) process.stdout.write(`error    ${text}\n`);
  if (context) printCoverage(context);
  process.stdout.write(`${entries.length} entries, ${errors.size} errors, ${warnings.length} warnings.\n`);
  return errors.size === 0;
}

/** What answers are made of; undefined, and the faults among the errors, where the knowledge cannot be loaded. */
function readContext(errors: Set<string>): AnswerContext | undefined {
  try {
    const knowledge = loadKnowledge();
    return { knowledge, matcher: createMatcher(knowledge), now: () => new Date() };
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    for (const fault of error.faults) errors.add(formatFault(fault));
    return undefined;
  }
}

/** Services × topics: "x" answered from the entry, "." not known, so that the card links to the help page. */
function printCoverage(context: AnswerContext): void {
  const entries = [...context.knowledge.entries.values()];
  const width = Math.max(...entries.map(({ id }) => id.length), 8);
  const header = TOPICS.map((topic) => COLUMNS[topic].padEnd(8)).join("");
  process.stdout.write(`\n${"".padEnd(width)}  ${header}known  unconfirmed  longest card\n`);
  let total = 0;
  for (const entry of entries) {
    const known = TOPICS.map((topic) => answerView(context, viewOf(entry.id, topic)).isUnknown !== true);
    const count = known.filter(Boolean).length;
    total += count;
    const cells = known.map((isKnown) => (isKnown ? "x" : ".").padEnd(8)).join("");
    const numbers = `${String(count).padStart(5)}  ${String(countUnconfirmed(entry)).padStart(11)}`;
    process.stdout.write(
      `${entry.id.padEnd(width)}  ${cells}${numbers}  ${String(longestCard(context, entry)).padStart(12)}\n`,
    );
  }
  const mean = entries.length > 0 ? total / entries.length : 0;
  process.stdout.write(`\nOn average ${mean.toFixed(1)} of ${TOPICS.length} topics are answered from the entry.\n`);
}

/** Characters of all texts on the longest of the entry's cards; Discord takes 4,000. */
function longestCard(context: AnswerContext, entry: Entry): number {
  const lengths = TOPICS.map((topic) =>
    lengthOfTexts(toReply(answerView(context, viewOf(entry.id, topic)), "private")),
  );
  return Math.max(...lengths);
}

function lengthOfTexts(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + lengthOfTexts(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  const own = "content" in value && typeof value.content === "string" ? value.content.length : 0;
  return own + ["components", "accessory"].reduce((sum, key) => sum + lengthOfTexts(Reflect.get(value, key)), 0);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

process.exitCode = run() ? 0 : 1;
