import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MarkdownNode, type Mentions, parseMarkdown, plainText } from "../../../src/local/page/markdown.ts";

const USER = "123456789012345678";
const mentions: Mentions = {
  userName: (id) => (id === USER ? "Wayout" : undefined),
  channelName: () => "help",
};

const text = (value: string): MarkdownNode => ({ kind: "text", text: value });

describe("inline marks", () => {
  it.each([
    ["**b**", "bold"],
    ["*i*", "italic"],
    ["_i_", "italic"],
    ["__u__", "underline"],
    ["~~s~~", "strike"],
    ["||s||", "spoiler"],
  ] as const)("reads %s as %s", (source, kind) => {
    expect(parseMarkdown(source)).toEqual([{ kind, children: [text(source.replace(/\W|_/g, ""))] }]);
  });

  it("nests them", () => {
    expect(parseMarkdown("***both***")).toEqual([
      { kind: "italic", children: [{ kind: "bold", children: [text("both")] }] },
    ]);
  });

  it("leaves what is escaped, and underscores within words", () => {
    expect(parseMarkdown("\\*no\\* snake_case_word")).toEqual([text("*no* snake_case_word")]);
  });

  it("shows code as it is written", () => {
    expect(parseMarkdown("`**x**`")).toEqual([{ kind: "code", text: "**x**" }]);
  });
});

describe("lines", () => {
  it("reads headings, subtext and the text below them", () => {
    expect(parseMarkdown("## Title\n-# small\nbody")).toEqual([
      { kind: "heading", level: 2, children: [text("Title")] },
      { kind: "subtext", children: [text("small")] },
      text("body"),
    ]);
  });

  it("reads them where they are indented", () => {
    expect(parseMarkdown("  -# small\n ### h")).toEqual([
      { kind: "subtext", children: [text("small")] },
      { kind: "heading", level: 3, children: [text("h")] },
    ]);
  });

  it("takes no heading out of the middle of a line, and none without a space", () => {
    expect(parseMarkdown("a # b")).toEqual([text("a # b")]);
    expect(parseMarkdown("#tag")).toEqual([text("#tag")]);
  });

  it("reads quotes of several lines", () => {
    expect(parseMarkdown("> one\n> two\nafter")).toEqual([
      { kind: "quote", children: [text("one"), { kind: "break" }, text("two")] },
      text("after"),
    ]);
  });

  it("takes the line breaks around a code block with it", () => {
    expect(parseMarkdown("a\n```js\n<b>\n```\nz")).toEqual([text("a"), { kind: "code-block", text: "<b>" }, text("z")]);
  });
});

describe("lists", () => {
  it("numbers from where the author began, and keeps a line below in its item", () => {
    expect(parseMarkdown("3. Open **it**.\n  -# Profile › Menu\n4. Done.\n\nafter")).toEqual([
      {
        kind: "list",
        ordered: true,
        start: 3,
        items: [
          [
            text("Open "),
            { kind: "bold", children: [text("it")] },
            text("."),
            { kind: "break" },
            { kind: "subtext", children: [text("Profile › Menu")] },
          ],
          [text("Done.")],
        ],
      },
      text("after"),
    ]);
  });

  it("nests", () => {
    const [list] = parseMarkdown("- a\n  - b\n    1. c\n- d");
    expect(list).toMatchObject({
      kind: "list",
      ordered: false,
      items: [
        [
          text("a"),
          { kind: "break" },
          { kind: "list", items: [[text("b"), { kind: "break" }, { kind: "list", ordered: true }]] },
        ],
        [text("d")],
      ],
    });
  });

  it("ends at a line that is not indented", () => {
    expect(parseMarkdown("- a\nplain")).toEqual([
      { kind: "list", ordered: false, start: 1, items: [[text("a")]] },
      text("plain"),
    ]);
  });

  it("goes on below a line of subtext, with the author's number", () => {
    expect(parseMarkdown("1. a\n-# small\n2. b")).toEqual([
      { kind: "list", ordered: true, start: 1, items: [[text("a")]] },
      { kind: "subtext", children: [text("small")] },
      { kind: "list", ordered: true, start: 2, items: [[text("b")]] },
    ]);
  });

  it("is not begun by a dash within a line or by 2026.", () => {
    expect(parseMarkdown("a - b")).toEqual([text("a - b")]);
    expect(parseMarkdown("It was 2026.")).toEqual([text("It was 2026.")]);
  });
});

describe("links", () => {
  it("reads masked, bare and bracketed addresses", () => {
    const link = (href: string, label = href) => ({ kind: "link", href, children: [text(label)] });
    expect(parseMarkdown("[x](https://a.example/c) https://b.example/d_e. <https://c.example>")).toEqual([
      link("https://a.example/c", "x"),
      text(" "),
      link("https://b.example/d_e"),
      text(". "),
      link("https://c.example"),
    ]);
  });

  it.each(["[x](javascript:alert(1))", "[x](data:text/html,x)", "[x](//evil.example)", "[x](ftp://a.example)"])(
    "leaves %s as text",
    (source) => {
      expect(parseMarkdown(source)).toEqual([text(source)]);
    },
  );

  it("does not mask an address with another address", () => {
    const source = "[https://bank.example](https://evil.example)";
    expect(parseMarkdown(source)).toEqual([text(source)]);
  });
});

describe("Discord's own", () => {
  it("reads mentions, commands and timestamps", () => {
    expect(parseMarkdown(`<@${USER}> </ask:${USER}> <t:1700000000:R> <t:1700000000>`)).toEqual([
      { kind: "mention", of: "user", id: USER },
      text(" "),
      { kind: "command", name: "ask" },
      text(" "),
      { kind: "timestamp", seconds: 1_700_000_000, style: "R" },
      text(" "),
      { kind: "timestamp", seconds: 1_700_000_000, style: "f" },
    ]);
  });

  it("pings nobody by a word", () => {
    expect(parseMarkdown("@everyone @here")).toEqual([text("@everyone @here")]);
  });
});

describe("plain text", () => {
  it("names what is mentioned and drops the marks", () => {
    expect(plainText(parseMarkdown(`<@${USER}> **how** do i\n- [leave](https://a.example)?`), mentions)).toBe(
      "@Wayout how do i leave? ",
    );
  });

  it("keeps every letter and digit of any text without marks", () => {
    const words = fc.array(fc.stringMatching(/^[A-Za-z0-9]{1,8}$/), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(words, (list) => {
        expect(plainText(parseMarkdown(list.join(" ")), mentions)).toBe(list.join(" "));
      }),
    );
  });
});

describe("any text", () => {
  const marks = fc.constantFrom(
    "**",
    "*",
    "_",
    "__",
    "~~",
    "||",
    "`",
    "```",
    "\n",
    "- ",
    "1. ",
    "> ",
    "# ",
    "-# ",
    "[",
    "](",
    ")",
    "<",
    ">",
    "https://a.example/",
    "javascript:",
    "\\",
    "  ",
    "x",
    "<script>",
  );
  const source = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(marks, { maxLength: 40 }).map((parts) => parts.join("")),
  );

  it("is read without an error, and links lead to web addresses only", () => {
    const check = (nodes: readonly MarkdownNode[]): void => {
      for (const node of nodes) {
        if (node.kind === "link") expect(node.href).toMatch(/^https?:\/\//i);
        if (node.kind === "list") node.items.forEach(check);
        else if ("children" in node) check(node.children);
      }
    };
    fc.assert(
      fc.property(source, (value) => check(parseMarkdown(value))),
      { numRuns: 500 },
    );
  });
});
