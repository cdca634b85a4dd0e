/** What was learnt, in a file beside the built program. It counts only with the knowledge that it was learnt from. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Learning } from "./learning.ts";

/** In `dist/`; nothing is there where the program runs from its sources. */
export const LEARNING_FILE = join(import.meta.dirname, "..", "..", "learning.json");

/**
 * @param fingerprint - of the knowledge that it was learnt from
 */
export function writeLearning({ symbols, pairs, learnt }: Learning, fingerprint: string, file = LEARNING_FILE): void {
  const { features, gate, topic, usualTopics } = learnt;
  const models = { gate: toText(gate), topic: toText(topic) };
  const compiled = { fingerprint, symbols, pairs, learnt: { features, ...models, usualTopics: [...usualTopics] } };
  writeFileSync(file, JSON.stringify(compiled));
}

/** @returns what was learnt, or undefined where nothing was, or from other knowledge */
export function readLearning(fingerprint: string | undefined, file = LEARNING_FILE): Learning | undefined {
  if (fingerprint === undefined || !existsSync(file)) return undefined;
  const compiled = JSON.parse(readFileSync(file, "utf8"));
  if (compiled.fingerprint !== fingerprint) return undefined;
  const { symbols, pairs, learnt } = compiled;
  const { features, gate, topic, usualTopics } = learnt;
  const models = { gate: fromText(gate), topic: fromText(topic) };
  return { symbols, pairs, learnt: { features, ...models, usualTopics: new Map(usualTopics) } };
}

// Numbers as decimals would take thrice the time and lose their last digits.
function toText(weights: Float64Array): string {
  return Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength).toString("base64");
}

function fromText(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  return new Float64Array(bytes.buffer);
}
