/** Reads scripts that do not part their words. */
import type { Item, Mention } from "./items.ts";
import { type Lexicon, NO_SENSE, UNKNOWN } from "./lexicon.ts";
import type { Token } from "./normalise.ts";
import type { ServiceIndex } from "./service-index.ts";

/**
 * Finds known words and names anywhere in runs of letters, the longest first.
 *
 * @param from - the first token of the run
 * @param items - takes up what is found, as does `mentions`
 * @returns the position of the token after the run
 */
export function readRun(
  tokens: readonly Token[],
  from: number,
  lexicon: Lexicon,
  index: ServiceIndex,
  items: Item[],
  mentions: Mention[],
): number {
  let end = from;
  let run = "";
  let next = tokens[end];
  let starts = next?.starts === true;
  while (next?.run === true && (end === from || !next.starts)) {
    run += next.text;
    end += 1;
    next = tokens[end];
  }
  for (let at = 0; at < run.length; ) {
    let step = 1;
    const start = run.charAt(at);
    const longest = Math.max(lexicon.runLengths.get(start) ?? 0, index.runLengths.get(start) ?? 0);
    for (let length = Math.min(longest, run.length - at); length >= 1; length -= 1) {
      const text = run.slice(at, at + length);
      const hit = index.runs.get(text);
      const term = lexicon.runs.get(text);
      if (hit === undefined && term === undefined) continue;
      if (hit !== undefined) mentions.push({ id: hit.id, at: items.length, sure: true, weak: hit.weak });
      const sense = hit === undefined && term !== undefined ? term.sense : NO_SENSE;
      items.push({ text, term: term ?? UNKNOWN, sense, service: hit?.id, starts });
      starts = false;
      step = length;
      break;
    }
    at += step;
  }
  return end;
}
