import { describe, expect, it } from "vitest";
import { ageInMonths } from "../../src/knowledge/age.ts";
import { checkEntries } from "../../src/knowledge/checks.ts";
import { KNOWLEDGE_DIRECTORY } from "../../src/knowledge/load.ts";
import { type EntryOnDisk, readEntries } from "../../src/knowledge/read-entries.ts";
import type { Entry, Topic, Warning } from "../../src/knowledge/schema.ts";

const today = new Date("2026-11-22");
const tiktok = readEntries(KNOWLEDGE_DIRECTORY).entries.find(({ entry }) => entry.id === "tiktok") as EntryOnDisk;

function find(change: Partial<Entry>, others: readonly EntryOnDisk[] = []): string[] {
  const changed: EntryOnDisk = { ...tiktok, entry: { ...tiktok.entry, ...change } };
  return checkEntries([changed, ...others], today)
    .filter(({ file }) => file === tiktok.file)
    .map(({ rule, path }) => `${rule} ${path}`);
}

const [method] = tiktok.entry.methods;
const [warning] = tiktok.entry.warnings;
if (!method || !warning) throw new Error("the entry on TikTok has lost its methods or warnings");

describe("checkEntries", () => {
  it("finds nothing wrong with a good entry", () => {
    expect(find({})).toEqual([]);
  });

  it("finds two services that claim one name, whatever its case", () => {
    const other = {
      ...tiktok,
      file: "other.yaml",
      entry: { ...tiktok.entry, id: "other", name: "Other", aliases: ["TIKTOK"], domains: ["other.com"] },
    };
    expect(find({}, [other])).toEqual(["doubled-name name"]);
  });

  it("finds a domain that two services claim", () => {
    const other = {
      ...tiktok,
      file: "other.yaml",
      entry: { ...tiktok.entry, id: "other", name: "Other", aliases: [] },
    };
    expect(find({}, [other])).toEqual(["doubled-domain domains[0]"]);
  });

  it("finds a name that stands twice in one entry", () => {
    expect(find({ aliases: ["tok", "Tok"], everydayWords: [] })).toEqual(["doubled-name aliases[1]"]);
  });

  it("finds an everyday word that is no name", () => {
    expect(find({ everydayWords: ["line"] })).toEqual(["unknown-everyday-word everydayWords[0]"]);
  });

  it.each(["The settings page.", "Your profile, then the menu.", "If you are asked, the code."])(
    "finds a step without a verb: %s",
    (text) => {
      expect(find({ methods: [{ ...method, steps: [{ do: text }] }] })).toEqual([
        "step-without-verb methods[0].steps[0].do",
      ]);
    },
  );

  it.each(["**Tap** it.", "If you are asked, confirm.", "Then choose “Delete”.", "Sign in."])(
    "takes a step that begins with a verb: %s",
    (text) => {
      expect(find({ methods: [{ ...method, steps: [{ do: text }] }] })).toEqual([]);
    },
  );

  it.each(["https://bit.ly/x", "https://www.amazon.com/x?tag=someone-20", "https://example.com/?utm_source=x"])(
    "finds a link that forwards, follows or pays: %s",
    (url) => {
      expect(find({ deletionUrl: url })).toEqual(["hidden-link deletionUrl"]);
    },
  );

  it("finds links and half-open bold in texts", () => {
    expect(find({ before: [{ text: "Open https://example.com now.", unconfirmed: false }] })).toEqual([
      "link-in-text before[0].text",
    ]);
    expect(find({ before: [{ text: "Open **this now.", unconfirmed: false }] })).toEqual(["odd-bold before[0].text"]);
  });

  it("finds a critical warning that does not say what matters", () => {
    expect(find({ warnings: [{ ...warning, severity: "critical", text: "It is gone." }] })).toEqual([
      "quiet-critical-warning warnings[0].text",
    ]);
  });

  describe("what one card says twice", () => {
    const say = (...texts: string[]) => texts.map((text) => ({ text, unconfirmed: false }));
    const warn = (topic: Topic, text: string): Warning => ({ topic, severity: "caution", text });
    const bare = {
      methods: [{ ...method, needs: [] }],
      timing: [],
      undo: [],
      refunds: [],
      leftovers: [],
      before: [],
      warnings: [],
    };
    const twice = (change: Partial<Entry>) => find({ ...bare, ...change });

    it.each<[string, Partial<Entry>]>([
      [
        "refunds[0]",
        {
          refunds: say("Gems and passes are not paid back. Spend them first."),
          warnings: [warn("refunds", "**Spend gems and passes first.** They are never paid back, whatever is left.")],
        },
      ],
      [
        "undo[1]",
        {
          undo: say("Write to support.", "After 20 days, nobody can restore the account."),
          warnings: [warn("undo", "**After 20 days nobody can restore it.**")],
        },
      ],
      [
        "timing[0]",
        {
          timing: say("Your page and your posts are hidden at once.", "Wait for the email."),
          warnings: [warn("timing", "Page and posts are **hidden at once**, your name later.")],
        },
      ],
      [
        "leftovers[0]",
        {
          leftovers: say("Letters you sent, in other people’s folders."),
          warnings: [warn("consequences", "Letters you sent **stay in other people's folders**.")],
        },
      ],
      [
        "before[0]",
        {
          before: say("Spend your gems and passes."),
          warnings: [warn("undo", "**Deleting is final.**"), warn("refunds", "**Spend gems and passes first.**")],
        },
      ],
      [
        "methods[0].needs[0]",
        {
          methods: [{ ...method, needs: say("No parcel or dispute is open.") }],
          warnings: [warn("requirements", "**Refused while a parcel or a dispute is open.**")],
        },
      ],
      [
        "warnings[0]",
        {
          warnings: [
            warn("refunds", "Cancel the Gold plan first."),
            warn("refunds", "The Gold plan has to be canceled first, in the store."),
          ],
        },
      ],
    ])("finds it at %s", (path, change) => {
      expect(twice(change)).toEqual([`said-twice ${path}`]);
    });

    it("takes claims that add to each other, whatever words they share", () => {
      const change = {
        undo: say("**Yes, for 20 days.** Log in and choose to keep the account."),
        refunds: say("Gems bought at Apple are paid back by Apple, if at all."),
        warnings: [
          warn("undo", "**After 20 days nobody can restore it.**"),
          warn("refunds", "**Spend gems and passes first.** They are not paid back."),
        ],
      };
      expect(twice(change)).toEqual([]);
    });

    it("takes claims that differ in one word of five, and not those that differ in one of six", () => {
      const lost = [warn("refunds", "Gems, passes, skins, coins and hats are not paid back.")];
      expect(twice({ refunds: say("Gems, passes, skins and coins expire."), warnings: lost })).toEqual([]);
      expect(twice({ refunds: say("Gems, passes, skins, coins and hats expire."), warnings: lost })).toEqual([
        "said-twice refunds[0]",
      ]);
    });

    it("takes what stands on two cards", () => {
      const text = "Gems and passes are lost for good.";
      expect(twice({ refunds: say(text), warnings: [warn("consequences", text)] })).toEqual([]);
    });

    it("takes the same need of two methods", () => {
      const needs = say("Your login as the owner of the account.");
      expect(
        twice({
          methods: [
            { ...method, needs },
            { ...method, id: "other", needs },
          ],
        }),
      ).toEqual([]);
    });

    it("takes claims too short to compare", () => {
      expect(twice({ undo: say("Not the closed one."), warnings: [warn("undo", "Closed for good.")] })).toEqual([]);
    });
  });

  it("wants an official source or a reason, and not both", () => {
    const unofficial = tiktok.entry.sources.filter(({ official }) => !official);
    expect(find({ sources: unofficial })).toEqual(["no-official-source sources"]);
    expect(find({ sources: unofficial, noOfficialSource: "It has no help pages." })).toEqual([]);
    expect(find({ noOfficialSource: "It has no help pages." })).toEqual(["no-official-source noOfficialSource"]);
  });

  it.each([
    ["2025-11", []],
    ["2025-10", ["out-of-date checked"]],
    ["2027-01", ["out-of-date checked"]],
  ])("judges an entry checked in %s", (checked, expected) => {
    expect(find({ checked })).toEqual(expected);
  });
});

describe("ageInMonths", () => {
  it("counts whole months across years", () => {
    expect(ageInMonths("2026-11", today)).toBe(0);
    expect(ageInMonths("2025-12", today)).toBe(11);
    expect(ageInMonths("2024-11", today)).toBe(24);
  });
});
