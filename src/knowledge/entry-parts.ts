/**
 * Walks through an entry: its names, steps, links and texts, each with its path, whatever field they stand in.
 */
import type { Entry, Step } from "./schema.ts";

/** Where in an entry something stands: `["methods", 0, "steps"]`. */
export type Path = readonly (string | number)[];

/** Everything the service is called. */
export function namesOf(entry: Entry): { name: string; path: Path }[] {
  return [
    { name: entry.name, path: ["name"] },
    ...entry.aliases.map((name, index) => ({ name, path: ["aliases", index] })),
  ];
}

/** Every step, of whatever it is a step. */
export function stepsOf(entry: Entry): { step: Step; path: Path }[] {
  const list = (steps: readonly Step[], path: Path) => steps.map((step, index) => ({ step, path: [...path, index] }));
  return [
    ...entry.methods.flatMap((method, index) => list(method.steps, ["methods", index, "steps"])),
    ...(entry.export ? list(entry.export.steps, ["export", "steps"]) : []),
    ...(entry.deactivate?.available ? list(entry.deactivate.steps, ["deactivate", "steps"]) : []),
    ...entry.alternatives.flatMap((alternative, index) => list(alternative.steps, ["alternatives", index, "steps"])),
  ];
}

/** Every link. */
export function linksOf(entry: Entry): { url: string; path: Path }[] {
  const found: { url: string; path: Path }[] = [];
  walkStrings(entry, [], (text, path) => {
    if (text.startsWith("https://")) found.push({ url: text, path });
  });
  return found;
}

/** Every text that people read: all but names, links and ids. */
export function textsOf(entry: Entry): { text: string; path: Path }[] {
  const found: { text: string; path: Path }[] = [];
  walkStrings(entry, [], (text, path) => {
    const field = path.findLast((part) => typeof part === "string");
    if (field !== undefined && !["url", "website", "deletionUrl", "helpUrl", "id"].includes(field)) {
      found.push({ text, path });
    }
  });
  return found;
}

function walkStrings(value: unknown, path: Path, visit: (text: string, path: Path) => void): void {
  if (typeof value === "string") visit(value, path);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walkStrings(item, [...path, index], visit);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) walkStrings(item, [...path, key], visit);
  }
}
