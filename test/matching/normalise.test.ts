import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold, tokenize } from "../../src/matching/normalise.ts";

const wordsOf = (text: string): string[] => tokenize(text).map(({ text: word }) => word);

describe("tokenize", () => {
  test.each([
    ["capitals and signs do not count", "Delete, MY account!!", ["delete", "my", "account"]],
    ["an apostrophe joins", "can't don’t", ["cant", "dont"]],
    ["accents go", "löschen supprimée hesabımı", ["loschen", "supprimee", "hesabimi"]],
    ["letters from other blocks become plain ones", "𝐝𝐞𝐥𝐞𝐭𝐞 ｄｅｌｅｔｅ", ["delete", "delete"]],
    ["unseen signs go", "de\u200blete\u00ad me", ["delete", "me"]],
    ["look-alike letters inside a Latin word become Latin", "dеlеtе", ["delete"]],
    ["letters typed apart are joined", "d e l e t e", ["delete"]],
    ["Discord's mentions, emoji and time stamps go", "<@123> hi <a:wave:456> <t:1700000000:R>", ["hi"]],
    [
      "an address counts by its host",
      "see https://www.example.com/delete?video=1 now",
      ["see", "www", "example", "com", "now"],
    ],
    ["email addresses go: they are nobody's business", "write to me@example.com please", ["write", "to", "please"]],
    ["a plus belongs to a name", "delete disney+", ["delete", "disney+"]],
    ["emoji are no words", "bye 👋🏽 ❤️", ["bye"]],
  ])("%s", (_name, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test("knows where sentences start, and what is glued together", () => {
    const tokens = tokenize("Bye. Delete tiktok.com");
    expect(tokens.map(({ starts }) => starts)).toEqual([true, true, false, true]);
    expect(tokens.map(({ glued }) => glued)).toEqual([false, false, false, true]);
  });

  test("a capital counts unless everything is shouted", () => {
    expect(tokenize("leave Line").at(-1)?.capital).toBe(true);
    expect(tokenize("LEAVE LINE").at(-1)?.capital).toBe(false);
  });

  test("knows words with @ or #, and genitives", () => {
    expect(tokenize("hey @line")[1]?.marked).toBe(true);
    expect(tokenize("steam's rules")[0]?.possessive).toBe(true);
  });

  test("marks scripts that do not part their words", () => {
    expect(tokenize("删除 account").map(({ run }) => run)).toEqual([true, false]);
  });

  test("no text makes it throw, and words hold no spaces or capitals", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        for (const { text: word } of tokenize(text)) {
          expect(word).not.toBe("");
          expect(word).not.toMatch(/\s/);
        }
      }),
    );
  });
});

test("fold makes a word of the knowledge look like a word of a text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});
