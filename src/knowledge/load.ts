/**
 * Loads everything that Wayout knows from `knowledge/`, or says what is wrong with it.
 */
import { readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Entry, entrySchema } from "./schema.ts";
import { type TopicsFile, topicsSchema } from "./topics-schema.ts";
import { type Fault, formatFault, readYamlFile } from "./yaml-file.ts";

/** All that Wayout knows, checked. */
export interface Knowledge {
  /** Entries by id, in alphabetical order of their ids. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly topics: TopicsFile;
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

/** The folder that comes with the program. */
export const KNOWLEDGE_DIRECTORY = fileURLToPath(new URL("../../knowledge/", import.meta.url));

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
// Ids travel in custom_ids, which Discord limits to 100 characters in all.
const MAX_ID_LENGTH = 32;

/**
 * Reads all entries and the topics.
 *
 * @param directory - folder that holds `services/` and `topics.yaml`
 * @throws {KnowledgeError} with every fault of every file, not only the first
 */
export function loadKnowledge(directory: string = KNOWLEDGE_DIRECTORY): Knowledge {
  const faults: Fault[] = [];
  const entries = new Map<string, Entry>();
  const services = join(directory, "services");
  for (const name of listYamlFiles(services, faults)) {
    const file = displayPath(join(services, name));
    const id = basename(name, ".yaml");
    if (!ID.test(id) || id.length > MAX_ID_LENGTH) {
      faults.push({
        file,
        line: 1,
        path: "",
        reason: `found the file name "${name}", allowed: a-z, 0-9 and single hyphens, at most ${MAX_ID_LENGTH}, then .yaml`,
      });
      continue;
    }
    const result = readYamlFile(file, entrySchema);
    if ("faults" in result) {
      faults.push(...result.faults);
      continue;
    }
    faults.push(...findDoubledIds(file, result.data.methods, result.lineOf));
    entries.set(id, { id, ...result.data });
  }
  const topics = readYamlFile(displayPath(join(directory, "topics.yaml")), topicsSchema);
  if ("faults" in topics) faults.push(...topics.faults);
  if (faults.length > 0 || "faults" in topics) throw new KnowledgeError(faults);
  return { entries, topics: topics.data };
}

function listYamlFiles(directory: string, faults: Fault[]): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".yaml"))
      .sort();
  } catch (error) {
    const reason = `cannot be read (${(error as NodeJS.ErrnoException).code})`;
    faults.push({ file: displayPath(directory), line: 1, path: "", reason });
    return [];
  }
}

function findDoubledIds(
  file: string,
  methods: Entry["methods"],
  lineOf: (path: readonly (string | number)[]) => number,
): Fault[] {
  return methods.flatMap(({ id }, index) => {
    if (methods.findIndex((other) => other.id === id) === index) return [];
    const reason = `found "${id}" a second time, allowed: one method for each id`;
    return [{ file, line: lineOf(["methods", index, "id"]), path: `methods[${index}].id`, reason }];
  });
}

/** Paths below the working directory are shown relative to it: shorter, and an editor's terminal opens them. */
function displayPath(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith("..") ? path : below;
}
