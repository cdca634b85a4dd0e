import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BROWSE_ALL, cleanSearch, FACT_TOPICS, OPTION_TOPICS, type View } from "../../src/answers/view.ts";
import { LISTING_DIFFICULTIES } from "../../src/knowledge/directory.ts";
import { CATEGORIES, TOPICS } from "../../src/knowledge/schema.ts";
import { decodeView, encodeMenu, encodeView, serviceOfCustomId, viewOfCustomIds } from "../../src/replies/custom-id.ts";
import { MAX_CUSTOM_ID } from "../../src/replies/limits.ts";

const slug = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,5}){0,4}$/);
const id = fc.oneof(slug, fc.stringMatching(/^[a-z0-9]{1,10}(-[a-z0-9]{1,5})?\.[a-z]{2,8}$/));
const step = fc.integer({ min: 0, max: 13 });
const anyView: fc.Arbitrary<View> = fc.oneof(
  fc.record({ kind: fc.constant("steps" as const), service: id }),
  fc.record({ kind: fc.constant("steps" as const), service: id, method: slug }),
  fc.record({ kind: fc.constantFrom("walk" as const, "stuck" as const), service: id, method: slug, step }),
  fc.record({ kind: fc.constantFrom("before" as const, "topics" as const, "help" as const), service: id }),
  fc.record({ kind: fc.constant("options" as const), service: id, topic: fc.constantFrom(...OPTION_TOPICS) }),
  fc.record({ kind: fc.constant("fact" as const), service: id, topic: fc.constantFrom(...FACT_TOPICS) }),
  fc.record({ kind: fc.constant("services" as const), topic: fc.constantFrom(null, ...TOPICS) }),
  fc.constant({ kind: "help" as const }),
  fc.record({
    kind: fc.constant("browse" as const),
    page: fc.integer({ min: 0, max: 999 }),
    category: fc.constantFrom(null, "listed" as const, ...CATEGORIES),
    difficulty: fc.constantFrom(null, ...LISTING_DIFFICULTIES),
    search: fc.string({ unit: "grapheme", maxLength: 60 }).map(cleanSearch),
  }),
);

describe("a view's custom_id", () => {
  it("gives the view back", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(decodeView(encodeView(view))).toEqual(view);
      }),
    );
  });

  it("fits Discord with the longest ids there are", () => {
    const longest = "x".repeat(32);
    const view: View = { kind: "stuck", service: longest, method: longest, step: 12 };
    expect(encodeView(view).length).toBeLessThanOrEqual(MAX_CUSTOM_ID);
    expect(encodeMenu(longest, "service").length).toBeLessThanOrEqual(MAX_CUSTOM_ID);
    const search = cleanSearch("x".repeat(200));
    const browse: View = { ...BROWSE_ALL, page: 999, category: "productivity", difficulty: "impossible", search };
    expect(encodeView(browse).length).toBeLessThanOrEqual(MAX_CUSTOM_ID);
  });

  it("is short and readable", () => {
    expect(encodeView({ kind: "walk", service: "tiktok", method: "app", step: 3 })).toBe("w1:walk:tiktok:app:3");
  });
});

describe("an id from outside", () => {
  it("is a view of this version or none, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^w1(:[a-z0-9.-]{0,8}){0,6}$/)), (text) => {
        const view = decodeView(text);
        if (view) expect(encodeView(view)).toBe(text);
      }),
    );
  });

  const isService = (service: string) => service === "tiktok";

  it.each([
    ["an earlier version", ["w0:card:tiktok:steps"]],
    ["an unknown view", ["w1:dance:tiktok"]],
    ["a field too many", ["w1:before:tiktok:app"]],
    ["a menu without a choice", ["w1:menu:tiktok:method"]],
    ["a menu with a forged choice", ["w1:steps:../../etc", "w1:menu:tiktok:method"]],
  ])("of %s gets the steps of the service that it names", (_, ids) => {
    expect(viewOfCustomIds(ids, isService)).toEqual({ kind: "steps", service: "tiktok" });
  });

  it.each([
    ["nothing", []],
    ["another bot's id", ["confirm_button"]],
    ["a service that is gone", ["w1:steps:vine"]],
    ["a page that is no number", ["w1:browse:-:x:-:-:"]],
    ["a page with a forged search", ["w1:browse:-:1:-:-:<@123>"]],
    ["a property of every object", ["w1:steps:constructor", "w1:__proto__:x"]],
  ])("of %s gets help", (_, ids) => {
    expect(viewOfCustomIds(ids, isService)).toEqual({ kind: "help" });
  });

  it("names its service, if it is this bot's", () => {
    expect(serviceOfCustomId("w1:fact:tiktok:undo")).toBe("tiktok");
    expect(serviceOfCustomId("w1:steps:example.com")).toBe("example.com");
    expect(serviceOfCustomId("w1:services:-:delete")).toBeUndefined();
    expect(serviceOfCustomId("w1:browse:-:2:social:-:tiktok")).toBeUndefined();
    expect(serviceOfCustomId("x1:fact:tiktok:undo")).toBeUndefined();
  });
});
