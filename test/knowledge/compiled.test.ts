import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readCompiled, writeCompiled } from "../../src/knowledge/compiled.ts";
import { KNOWLEDGE_DIRECTORY, readKnowledge } from "../../src/knowledge/load.ts";

let folder: string;
const knowledge = () => join(folder, "knowledge");
const compiled = () => join(folder, "knowledge.json");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wayout-compiled-"));
  cpSync(KNOWLEDGE_DIRECTORY, knowledge(), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is the same as what is read from the files, until one of them changes", () => {
  expect(readCompiled(knowledge(), compiled())).toBeUndefined();
  const read = writeCompiled(readKnowledge(knowledge()), knowledge(), compiled());
  expect(readCompiled(knowledge(), compiled())).toEqual(read);

  const file = join(knowledge(), "services", "tiktok.yaml");
  const source = readFileSync(file, "utf8");
  writeFileSync(file, source.replace("difficulty: easy", "difficulty: hard"));
  expect(readCompiled(knowledge(), compiled())).toBeUndefined();
  writeFileSync(file, source);
  expect(readCompiled(knowledge(), compiled())).toEqual(read);

  rmSync(join(knowledge(), "languages", "de.yaml"));
  expect(readCompiled(knowledge(), compiled())).toBeUndefined();
});
