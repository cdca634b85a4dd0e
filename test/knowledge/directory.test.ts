import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseLanguage, directorySchema, loadDirectory } from "../../src/knowledge/directory.ts";
import { importDirectory } from "../../src/knowledge/import-directory.ts";
import { KNOWLEDGE_DIRECTORY, KnowledgeError } from "../../src/knowledge/load.ts";
import { readEntries } from "../../src/knowledge/read-entries.ts";

const record = {
  name: "Example",
  url: "https://example.com/delete",
  difficulty: "easy",
  domains: ["www.example.com", "ex.am"],
};

function importOne(change: object) {
  const { directory, skipped } = importDirectory([{ ...record, ...change }]);
  return { listing: directory.listings[0], skipped };
}

describe("importDirectory", () => {
  it("takes the shortest domain for the id", () => {
    expect(importOne({}).listing).toEqual({
      id: "ex.am",
      name: "Example",
      domains: ["example.com", "ex.am"],
      difficulty: "easy",
      urls: { en: "https://example.com/delete" },
      notes: {},
    });
  });

  it("tells services that share their domains apart by name", () => {
    const { directory } = importDirectory([record, { ...record, name: "Example Two" }, { ...record, name: "Three" }]);
    expect(directory.listings.map(({ id }) => id)).toEqual(["ex.am", "example.com", "three.jdm"]);
  });

  it("keeps notes and links by language", () => {
    const { listing } = importOne({ notes: "Go", notes_de: "Geh", "notes_pt-BR": "Vá", url_de: "https://example.de/" });
    expect(listing?.notes).toEqual({ en: "Go", de: "Geh", "pt-BR": "Vá" });
    expect(listing?.urls).toEqual({ en: "https://example.com/delete", de: "https://example.de/" });
  });

  it("has a subject and a body ready for every email address", () => {
    const { listing } = importOne({ email: "help@example.com" });
    expect(listing?.email).toEqual({
      address: "help@example.com",
      subject: "Please delete my account",
      body: expect.stringContaining("My username is"),
    });
  });

  it.each([
    ["javascript:alert(1)"],
    ["http://example.com"],
    ["https://exa mple.com"],
    ["/delete"],
    [`https://example.com/${"x".repeat(600)}`],
  ])("skips a record whose link cannot be shown: %s", (url) => {
    const { listing, skipped } = importOne({ url });
    expect(listing).toBeUndefined();
    expect(skipped).toEqual([{ name: "Example", reason: expect.stringMatching(/^url: found /) }]);
  });

  it("leaves a link in another language out that cannot be shown, and keeps the record", () => {
    expect(importOne({ url_fr: "javascript:alert(1)" }).listing?.urls).toEqual({ en: "https://example.com/delete" });
  });

  it("cuts long notes after a sentence", () => {
    const note = importOne({ notes: "This is a sentence. ".repeat(1000) }).listing?.notes["en"] ?? "";
    expect(note.length).toBeLessThanOrEqual(1000);
    expect(note).toMatch(/sentence\. …$/);
  });

  it("drops characters that nobody sees", () => {
    expect(importOne({ notes: "a\u202Eb\u0000c\u200Bd" }).listing?.notes["en"]).toBe("a b c d");
  });

  it.each([
    ["Use [this form](https://example.com/form).", "Use this form (https://example.com/form)."],
    ["Write to [help@example.com](mailto:help@example.com)", "Write to help@example.com"],
    ["[Free](javascript:alert(1)) things", "Free things"],
    ["Press **Delete** or `Leave`<br>*now* &amp; wait", "Press **Delete** or “Leave” now & wait"],
    ["**Never** ends **here", "Never ends here"],
    ["one\n\n- two", "one - two"],
  ])("makes one plain line of the note “%s”", (note, line) => {
    expect(importOne({ notes: note }).listing?.notes["en"]).toBe(line);
  });

  it("reports records by name, or by number where they have none", () => {
    const { skipped } = importDirectory([{ ...record, difficulty: "?" }, 7, { name: "No link" }]);
    expect(skipped.map(({ name }) => name)).toEqual(["Example", "record 2", "No link"]);
  });

  it("refuses what is no list", () => {
    expect(() => importDirectory({})).toThrow(new TypeError("is no list of services"));
  });

  it("writes a file that can be loaded, whatever the records hold", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const anyRecord = fc.record(
      {
        name: text,
        url: fc.oneof(fc.webUrl(), text),
        difficulty: fc.constantFrom("easy", "limited", "?"),
        domains: fc.array(fc.oneof(fc.domain(), text)),
        notes: text,
        notes_de: fc.oneof(text, fc.integer()),
        email: fc.oneof(fc.emailAddress(), text),
        email_subject: text,
      },
      { requiredKeys: ["name"] },
    );
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 8 }), (records) => {
        const { directory, skipped } = importDirectory(records);
        expect(directorySchema.safeParse(directory).error).toBeUndefined();
        expect(directory.listings.length + skipped.length).toBe(records.length);
      }),
    );
  });
});

