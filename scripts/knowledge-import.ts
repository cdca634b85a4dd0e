/**
 * `npm run knowledge:import -- FILE`: reads JustDeleteMe's `sites.json` and writes the directory that the bot loads.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { importDirectory } from "../src/knowledge/import-directory.ts";
import { DIRECTORY_FILE } from "../src/knowledge/load.ts";

const [file, ...rest] = process.argv.slice(2);
if (file === undefined || rest.length > 0) {
  process.stderr.write("Usage: npm run knowledge:import -- FILE   (JustDeleteMe's _data/sites.json)\n");
  process.exit(2);
}

try {
  const { directory, skipped } = importDirectory(JSON.parse(readFileSync(file, "utf8")));
  mkdirSync(dirname(DIRECTORY_FILE), { recursive: true });
  // Written beside and renamed: a bot that starts meanwhile reads the old one or the new one, never half of it.
  const part = `${DIRECTORY_FILE}.part`;
  writeFileSync(part, `${JSON.stringify(directory)}\n`);
  renameSync(part, DIRECTORY_FILE);
  for (const { name, reason } of skipped) process.stderr.write(`Skipped ${name}: ${reason}\n`);
  process.stdout.write(`Imported ${directory.listings.length} services, skipped ${skipped.length}. Restart the bot.\n`);
} catch (error) {
  process.stderr.write(`${file}: ${describeFailure(error)}\n`);
  process.exit(1);
}

function describeFailure(error: unknown): string {
  if (error instanceof SyntaxError) return `is no valid JSON: ${error.message}`;
  if (error instanceof TypeError) return `${error.message}; expected JustDeleteMe's _data/sites.json`;
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? "is not there" : message;
}
