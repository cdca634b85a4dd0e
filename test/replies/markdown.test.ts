import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskedLink, shorten, toMarkdown, toPlainText } from "../../src/replies/markdown.ts";

describe("an entry's text as Markdown", () => {
  it.each([
    ["Choose **Delete**.", "Choose **Delete**."],
    ["a_b *c* `d` ~e~ |f|", "a\\_b \\*c\\* \\`d\\` \\~e\\~ \\|f\\|"],
    ["<@123> [x](https://example.org/a_b)", "\\<@123\\> \\[x\\](https://example.org/a_b)"],
    ["# no headline", "\\# no headline"],
    ["-# no small print", "\\-# no small print"],
    ["1. no list", "1\\. no list"],
    ["one\n# two", "one # two"],
  ])("“%s” keeps bold and shows the rest as it is", (text, markdown) => {
    expect(toMarkdown(text)).toBe(markdown);
  });

  it("is one line, whatever it was", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(toMarkdown(text)).not.toContain("\n");
      }),
    );
  });
});

describe("plain text", () => {
  it("has no bold", () => {
    expect(toPlainText("**Not** even **here**.")).toBe("Not even here.");
  });
});

describe("a masked link", () => {
  it("cannot be broken out of", () => {
    expect(maskedLink("a](https://evil.example) [b", "https://example.org/(x)")).toBe(
      "[a\\](https://evil.example) \\[b](https://example.org/%28x%29)",
    );
  });
});

describe("a shortened text", () => {
  it("ends after a word", () => {
    expect(shorten("one two three", 13)).toBe("one two three");
    expect(shorten("one two three", 10)).toBe("one two…");
  });

  it("is never too long, and holds no half signs", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const short = shorten(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
      }),
    );
  });
});
