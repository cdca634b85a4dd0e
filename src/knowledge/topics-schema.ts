/**
 * The shape of what the matcher knows about language: each topic's name and the ways to ask for it
 * (`knowledge/topics.yaml`), other things that people ask (`other-requests.yaml`), words that mean the same
 * (`words.yaml`), and the same words in other languages (`languages/*.yaml`).
 */
import { z } from "zod";
import { TOPICS } from "./schema.ts";

const line = z.string().trim().min(1).max(200);

/** A way to say something: `{a|b|}` stands for each of its choices, `[service]` for a service's name. */
const phrase = line
  .refine(
    (text) => /^(?:[^{}]|\{[^{}|]*(?:\|[^{}|]*)+\})*$/.test(text),
    "choices as {this|that}, without braces inside",
  )
  .refine((text) => !text.replaceAll("[service]", "").includes("["), "only [service] in brackets");
const phrases = z.array(phrase).min(1);

const topicSchema = z.strictObject({
  // A button's label is cut off on phones above 34 characters.
  title: z.string().min(1).max(34).describe("As a button or menu names it: Delete for good."),
  summary: z.string().min(1).max(100).describe("One line for menus: what the answer tells."),
  phrases: phrases.describe(
    "Ways in which people ask for it. [service] stands for a service's name, {a|b} for a or b.",
  ),
  followUps: z
    .array(phrase)
    .default([])
    .describe("Short ways to ask for it once the talk is about leaving a service: and my messages?"),
});

/** The zod schema of `knowledge/topics.yaml`. */
export const topicsSchema = z.strictObject({
  topics: z.record(z.enum(TOPICS), topicSchema),
});

/** The zod schema of `knowledge/other-requests.yaml`: what people ask that no topic answers. */
export const otherRequestsSchema = z.strictObject({
  kinds: z
    .record(
      z.string().regex(/^[a-z]+(-[a-z]+)*$/, "a-z and hyphens"),
      z.strictObject({
        about: line.describe("What these people want."),
        alsoInTalk: z
          .boolean()
          .default(false)
          .describe("true where it is no follow-up either: thanks, as a reply to an answer, asks for nothing."),
        phrases,
      }),
    )
    .describe("Requests to stay out of, by kind."),
});

const CONCEPT_NAME = /^[a-z]+(_[a-z]+)*$/;
const conceptName = z.string().regex(CONCEPT_NAME, "a-z and underscores");

const conceptSchema = z.strictObject({
  kind: z
    .enum(["act", "thing", "other"])
    .default("other")
    .describe("act: something done to a thing, thing: what it can be done to; anything else is other."),
  as: z.array(conceptName).default([]).describe("Wider concepts that each of these words also stands for."),
  words: z.array(line).min(1).describe("Words and fixed groups of words, in lower case, each form of its own."),
});

const wordsShape = z.strictObject({
  concepts: z.record(conceptName, conceptSchema).describe("Words that mean the same to the matcher."),
  rules: z
    .record(conceptName, z.array(line).min(1))
    .describe("Words that belong together across a gap: can ... <recover> means up to five words between."),
  stops: z.array(line).describe("Words that end a thought: what follows is not the object of the verb before them."),
  negations: z.array(line).describe("Words that turn the wish after them around: don't want to."),
  contrasts: z.array(line).describe("Words after which the real wish comes: just, but."),
  asking: z
    .strictObject({
      concepts: z.array(line).describe("Concepts of which one in a sentence shows that it asks or wishes."),
      starts: z.array(line).describe("Words with which a question begins."),
    })
    .describe("What tells a question or a wish from the tale before it."),
  names: z
    .strictObject({
      before: z.array(line).describe("Words after which a name of a service is likely: on, my, from."),
      subject: z.array(line).describe("Words after which a name may do something: does Line delete …"),
      notBefore: z.array(line).describe("Words after which an everyday word is just that word: a, the, this."),
      talk: z
        .array(line)
        .describe(
          "Names that people say all day without meaning the service: lol. They count only beside account or my.",
        ),
      accountWords: z.array(line).describe("Words that stand beside a service's name: account, profile, app."),
      target: z.array(line).describe("Patterns in which [service] is the one to leave."),
      bystander: z.array(line).describe("Patterns in which [service] is only mentioned: log in with [service]."),
      aside: z
        .array(line)
        .describe("Patterns in which [service] is only mentioned even where no other is named: then none is meant."),
      dropped: z.array(line).describe("Words left out of a service's official name in talk: account."),
    })
    .describe("How to tell a service's name from an everyday word, and the service that is meant from others."),
  endings: z.array(line).describe("Endings that make another good word of a frequent one: wanting, freaked."),
  fillers: z
    .array(line)
    .describe("Small words that may stand between a verb and its object: delete all of my account."),
  everyday: z.array(line).describe("Frequent words without a meaning here: never taken for a typing error or a name."),
});

/** The zod schema of `knowledge/words.yaml`: every concept that it mentions must be one of its own. */
export const wordsSchema = wordsShape.superRefine(({ concepts, rules, names, asking }, context) => {
  const refuse = (path: (string | number)[], name: string): void => {
    if (Object.hasOwn(concepts, name)) return;
    context.addIssue({ code: "custom", path, message: `a concept of this file; there is no "${name}"` });
  };
  for (const [name, { as }] of Object.entries(concepts)) {
    for (const [index, wider] of as.entries()) refuse(["concepts", name, "as", index], wider);
  }
  for (const [index, name] of asking.concepts.entries()) refuse(["asking", "concepts", index], name);
  const patterns = { ...rules, target: names.target, bystander: names.bystander, aside: names.aside };
  for (const [name, lines] of Object.entries(patterns)) {
    const path = Object.hasOwn(rules, name) ? ["rules", name] : ["names", name];
    for (const [index, pattern] of lines.entries()) {
      for (const [, concept = ""] of pattern.matchAll(/<([^>]*)>/g)) refuse([...path, index], concept);
    }
  }
});

/** The zod schema of a file in `knowledge/languages/`; its name is the language's code. */
export const languageSchema = z.strictObject({
  language: line.describe("The language's name in English."),
  words: z
    .record(conceptName, z.array(line).min(1))
    .describe("For each concept of words.yaml its words. word* also stands for every longer word."),
  objectFirst: z
    .boolean()
    .default(false)
    .describe("true where the verb follows its object, as in Turkish and Japanese: the account delete."),
  nameEndings: z.array(line).default([]).describe("Endings that this language puts on names: tiktoknya, tiktoktan."),
});

export type TopicsFile = z.infer<typeof topicsSchema>;
type OtherRequestsFile = z.infer<typeof otherRequestsSchema>;
export type WordsFile = z.infer<typeof wordsSchema>;
export type LanguageFile = z.infer<typeof languageSchema>;

/** What the matcher knows about language. */
export interface LanguageKnowledge {
  readonly otherRequests: OtherRequestsFile;
  readonly words: WordsFile;
  /** By language code. */
  readonly languages: ReadonlyMap<string, LanguageFile>;
  /** Frequent English words, which are never typing errors. */
  readonly commonWords: readonly string[];
}
