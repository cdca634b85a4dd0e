/**
 * Reads questions for the other matchers, so that they need only find the topic: normalised, repaired, and with the
 * names of services found and taken out. They get it for nothing: it counts neither in their time nor in their memory.
 */
import { type Knowledge, loadKnowledge } from "../../src/knowledge/load.ts";
import { TOPICS } from "../../src/knowledge/schema.ts";
import type { ExplainingMatcher, Question } from "../../src/matching/match.ts";
import { createMatcher } from "../../src/matching/matcher.ts";
import { writeOut } from "../../src/matching/phrases.ts";
import type { NamedService } from "../../src/matching/service-index.ts";
import { type Label, type LabelledPhrase, NO_TOPIC } from "./contender.ts";
import type { KnownServices } from "./services.ts";

/** A question as the other matchers get it. */
export interface Reading {
  /** With one and the same word for every service's name. */
  readonly text: string;
  /** The service that Wayout understands to be meant. */
  readonly service: string | null;
  /** false where that is an everyday word, and little speaks for the service. */
  readonly sure: boolean;
}

/** Stands for a service's name, in phrases and in questions. */
const ANY_SERVICE = "someservice";

/** Reads questions. */
export function readQuestions(questions: readonly Question[], { knowledge, directory }: KnownServices): Reading[] {
  const matcher = createMatcher(knowledge, { directory });
  const ids = new Set([...knowledge.entries.keys(), ...directory.map(({ id }) => id)]);
  return questions.map((question) => {
    const { service } = matcher.match(question);
    const { text, services } = read(matcher, question, ids);
    return { text, service, sure: services.every(({ id, sure }) => id !== service || sure) };
  });
}

/** Every phrase from which Wayout learns, written out and read as questions are; each once. */
export function readPhrases(knowledge: Knowledge = loadKnowledge()): LabelledPhrase[] {
  const anyService: NamedService = {
    id: ANY_SERVICE,
    name: ANY_SERVICE,
    aliases: [],
    domains: [],
    everydayWords: [],
    popularity: 1,
  };
  const matcher = createMatcher({ ...knowledge, entries: new Map() }, { directory: [anyService] });
  const ids = new Set([ANY_SERVICE]);
  const lines: { line: string; label: Label; kind?: string }[] = TOPICS.flatMap((topic) =>
    knowledge.topics.topics[topic].phrases.map((line) => ({ line, label: topic })),
  );
  for (const [kind, { phrases }] of Object.entries(knowledge.language.otherRequests.kinds)) {
    for (const line of phrases) lines.push({ line, label: NO_TOPIC, kind });
  }
  const phrases = new Map<string, LabelledPhrase>();
  for (const { line, ...rest } of lines) {
    for (const written of writeOut(line)) {
      const { text } = read(matcher, { text: written.replaceAll("[service]", ANY_SERVICE) }, ids);
      phrases.set(`${rest.label}: ${text}`, { text, written, ...rest });
    }
  }
  return [...phrases.values()];
}

function read(matcher: ExplainingMatcher, question: Question, ids: ReadonlySet<string>) {
  const { tokens, services } = matcher.explain(question);
  const words = tokens.map(({ text, meanings }) => (meanings.some((meaning) => ids.has(meaning)) ? ANY_SERVICE : text));
  return { text: words.join(" "), services };
}
