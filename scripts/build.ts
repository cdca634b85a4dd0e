/**
 * `npm run build`: the program as plain JavaScript in `dist/`, so that it starts without a compiler,
 * and what it knows and learnt from it as one file each, so that it starts quickly.
 *
 * The local Discord's page is copied as it is: it is bundled when it is first asked for, as from the sources.
 */
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { COMPILED_FILE, writeCompiled } from "../src/knowledge/compiled.ts";
import { KNOWLEDGE_DIRECTORY, KnowledgeError, readKnowledge } from "../src/knowledge/load.ts";
import { LEARNING_FILE, writeLearning } from "../src/matching/compiled-learning.ts";
import { learnAnew } from "../src/matching/learning.ts";

const ROOT = join(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");
const PAGE = join("src", "local", "page");

// What an older build left must not be started by mistake.
rmSync(DIST, { recursive: true, force: true });
try {
  execFileSync(
    process.execPath,
    [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"],
    {
      cwd: ROOT,
      stdio: "inherit",
    },
  );
} catch {
  // The compiler has said what is wrong.
  process.exit(1);
}
try {
  const read = readKnowledge(KNOWLEDGE_DIRECTORY);
  const knowledge = writeCompiled(read, KNOWLEDGE_DIRECTORY, join(DIST, basename(COMPILED_FILE)));
  writeLearning(learnAnew(knowledge).learning, knowledge.fingerprint ?? "", join(DIST, basename(LEARNING_FILE)));
} catch (error) {
  if (!(error instanceof KnowledgeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
cpSync(join(ROOT, PAGE), join(DIST, PAGE), { recursive: true });
process.stdout.write("Built. Start it with: npm run start:built\n");