describe("loadDirectory", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "wayout-directory-"));
    file = join(folder, "directory.json");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const entries = readEntries(KNOWLEDGE_DIRECTORY).entries.map(({ entry }) => entry);

  it("is not needed", () => {
    expect(loadDirectory(file, entries)).toBeUndefined();
  });

  it("lets full entries win, by name or domain", () => {
    const records = [record, { ...record, name: "TIKTOK" }, { ...record, name: "Clips", domains: ["tiktok.com"] }];
    writeFileSync(file, JSON.stringify(importDirectory(records).directory));
    expect([...(loadDirectory(file, entries)?.listings.values() ?? [])].map(({ name }) => name)).toEqual(["Example"]);
  });

  it("says what to do about a file that the import did not write", () => {
    writeFileSync(file, "{");
    expect(() => loadDirectory(file, entries)).toThrow(/directory\.json:1: is no JSON\. Import it again \(npm run /);
    writeFileSync(file, '{"listings": []}');
    expect(() => loadDirectory(file, entries)).toThrow(/directory\.json:1: source: .*Import it again/);
    expect(() => loadDirectory(file, entries)).toThrow(KnowledgeError);
  });

  it("says that a file cannot be read", () => {
    expect(() => loadDirectory(folder, entries)).toThrow(/:1: cannot be read \(EISDIR\)$/);
  });

  it.each([
    ["a javascript: link", { urls: { en: "javascript:alert(1)" } }],
    ["an endless note", { notes: { en: "x".repeat(10_000) } }],
    ["a note of several lines", { notes: { en: "one\n# two" } }],
    ["bold that does not end", { notes: { en: "**one" } }],
    ["an id too long for a custom_id", { id: `${"x".repeat(40)}.com` }],
    ["an id with a colon", { id: "w1:steps.com" }],
  ])("takes no file that somebody put %s into", (_, change) => {
    const { directory } = importDirectory([record]);
    const listings = directory.listings.map((listing) => ({ ...listing, ...change }));
    writeFileSync(file, JSON.stringify({ ...directory, listings }));
    expect(() => loadDirectory(file, entries)).toThrow(/directory\.json:1: listings\.0\./);
  });
});

describe("chooseLanguage", () => {
  const texts = { en: "English", de: "Deutsch", "pt-BR": "Português" };

  it.each([
    ["de", "Deutsch"],
    ["pt-BR", "Português"],
    ["pt", "Português"],
    ["en-GB", "English"],
    ["ja", "English"],
    [undefined, "English"],
  ])("%s", (locale, text) => expect(chooseLanguage(texts, locale)).toBe(text));

  it("takes what there is where there is no English", () => {
    expect(chooseLanguage({ de: "Deutsch" }, "ja")).toBe("Deutsch");
    expect(chooseLanguage({}, "ja")).toBeUndefined();
  });
});
