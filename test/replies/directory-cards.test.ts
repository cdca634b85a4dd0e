/** Cards of services that strangers described: generated ones, and those of the whole directory where it is at hand. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerView } from "../../src/answers/answer-view.ts";
import type { AnswerContext } from "../../src/answers/context.ts";
import { BROWSE_ALL, viewOf } from "../../src/answers/view.ts";
import type { Directory } from "../../src/knowledge/directory.ts";
import { LISTING_DIFFICULTIES } from "../../src/knowledge/directory.ts";
import type { Topic } from "../../src/knowledge/schema.ts";
import { toReply } from "../../src/replies/reply.ts";
import { serviceOfMessage } from "../../src/replies/service-of-message.ts";
import { toText } from "../../src/replies/text.ts";
import { testContext } from "../answers/context.ts";
import { directoryOf } from "../answers/directory.ts";
import { expectHarmless, expectValidReply } from "./discord-limits.ts";

const FILE = fileURLToPath(new URL("../../../shared/data/justdeleteme-sites.json", import.meta.url));
const isMissing = !existsSync(FILE);

/** Every card of every service, in a language. */
function expectAllCards(directory: Directory, locale: string, topics: readonly Topic[]): void {
  const context: AnswerContext = { ...testContext({ directory }), locale };
  for (const { id, name } of directory.listings.values()) {
    for (const topic of topics) {
      const answer = answerView(context, viewOf(id, topic));
      try {
        const reply = toReply(answer, "public");
        expectValidReply(reply);
        expectHarmless(reply);
        expect(serviceOfMessage(reply)).toBe(id);
        expect(toText(answer)).toContain(name);
      } catch (error) {
        throw new Error(`The card of ${name} on ${topic} is not valid.`, { cause: error });
      }
    }
  }
}

// What marks up, pings, ends a block or leads somewhere, beside all other signs.
const piece = fc.oneof(
  fc.constantFrom(
    ..."**|__|~~|`|```|||[|](|)|<|>|@everyone|@here|<@1>|<@&1>|<#1>|<t:1:R>|</ask:1>|<:a:1>|\n|\n# |\n> |\n1. |<br>|&lt;@1&gt;".split(
      "|",
    ),
    "||",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[x](https://evil.example)",
    "https://evil.example/<@1>",
    "https://evil.example/||x||",
    "\u202e",
    "\ud800",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.string({ maxLength: 8 }),
);
const text = (max: number) => fc.array(piece, { maxLength: max, size: "max" }).map((pieces) => pieces.join(""));
const anyRecord = fc.record(
  {
    name: fc.oneof(text(6), fc.string({ maxLength: 60 })),
    url: fc.oneof(fc.webUrl({ validSchemes: ["https"], withQueryParameters: true, withFragments: true }), text(3)),
    difficulty: fc.constantFrom(...LISTING_DIFFICULTIES),
    domains: fc.array(fc.domain(), { minLength: 1, maxLength: 3 }),
    notes: text(600),
    notes_de: text(600),
    url_de: fc.oneof(fc.webUrl({ validSchemes: ["https"] }), text(3)),
    email: fc.oneof(fc.emailAddress(), text(3)),
    email_subject: text(40),
    email_body: text(300),
  },
  { requiredKeys: ["name", "url", "difficulty", "domains"] },
);

describe("cards of services that strangers described", () => {
  it("are valid and harmless, whatever the records hold", () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("en-US", "de"),
        (records, locale) => {
          const directory = directoryOf(records);
          expectAllCards(directory, locale, ["delete", "undo"]);
          const reply = toReply(
            answerView(testContext({ directory }), { ...BROWSE_ALL, category: "listed" }),
            "public",
          );
          expectValidReply(reply);
          expectHarmless(reply);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe.skipIf(isMissing)(
  `cards of the whole directory${isMissing ? " (skipped: there is no copy of it)" : ""}`,
  () => {
    const directory = directoryOf(isMissing ? [] : JSON.parse(readFileSync(FILE, "utf8")));

    it.each(["en-US", "tr", "pt-BR"])("are valid and harmless in %s", { timeout: 120_000 }, (locale) => {
      expect(directory.listings.size).toBeGreaterThan(2500);
      expectAllCards(directory, locale, ["delete", "timing"]);
    });

    it("are all in the list", { timeout: 120_000 }, () => {
      const context = testContext({ directory });
      const pages = Math.ceil((directory.listings.size + context.knowledge.entries.size) / 15);
      for (let page = 1; page <= pages; page += 1) {
        const reply = toReply(answerView(context, { ...BROWSE_ALL, page }), "public");
        expectValidReply(reply);
        expectHarmless(reply);
      }
    });
  },
);
