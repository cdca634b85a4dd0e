/**
 * Reads the entries from their files, and remembers where in a file each thing stands.
 */
import { basename, join } from "node:path";
import { type Entry, entrySchema } from "./schema.ts";
import { displayPath, type Fault, listYamlFiles, readYamlFile } from "./yaml-file.ts";

/** An entry with what an author needs to find a fault in its file. */
export interface EntryOnDisk {
  readonly entry: Entry;
  /** The file's path, relative to the working directory where it lies below it. */
  readonly file: string;
  /** The line, from 1, on which something stands: `["methods", 0, "steps"]`. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
// Ids travel in custom_ids, which Discord limits to 100 characters in all.
const MAX_ID_LENGTH = 32;

/**
 * Reads every file in `services/`.
 *
 * @param directory - folder that holds `services/`
 * @returns the entries that are whole, in alphabetical order, and the faults of the others
 */
export function readEntries(directory: string): { entries: EntryOnDisk[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const entries: EntryOnDisk[] = [];
  const services = join(directory, "services");
  for (const name of listYamlFiles(services, faults)) {
    const file = displayPath(join(services, name));
    const id = basename(name, ".yaml");
    if (!ID.test(id) || id.length > MAX_ID_LENGTH) {
      const reason = `found the file name "${name}", allowed: a-z, 0-9 and single hyphens, at most ${MAX_ID_LENGTH}, then .yaml`;
      faults.push({ file, line: 1, path: "", reason });
      continue;
    }
    const result = readYamlFile(file, entrySchema);
    if ("faults" in result) {
      faults.push(...result.faults);
      continue;
    }
    faults.push(...findDoubledIds(file, result.data.methods, result.lineOf));
    entries.push({ entry: { id, ...result.data }, file, lineOf: result.lineOf });
  }
  return { entries, faults };
}

function findDoubledIds(file: string, methods: Entry["methods"], lineOf: EntryOnDisk["lineOf"]): Fault[] {
  return methods.flatMap(({ id }, index) => {
    if (methods.findIndex((other) => other.id === id) === index) return [];
    const reason = `found "${id}" a second time, allowed: one method for each id`;
    return [{ file, line: lineOf(["methods", index, "id"]), path: `methods[${index}].id`, reason }];
  });
}
