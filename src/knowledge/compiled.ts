/**
 * What is known, read and checked once and for all by `npm run build`: reading YAML is most of what a start takes. It
 * counts only as long as the files that it was made from are the same, so that entries can still be changed by editing
 * them.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Knowledge } from "./load.ts";
import type { LanguageFile } from "./topics-schema.ts";

/** In `dist/`, beside the built program; nothing is there where the program runs from its sources. */
export const COMPILED_FILE = join(import.meta.dirname, "..", "..", "knowledge.json");

/** The folders and kinds of files that knowledge is read from. */
const FOLDERS = ["services", "languages", "."];
const KINDS = /\.(yaml|txt)$/;

/**
 * @param directory - what it was read from
 * @returns the knowledge as it will be read
 */
export function writeCompiled(knowledge: Knowledge, directory: string, file = COMPILED_FILE): Knowledge {
  const { entries, topics, language } = knowledge;
  const fingerprint = fingerprintOf(directory);
  const compiled = {
    fingerprint,
    entries: [...entries],
    topics,
    language: { ...language, languages: [...language.languages] },
  };
  writeFileSync(file, JSON.stringify(compiled));
  return { ...knowledge, fingerprint };
}

/** @returns the knowledge as it was compiled, or undefined where it was not, or where a file changed since */
export function readCompiled(directory: string, file = COMPILED_FILE): Knowledge | undefined {
  if (!existsSync(file)) return undefined;
  const { fingerprint, entries, topics, language } = JSON.parse(readFileSync(file, "utf8"));
  if (fingerprint !== fingerprintOf(directory)) return undefined;
  const languages = new Map<string, LanguageFile>(language.languages);
  return { entries: new Map(entries), topics, language: { ...language, languages }, fingerprint };
}

/** The same for the same files with the same content. */
function fingerprintOf(directory: string): string {
  const hash = createHash("sha256");
  for (const folder of FOLDERS) {
    const path = join(directory, folder);
    if (!existsSync(path)) continue;
    for (const name of readdirSync(path).sort()) {
      if (!KINDS.test(name)) continue;
      const content = readFileSync(join(path, name));
      // Lengths, so that no two folders look the same.
      hash.update(`${folder}/${name} ${content.length}\n`).update(content);
    }
  }
  return hash.digest("hex");
}
