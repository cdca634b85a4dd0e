import { ApplicationCommandType } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import type { Command } from "../../commands/command.ts";
import { commandBodies, commands } from "../../commands/index.ts";
import type { Match } from "../../src/matching/match.ts";
import { testContext } from "../answers/context.ts";
import { expectValidReply, labelsOf, textOf } from "../replies/discord-limits.ts";

const context = testContext();

function find(name: string): Command {
  const command = commands.find(({ data }) => data.name === name);
  if (!command) throw new Error(`There is no command ${name}.`);
  return command;
}

function run(name: string, options: Readonly<Record<string, string>>, match?: Match) {
  const own = match ? { ...context, matcher: { ...context.matcher, match: () => match } } : context;
  const request = { options: new Map(Object.entries(options)), visibility: "private", targetText: "" } as const;
  const reply = find(name).execute(request, own);
  expectValidReply(reply);
  return reply;
}

describe("declarations", () => {
  it("have names of their own", () => {
    expect(new Set(commands.map(({ data }) => data.name)).size).toBe(commands.length);
    expect(commandBodies.map(({ name }) => name)).toEqual([
      "delete-steps",
      "privacy-options",
      "before-you-delete",
      "services",
      "ask",
      "Answer this question",
    ]);
  });

  it.each(commands.map(({ data }) => [data.name, data] as const))("%s can be used everywhere", (_, data) => {
    expect(data.integration_types).toEqual([0, 1]);
    expect(data.contexts).toEqual([0, 1, 2]);
  });

  it.each(commands.map(({ data, complete }) => [data.name, data, complete] as const))(
    "%s is private unless shared, and completes what it says",
    (_, data, complete) => {
      if (data.type === ApplicationCommandType.Message) return expect("options" in data).toBe(false);
      const options = "options" in data ? (data.options ?? []) : [];
      const share = options.find(({ name }) => name === "share");
      expect(share?.required ?? false).toBe(false);
      const completes = options.some((option) => "autocomplete" in option && option.autocomplete);
      expect(complete !== undefined).toBe(completes);
    },
  );
});

describe("the service option", () => {
  it.each(["tiktok", "TikTok", " tiktok ", "tik tok", "tiktok.com"])("takes “%s”", (service) => {
    expect(textOf(run("delete-steps", { service }))).toContain("Delete your TikTok account");
  });

  it("takes a sentence that names a service", () => {
    const match: Match = { kind: "none", service: "tiktok", topic: null, confidence: 0, candidates: [] };
    expect(textOf(run("before-you-delete", { service: "please tell me about tiktok" }, match))).toContain("TikTok");
  });

  it("asks back where it holds nothing that is known, with the nearest names", () => {
    const reply = run("delete-steps", { service: "tikkkkk" });
    expect(textOf(reply)).toContain("Did you mean one of these?");
    expect(labelsOf(reply)).toContain("TikTok");
  });

  it("is never repeated", () => {
    const typed = "**@everyone** <@123> [x](https://example.org)";
    expect(JSON.stringify(run("delete-steps", { service: typed }))).not.toContain("everyone");
  });

  it("asks which account is meant where it is missing", () => {
    expect(textOf(run("privacy-options", {}))).toContain("Which account is it about?");
  });
});

describe("/delete-steps", () => {
  it.each(["web", "On tiktok.com in a browser", "BROWSER"])("shows the method “%s”", (method) => {
    expect(textOf(run("delete-steps", { service: "tiktok", method }))).toContain("Open the settings from your profile");
  });

  it("shows the first method where the one asked for does not exist", () => {
    expect(textOf(run("delete-steps", { service: "tiktok", method: "fax" }))).toContain(
      "Open your profile and the menu.",
    );
  });
});

describe("/privacy-options", () => {
  it.each([
    ["private", "Who sees your posts on TikTok"],
    ["deactivate", "Take a break from your TikTok account"],
    ["no-such-topic", "Privacy options for TikTok"],
  ])("with the topic %s shows “%s”", (topic, title) => {
    expect(textOf(run("privacy-options", { service: "tiktok", topic }))).toContain(title);
  });
});

describe("/services", () => {
  it("shows all services, and opens one from its menu", () => {
    const reply = run("services", {});
    expect(textOf(reply)).toContain("All services");
    expect(JSON.stringify(reply)).toContain('"value":"w1:steps:airbnb"');
  });

  it("searches by name, and narrows by kind and difficulty", () => {
    expect(textOf(run("services", { search: "TIK" }))).toContain("🟢 TikTok · Easy");
    const dating = textOf(run("services", { kind: "dating" }));
    expect(dating).toContain("Tinder");
    expect(dating).not.toContain("TikTok");
    expect(textOf(run("services", { difficulty: "hard" }))).not.toContain("🟢");
  });

  it("takes whatever arrives in its options", () => {
    expect(textOf(run("services", { kind: "no-such-kind", difficulty: "!", search: ":::" }))).toContain("All services");
    expect(textOf(run("services", { search: "x".repeat(5000) }))).toContain("Nothing fits.");
  });

  it("never repeats what was searched for as it was", () => {
    const search = "**@everyone** <@123> [x](https://example.org)";
    const reply = JSON.stringify(run("services", { search }));
    expect(reply).not.toMatch(/@everyone|<@|\]\(/);
  });
});

describe("/ask", () => {
  it("answers what the matcher makes of the question", () => {
    const match: Match = { kind: "answer", service: "tiktok", topic: "timing", confidence: 1, candidates: [] };
    expect(textOf(run("ask", { question: "how long" }, match))).toContain("It is final **after 30 days**.");
  });

  it("says what it can do where the question is about something else", () => {
    expect(textOf(run("ask", { question: "what's the weather" }))).toContain("I can help you leave an account");
  });
});
