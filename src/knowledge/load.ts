/**
 * Loads everything that Wayout knows from `knowledge/`, or says what is wrong with it.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readCompiled } from "./compiled.ts";
import { readEntries } from "./read-entries.ts";
import type { Entry } from "./schema.ts";
import {
  type LanguageFile,
  type LanguageKnowledge,
  languageSchema,
  otherRequestsSchema,
  type TopicsFile,
  topicsSchema,
  wordsSchema,
} from "./topics-schema.ts";
import { displayPath, type Fault, formatFault, listYamlFiles, readYamlFile } from "./yaml-file.ts";

/** All that Wayout knows, checked. */
export interface Knowledge {
  /** Entries by id, in alphabetical order of their ids. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly topics: TopicsFile;
  /** Words and phrases from which the matcher learns. */
  readonly language: LanguageKnowledge;
  /** The same for the same files, where it was compiled from these. */
  readonly fingerprint?: string;
}

/** Thrown where a knowledge file is wrong; its message has one line a fault. */
export class KnowledgeError extends Error {
  override readonly name = "KnowledgeError";
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(formatFault).join("\n"));
    this.faults = faults;
  }
}

/** The folder that comes with the program: beside `src`, or beside `dist` where the program was built. */
export const KNOWLEDGE_DIRECTORY = findKnowledge(import.meta.dirname);

/** Where the import writes the directory, and the bot looks for it. */
export const DIRECTORY_FILE = join(KNOWLEDGE_DIRECTORY, "imported", "directory.json");

/**
 * Reads all entries, the topics and the words.
 *
 * @param directory - folder that holds `services/`, `languages/`, `topics.yaml`, `other-requests.yaml`, `words.yaml`
 *   and `common-words.txt`
 * @throws {KnowledgeError} with every fault of every file, not only the first
 */
export function loadKnowledge(directory: string = KNOWLEDGE_DIRECTORY): Knowledge {
  return readCompiled(directory) ?? readKnowledge(directory);
}

/** The same, from the files that people write. */
export function readKnowledge(directory: string): Knowledge {
  const { entries, faults } = readEntries(directory);
  const topics = readYamlFile(displayPath(join(directory, "topics.yaml")), topicsSchema);
  const otherRequests = readYamlFile(displayPath(join(directory, "other-requests.yaml")), otherRequestsSchema);
  const words = readYamlFile(displayPath(join(directory, "words.yaml")), wordsSchema);
  const known = "faults" in words ? undefined : new Set([...Object.keys(words.data.concepts), "negation"]);
  const languages = readLanguages(join(directory, "languages"), known, faults);
  const commonWords = readWordList(join(directory, "common-words.txt"), faults);
  for (const result of [topics, otherRequests, words]) if ("faults" in result) faults.push(...result.faults);
  if (faults.length > 0 || "faults" in topics || "faults" in otherRequests || "faults" in words) {
    throw new KnowledgeError(faults);
  }
  return {
    entries: new Map(entries.map(({ entry }) => [entry.id, entry])),
    topics: topics.data,
    language: { otherRequests: otherRequests.data, words: words.data, languages, commonWords },
  };
}

/** The nearest knowledge above a folder. Where there is none, loading says that it cannot be read. */
function findKnowledge(start: string): string {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, "knowledge");
    if (existsSync(join(found, "topics.yaml"))) return found;
  }
  return resolve("knowledge");
}

/** Reads the words of other languages, for concepts that `words.yaml` knows. */
function readLanguages(
  directory: string,
  concepts: ReadonlySet<string> | undefined,
  faults: Fault[],
): Map<string, LanguageFile> {
  const languages = new Map<string, LanguageFile>();
  for (const name of listYamlFiles(directory, faults)) {
    const file = displayPath(join(directory, name));
    const result = readYamlFile(file, languageSchema);
    if ("faults" in result) {
      faults.push(...result.faults);
      continue;
    }
    for (const concept of Object.keys(result.data.words)) {
      if (concepts === undefined || concepts.has(concept)) continue;
      const reason = `found the concept "${concept}", allowed: those of words.yaml`;
      faults.push({ file, line: result.lineOf(["words", concept]), path: `words.${concept}`, reason });
    }
    languages.set(basename(name, ".yaml"), result.data);
  }
  return languages;
}

/** One word a line; lines that start with # are remarks. */
function readWordList(path: string, faults: Fault[]): string[] {
  const file = displayPath(path);
  let source: string;
  try {
    source = readFileSync(file, "utf8");
  } catch (error) {
    faults.push({ file, line: 1, path: "", reason: `cannot be read (${(error as NodeJS.ErrnoException).code})` });
    return [];
  }
  return source.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}
