import { describe, expect, it } from "vitest";
import type { Part } from "../../src/answers/answer.ts";
import { answerView } from "../../src/answers/answer-view.ts";
import type { AnswerContext } from "../../src/answers/context.ts";
import { viewOf } from "../../src/answers/view.ts";
import { type Entry, type EntryFile, entrySchema, TOPICS, type Topic } from "../../src/knowledge/schema.ts";
import { knowledge, testContext } from "./context.ts";
import { fakeMatcher } from "./fake-matcher.ts";

/** An entry with nothing but what is compulsory, and what a test adds. */
function entryWith(changes: Partial<EntryFile> = {}): Entry {
  const file = entrySchema.parse({
    name: "Example",
    domains: ["example.org"],
    category: "other",
    popularity: 1,
    website: "https://example.org",
    difficulty: "easy",
    methods: [{ id: "web", title: "On the web", steps: [{ do: "Press **Delete**." }] }],
    warnings: [{ topic: "delete", severity: "info", text: "Take your time." }],
    confidence: "high",
    checked: "2026-11",
    sources: [{ title: "Help", url: "https://example.org/help", official: true }],
  });
  return { id: "example", ...file, ...changes };
}

function contextOf(entry: Entry): AnswerContext {
  const known = { ...knowledge, entries: new Map([[entry.id, entry]]) };
  return testContext({ knowledge: known, matcher: fakeMatcher(known) });
}

function ask(entry: Entry, topic: Topic) {
  return answerView(contextOf(entry), viewOf(entry.id, topic));
}

/** The text that stands first. */
function firstLine(parts: readonly Part[]): string {
  const item = parts[0]?.items[0];
  if (item === undefined || typeof item === "string") return String(item);
  return "text" in item ? item.text : "";
}

describe("every entry", () => {
  it.each([...knowledge.entries.values()].map((entry) => [entry.id, entry] as const))(
    "%s answers every topic",
    (id, entry) => {
      for (const topic of TOPICS) {
        const answer = answerView(testContext(), viewOf(entry.id, topic));
        expect(answer.service).toBe(id);
        expect(answer.topic).toBe(topic);
        expect(answer.parts.flatMap(({ items }) => [...items]).length).toBeGreaterThan(0);
        if (answer.isUnknown) expect(answer.link?.url).toBeTruthy();
      }
    },
  );

  it.each([...knowledge.entries.values()].map((entry) => [entry.id, entry] as const))(
    "%s speaks of itself and of no other service",
    (id, entry) => {
      const others = [...knowledge.entries.values()].filter((other) => other.id !== id);
      for (const topic of TOPICS) {
        const { serviceName, title, isUnknown, parts } = answerView(testContext(), viewOf(id, topic));
        expect(serviceName).toBe(entry.name);
        expect(title).toContain(entry.name);
        const words = ` ${title.replace(entry.name, "")} `;
        expect(others.filter(({ name }) => words.includes(` ${name} `)).map(({ name }) => name)).toEqual([]);
        if (isUnknown) expect(firstLine(parts)).toContain(entry.name);
      }
    },
  );
});

