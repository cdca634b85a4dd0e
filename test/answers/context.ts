import { join } from "node:path";
import type { AnswerContext } from "../../src/answers/context.ts";
import { KNOWLEDGE_DIRECTORY } from "../../src/knowledge/load.ts";
import { readEntries } from "../../src/knowledge/read-entries.ts";
import { topicsSchema } from "../../src/knowledge/topics-schema.ts";
import { readYamlFile } from "../../src/knowledge/yaml-file.ts";
import { fakeMatcher } from "./fake-matcher.ts";

const topics = readYamlFile(join(KNOWLEDGE_DIRECTORY, "topics.yaml"), topicsSchema);
if ("faults" in topics) throw new Error("knowledge/topics.yaml is not valid; npm run knowledge:check tells why.");

/** All that is known, without the words of the matcher. */
export const knowledge: AnswerContext["knowledge"] = {
  entries: new Map(readEntries(KNOWLEDGE_DIRECTORY).entries.map(({ entry }) => [entry.id, entry])),
  topics: topics.data,
};

/** All that the repository knows, on a day soon after it was checked. */
export function testContext(changes: Partial<AnswerContext> = {}): AnswerContext {
  return {
    knowledge,
    matcher: fakeMatcher(knowledge),
    now: () => new Date("2026-11-22T12:00:00Z"),
    reportUrl: "https://example.org/project/issues/new",
    ...changes,
  };
}
