import { describe, expect, it } from "vitest";
import { answerMatch } from "../../src/answers/answer-question.ts";
import { answerView } from "../../src/answers/answer-view.ts";
import { toText } from "../../src/replies/text.ts";
import { testContext } from "../answers/context.ts";

const context = testContext();

describe("an answer as plain text", () => {
  it("has title, warnings, numbered steps with their paths, and sources", () => {
    const text = toText(answerView(context, { kind: "steps", service: "tiktok" }));
    expect(text).toMatch(
      /^Delete your TikTok account\nEasy · 6 steps · gone for good after 30 days\n\nBefore you start\n! /,
    );
    expect(text).toContain("\n1. Open your profile and the menu.\n   Profile › ☰ › Settings and privacy\n");
    expect(text).toContain("\nOpen TikTok settings: https://www.tiktok.com/setting\n");
    expect(text).toContain("\nOther ways to do it: On tiktok.com in a browser, ");
    expect(text).toMatch(/\nChecked November 2026\nDeleting an account: https:\/\/support\.tiktok\.com\//);
  });

  it("marks what is not confirmed", () => {
    expect(toText(answerView(context, { kind: "steps", service: "tiktok", method: "web" }))).toContain(
      "These steps are not confirmed by TikTok.",
    );
    expect(toText(answerView(context, { kind: "fact", service: "tiktok", topic: "undo" }))).toContain(
      "(not confirmed by TikTok)",
    );
  });

  it("lists what a question may have meant", () => {
    const text = toText(
      answerMatch(context, {
        kind: "clarify",
        service: "tiktok",
        topic: "delete",
        confidence: 0.4,
        candidates: [
          { service: "tiktok", topic: "delete", confidence: 0.4 },
          { service: "tiktok", topic: "deactivate", confidence: 0.4 },
        ],
      }),
    );
    expect(text).toMatch(/\n- Delete for good\n- Take a break$/);
  });
});