describe("a topic of which nothing is known", () => {
  it.each([
    "requirements",
    "timing",
    "undo",
    "refunds",
    "export",
    "no-access",
    "on-behalf",
    "deactivate",
    "private",
  ] as const)("%s says so and leads to the help page", (topic) => {
    const answer = ask(entryWith({ helpUrl: "https://example.org/help" }), topic);
    expect(firstLine(answer.parts)).toMatch(/^We don't know .* yet\.$/);
    expect(answer.isUnknown).toBe(true);
    expect(answer.link).toEqual({ label: "Open help page", url: "https://example.org/help" });
  });

  it("leads to the service itself where there is no help page", () => {
    expect(ask(entryWith(), "undo").link).toEqual({ label: "Open Example", url: "https://example.org" });
  });
});

describe("whether one gets an account back", () => {
  const restore = { text: "Log in again.", unconfirmed: false };
  it.each([
    ["30 days", { gracePeriodDays: 30, undo: [restore] }, "**Yes, for 30 days.**"],
    ["1 day", { gracePeriodDays: 1, undo: [restore] }, "**Yes, for 1 day.**"],
    [
      "30 days, doubtful",
      { gracePeriodDays: 30, undo: [{ ...restore, unconfirmed: true }] },
      "**Probably, for 30 days.**",
    ],
    ["no time at all", { gracePeriodDays: 0 }, "**No.** Deletion is final at once."],
    ["nothing promised", { gracePeriodDays: null }, "**Don't count on it.** Example promises no way back."],
    ["unknown, but told", { undo: [restore] }, "Log in again."],
  ] as const)("stands first: %s", (_, changes, line) => {
    expect(
      firstLine(ask(entryWith({ ...changes, undo: "undo" in changes ? [...changes.undo] : [] }), "undo").parts),
    ).toBe(line);
  });
});

describe("when a deletion is final", () => {
  it("stands first where it is known", () => {
    expect(firstLine(ask(entryWith({ gracePeriodDays: 14 }), "timing").parts)).toBe("It is final **after 14 days**.");
    expect(firstLine(ask(entryWith({ gracePeriodDays: 0 }), "timing").parts)).toBe("It is final **at once**.");
  });

  it("stands under the title of the steps", () => {
    expect(ask(entryWith({ gracePeriodDays: 14 }), "delete").facts).toEqual([
      "Easy",
      "1 step",
      "gone for good after 14 days",
    ]);
    expect(ask(entryWith({ gracePeriodDays: 0 }), "delete").facts).toContain("final at once");
    expect(ask(entryWith({ gracePeriodDays: null }), "delete").facts).toEqual(["Easy", "1 step"]);
  });
});

describe("warnings above the steps", () => {
  const warning = (severity: "critical" | "caution" | "info", text: string) => ({
    topic: "consequences" as const,
    severity,
    text,
  });

  it("are all critical ones, however many there are", () => {
    const critical = Array.from({ length: 6 }, (_, at) => warning("critical", `Loss ${at}.`));
    const [part] = ask(entryWith({ warnings: [warning("info", "By the way."), ...critical] }), "delete").parts;
    expect(part).toMatchObject({ kind: "warnings", items: critical, more: { count: 1 } });
  });

  it("are filled up with the next ones to four lines", () => {
    const warnings = [
      warning("info", "i"),
      warning("caution", "c"),
      warning("critical", "!"),
      warning("info", "j"),
      warning("info", "k"),
    ];
    const [part] = ask(entryWith({ warnings }), "delete").parts;
    expect(part?.items.map((item) => (typeof item === "object" && "text" in item ? item.text : ""))).toEqual([
      "!",
      "c",
      "i",
      "j",
    ]);
  });
});

describe("the page that deletes", () => {
  const method = { id: "web", title: "On the web", needs: [], steps: [{ do: "Go." }] };

  it("is the method's own before the service's", () => {
    const entry = entryWith({
      deletionUrl: "https://example.org/a",
      deletionLabel: "Open it",
      methods: [{ ...method, url: "https://example.org/b" }],
    });
    expect(ask(entry, "delete").link).toEqual({ label: "Open the page", url: "https://example.org/b" });
  });

  it("has the entry's label, or a plain one", () => {
    const deletionUrl = "https://example.org/a";
    expect(ask(entryWith({ deletionUrl, deletionLabel: "Open it" }), "delete").link).toEqual({
      label: "Open it",
      url: deletionUrl,
    });
    expect(ask(entryWith({ deletionUrl }), "delete").link).toEqual({ label: "Open deletion page", url: deletionUrl });
  });

  it("is the help page where there is none", () => {
    const helpUrl = "https://example.org/help";
    expect(ask(entryWith({ helpUrl }), "delete").link).toEqual({ label: "Open help page", url: helpUrl });
  });
});

describe("what an answer stands on", () => {
  it("tells when it was checked, and where to report a change", () => {
    const { footing } = ask(entryWith(), "delete");
    expect(footing?.basis).toBe("Checked November 2026");
    expect(footing?.remarks).toEqual([]);
    expect(footing?.reportUrl).toBe(
      "https://example.org/project/issues/new?title=Example%3A%20out%20of%20date%3F&body=" +
        "Entry%3A%20example%2C%20checked%202026-11.%0AWhat%20is%20different%20now%2C%20and%20where%20can%20it%20be%20seen%3F%0A",
    );
  });

  it("writes a mail's subject for a mail address, and nothing without an address", () => {
    const entry = entryWith();
    const context = contextOf(entry);
    const footingWith = (reportUrl: string | undefined) =>
      answerView({ ...context, reportUrl }, viewOf(entry.id, "delete")).footing;
    expect(footingWith("mailto:us@example.org")?.reportUrl).toMatch(
      /^mailto:us@example\.org\?subject=Example%3A%20out/,
    );
    expect(footingWith("https://example.org/new?labels=data")?.reportUrl).toContain("?labels=data&title=");
    expect(footingWith(undefined)?.reportUrl).toBeUndefined();
  });

  it.each([
    ["2025-11", 0],
    ["2025-10", 1],
    ["2026-12", 0],
  ])("checked in %s has %i remarks on its age", (checked, count) => {
    expect(ask(entryWith({ checked }), "delete").footing?.remarks).toHaveLength(count);
  });

  it("says so where the entry is doubtful", () => {
    expect(ask(entryWith({ confidence: "low" }), "delete").footing?.remarks[0]).toContain("We found little");
  });

  it("names the service's own page first, and then one whose text was read", () => {
    const source = (title: string, official: boolean, read?: false) => ({
      title,
      url: "https://example.org",
      official,
      ...(read === false ? { read } : {}),
    });
    const sources = [
      source("Blog", false),
      source("Unread", true, false),
      source("Unread too", true, false),
      source("Read", true),
    ];
    expect(ask(entryWith({ sources }), "delete").footing?.sources.map(({ title }) => title)).toEqual([
      "Unread",
      "Read",
    ]);
  });
});
