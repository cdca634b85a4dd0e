import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/answers/answer.ts";
import { answerView } from "../../src/answers/answer-view.ts";
import { BROWSE_ALL, type BrowseView, cleanSearch } from "../../src/answers/view.ts";
import { toReply } from "../../src/replies/reply.ts";
import { toText } from "../../src/replies/text.ts";
import { expectHarmless, expectValidReply, textOf } from "../replies/discord-limits.ts";
import { knowledge, testContext } from "./context.ts";
import { directory, directoryOf, record } from "./directory.ts";

const context = testContext({ directory });

function browse(change: Partial<BrowseView> = {}, own = context): Answer {
  const answer = answerView(own, { ...BROWSE_ALL, ...change });
  expectValidReply(toReply(answer, "private"));
  return answer;
}

function namesIn(answer: Answer): string[] {
  return answer.parts.flatMap((part) => (part.kind === "services" ? part.items.map(({ name }) => name) : []));
}

/** Turns all pages with the Next button. */
function allNames(first: Answer): string[] {
  const names = namesIn(first);
  const next = first.actions?.find(({ label }) => label === "Next");
  return next && !next.isDisabled ? [...names, ...allNames(answerView(context, next.view))] : names;
}

describe("all services", () => {
  const entries = [...knowledge.entries.values()];

  it("are on its pages, entries by name and then the directory", () => {
    const names = allNames(browse());
    expect(names).toHaveLength(entries.length + directory.listings.size);
    expect(new Set(names.slice(0, entries.length))).toEqual(new Set(entries.map(({ name }) => name)));
    expect(names.slice(entries.length)).toEqual([...directory.listings.values()].map(({ name }) => name));
  });

  it("tell how hard it is to leave each, in words and color", () => {
    const lines = textOf(toReply(browse(), "private")).match(/^(?!-#).+ · .+$/gm) ?? [];
    expect(lines).toHaveLength(15);
    for (const line of lines) {
      expect(line).toMatch(/^(🟢 .+ · Easy|🟡 .+ · Takes some effort|🟠 .+ · Hard|🔴 .+ · No full deletion offered)$/u);
    }
  });

  it("can be opened from a menu", () => {
    const answer = browse();
    const menu = answer.menus?.find(({ name }) => name === "service");
    expect(menu?.options.map(({ label }) => label)).toEqual(namesIn(answer));
    expect(menu?.options[0]?.view).toEqual({ kind: "steps", service: "airbnb" });
  });

  it("begin and end where they do, whatever page is asked for", () => {
    const last = browse({ page: 999 });
    expect(last.facts?.[1]).toMatch(/^page (\d+) of \1$/);
    expect(last.actions?.find(({ label }) => label === "Next")?.isDisabled).toBe(true);
    expect(browse({ page: 0 }).actions?.find(({ label }) => label === "Back")?.isDisabled).toBe(true);
  });

  it("name the source of those that come from elsewhere", () => {
    expect(browse().footing).toBeUndefined();
    expect(browse({ page: 999 }).footing?.basis).toBe("From JustDeleteMe (MIT), not checked by Wayout");
  });

  it("need no directory", () => {
    const answer = browse({}, testContext());
    expect(answer.facts?.[0]).toBe(`${entries.length} services`);
    expect(JSON.stringify(answer.menus)).not.toContain('"listed"');
  });
});

describe("narrowed services", () => {
  it("are of one kind, and say what is not sorted by kind", () => {
    const answer = browse({ category: "dating" });
    const dating = [...knowledge.entries.values()].filter(({ category }) => category === "dating");
    expect(new Set(namesIn(answer))).toEqual(new Set(dating.map(({ name }) => name)));
    expect(toText(answer)).toContain(`${directory.listings.size} more, of which only the way out is known`);
  });

  it("are those of the directory alone", () => {
    expect(namesIn(browse({ category: "listed" }))).toHaveLength(directory.listings.size);
  });

  it("are of one difficulty", () => {
    const answer = browse({ difficulty: "limited" });
    expect(namesIn(answer)).toEqual(["Quiet"]);
    expect(answer.facts).toEqual(["1 service"]);
  });

  it("keep the other choices when one is changed, and begin at the first page", () => {
    const answer = browse({ difficulty: "easy", search: "a", page: 2 });
    const menu = answer.menus?.find(({ name }) => name === "category");
    const social = menu?.options.find(({ label }) => label === "Social media");
    expect(social?.view).toEqual({ ...BROWSE_ALL, difficulty: "easy", search: "a", category: "social" });
  });

  it("can be left again", () => {
    expect(browse({ category: "ai" }).actions).toContainEqual({ label: "Show all", view: BROWSE_ALL });
    expect(browse().actions?.some(({ label }) => label === "Show all")).toBe(false);
  });
});

describe("a search", () => {
  it.each([
    ["tiktok", "TikTok"],
    ["TIK", "TikTok"],
    ["tongues many", "Many Tongues"],
    ["tiktok.com", "TikTok"],
    ["quiet.example", "Quiet"],
  ])("for “%s” finds %s", (text, name) => {
    expect(namesIn(browse({ search: cleanSearch(text) }))).toContain(name);
  });

  it("shows names that begin so first, and entries before the directory", () => {
    const own = testContext({ directory: directoryOf([record("Tik", "tik.example"), record("Antik", "an.example")]) });
    expect(namesIn(browse({ search: "tik" }, own))).toEqual(["TikTok", "Tik", "Antik"]);
  });

  it("does not take the end of an address for a name", () => {
    expect(namesIn(browse({ search: "example" }))).not.toContain("Quiet");
  });

  it("that finds nothing offers the nearest names, at most five", () => {
    const answer = browse({ search: "tikktok" });
    expect(answer.choices?.length).toBeLessThanOrEqual(5);
    expect(answer.choices?.[0]).toEqual({ label: "TikTok", view: { kind: "steps", service: "tiktok" } });
    expect(namesIn(answer)).toEqual([]);
  });

  it("finds services with odd names, and shows them as they are", () => {
    const reply = toReply(browse({ search: "everyone" }), "public");
    expectHarmless(reply);
    expect(textOf(reply)).toContain("\\]");
  });

  it("holds nothing that marks up or parts ids", () => {
    expect(cleanSearch(" **@everyone**: <@1> `a` C&A e.l.f. disney+ ")).toBe("everyone 1 a C&A e.l.f. disney+");
    expect(cleanSearch("é".repeat(100))).toHaveLength(40);
  });
});
