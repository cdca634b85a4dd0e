/**
 * Reads a YAML file against a zod schema and tells each fault with its line, so that an author finds it at once.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { relative } from "node:path";
import type { z } from "zod";

/** Something wrong in a knowledge file. */
export interface Fault {
  /** The file's path, as it was opened. */
  readonly file: string;
  /** Line in the file, from 1. */
  readonly line: number;
  /** Where in the data: `methods[0].steps[2].do`; empty for the file as a whole. */
  readonly path: string;
  /** What was found and what is allowed, in one line. */
  readonly reason: string;
}

/** One fault as one line: `knowledge/services/x.yaml:12: difficulty: found "simple", allowed: "easy", …`. */
export function formatFault({ file, line, path, reason }: Fault): string {
  return `${file}:${line}: ${path === "" ? "" : `${path}: `}${reason}`;
}

// An entry is about 10 KiB; this is far above any, and far below what could hurt.
const MAX_BYTES = 1024 * 1024;
// Entries need no aliases; a document that expands a hundred of them is an accident or an attack.
const MAX_ALIASES = 100;

type PathPart = string | number;

// Loaded when the first file is read: where everything was compiled, none is.
const loadYaml = (): typeof import("yaml") => createRequire(import.meta.url)("yaml");

/**
 * Reads and checks one YAML file.
 *
 * @param file - path of the file; also how faults name it
 * @param schema - what it must look like
 * @returns the checked data with a function that tells a path's line, or the faults, at least one
 */
export function readYamlFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): { data: z.output<Schema>; lineOf: (path: readonly PathPart[]) => number } | { faults: Fault[] } {
  let source: string;
  try {
    source = readFileSync(file, "utf8");
  } catch (error) {
    return {
      faults: [{ file, line: 1, path: "", reason: `cannot be read (${(error as NodeJS.ErrnoException).code})` }],
    };
  }
  if (Buffer.byteLength(source) > MAX_BYTES) {
    return { faults: [{ file, line: 1, path: "", reason: `is larger than ${MAX_BYTES / 1024} KiB` }] };
  }
  const { isNode, LineCounter, parseDocument } = loadYaml();
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const broken = document.errors.map((error) => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    path: "",
    reason: `is no valid YAML: ${error.message}`,
  }));
  if (broken.length > 0) return { faults: broken };

  const lineOf = (path: readonly PathPart[]): number => {
    // The nearest node that exists: a missing field is reported at its parent.
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };

  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return { faults: [{ file, line: 1, path: "", reason: `is no usable YAML: ${(error as Error).message}` }] };
  }
  const result = schema.safeParse(raw);
  if (result.success) return { data: result.data, lineOf };
  return {
    faults: result.error.issues.map((issue) => {
      const path = issue.path as PathPart[];
      return { file, line: lineOf(path), path: formatPath(path), reason: formatReason(issue, valueAt(raw, path)) };
    }),
  };
}

/**
 * The names of the YAML files in a folder, in alphabetical order.
 *
 * @param faults - gets one more where the folder cannot be read
 */
export function listYamlFiles(directory: string, faults: Fault[]): string[] {
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

/** Paths below the working directory are shown relative to it: shorter, and an editor's terminal opens them. */
export function displayPath(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith("..") ? path : below;
}

/** Writes a path as one would in code: `methods[0].steps[2].do`. */
export function formatPath(path: readonly PathPart[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}

function valueAt(data: unknown, path: readonly PathPart[]): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PathPart, unknown>)[part];
  }
  return value;
}

function formatReason(issue: z.core.$ZodIssue, found: unknown): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `unknown field ${issue.keys.map((key) => `"${key}"`).join(", ")}; check the spelling against knowledge/README.md`;
    case "invalid_value":
      return `found ${show(found)}, allowed: ${issue.values.map((value) => show(value)).join(", ")}`;
    case "too_big":
      return typeof found === "string"
        ? `found ${found.length} characters, allowed: at most ${issue.maximum}`
        : `found ${Array.isArray(found) ? `${found.length} items` : show(found)}, allowed: at most ${issue.maximum}`;
    case "too_small":
      return `found ${Array.isArray(found) ? `${found.length} items` : show(found)}, allowed: at least ${issue.minimum}`;
    case "invalid_type":
      return found === undefined
        ? `is missing (${kindOf(issue.expected)})`
        : `found ${show(found)}, allowed: ${kindOf(issue.expected)}`;
    default:
      return found === undefined ? `is missing: ${issue.message}` : `found ${show(found)}, allowed: ${issue.message}`;
  }
}

/** What an author calls zod's types. */
const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "fields of its own",
};

function kindOf(expected: string): string {
  return KINDS[expected] ?? expected;
}

function show(value: unknown): string {
  // "name:" with nothing behind it.
  if (value === null) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
