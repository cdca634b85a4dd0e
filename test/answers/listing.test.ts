import { describe, expect, it } from "vitest";
import { answerForService, answerMatch } from "../../src/answers/answer-question.ts";
import { answerView } from "../../src/answers/answer-view.ts";
import { viewOf } from "../../src/answers/view.ts";
import { TOPICS } from "../../src/knowledge/schema.ts";
import { toReply } from "../../src/replies/reply.ts";
import { serviceOfMessage } from "../../src/replies/service-of-message.ts";
import { toText } from "../../src/replies/text.ts";
import { createDispatch } from "../../src/transports/dispatch.ts";
import { expectHarmless, expectValidReply, textOf } from "../replies/discord-limits.ts";
import { press, slashCommand } from "../transports/interactions.ts";
import { testContext } from "./context.ts";
import { directory } from "./directory.ts";

const plain = testContext({ directory });
const context = {
  ...plain,
  matcher: { ...plain.matcher, resolveService: (text: string) => (directory.listings.has(text) ? text : undefined) },
};
const dispatch = createDispatch(context, (error) => {
  throw error;
});

function cardOf(id: string, topic: (typeof TOPICS)[number] = "delete") {
  return toReply(answerView(context, viewOf(id, topic)), "public");
}

describe("a service of the directory", () => {
  it.each([...directory.listings.keys()])("%s has valid cards for every topic, which keep their service", (id) => {
    for (const topic of TOPICS) {
      const reply = cardOf(id, topic);
      expectValidReply(reply);
      expectHarmless(reply);
      expect(serviceOfMessage(reply)).toBe(id);
    }
  });

  it("tells the way out, where that comes from and under which license", () => {
    const text = toText(answerForService(context, "quiet.example", (service) => ({ kind: "steps", service })));
    expect(text).toContain("Delete your Quiet account\n🟣 Only by privacy law, on proof");
    expect(text).toContain("only for people whose privacy law gives them that right");
    expect(text).toContain("Open deletion page: https://quiet.example/delete");
    expect(text).toContain(
      "From JustDeleteMe (MIT), not checked by Wayout\njustdeleteme.xyz: https://justdeleteme.xyz",
    );
  });

  it("warns first that what deleting costs is not known", () => {
    expect(textOf(cardOf("many-tongues.example"))).toMatch(
      /ⓘ \*\*Save what you want to keep first\.\*\* .*\nPress delete\./,
    );
  });

  it("offers no report to this project: the source is another's", () => {
    expect(textOf(cardOf("quiet.example"))).not.toContain("out of date");
    expect(textOf(cardOf("quiet.example"))).toContain("[justdeleteme.xyz](https://justdeleteme.xyz)");
  });

  it("has an email ready to be copied, piece by piece", () => {
    const text = textOf(cardOf("by-mail.example"));
    expect(text).toContain("```\nprivacy@by-mail.example\n```");
    expect(text).toContain("```\nDelete my account\n```");
    expect(text).toContain("```\nPlease delete my account.\n\nMy username is XXXXXX.\n```");
    expect(text).toContain("Never add a password or a code.");
  });

  it.each(TOPICS.filter((topic) => topic !== "delete"))("says that nothing is known of %s", (topic) => {
    const answer = answerView(context, viewOf("many-tongues.example", topic));
    expect(answer).toMatchObject({ service: "many-tongues.example", topic, isUnknown: true });
    expect(answer.title).toBe("We only know the way out of Many Tongues");
    expect(answer.link?.url).toBe("https://many-tongues.example");
    expect(toText(answer)).toMatch(/\n\nWe don't know .*Many Tongues.*\.\n/);
    expect(toText(answer)).toContain("What we know\n- Press delete.");
    expect(answer.actions?.[0]?.view).toEqual({ kind: "steps", service: "many-tongues.example" });
  });

  it("can be among what a question may have meant", () => {
    const answer = answerMatch(context, {
      kind: "clarify",
      service: null,
      topic: "delete",
      confidence: 0.4,
      candidates: [
        { service: "quiet.example", topic: "delete", confidence: 0.4 },
        { service: "tiktok", topic: "delete", confidence: 0.4 },
      ],
    });
    expect(answer.choices?.map(({ label }) => label)).toEqual(["Quiet", "TikTok"]);
  });
});

describe("the language of a note", () => {
  it("is the person's in private, and the server's in public", () => {
    // The interactions come from a German in an English server.
    const service = "many-tongues.example";
    expect(JSON.stringify(dispatch(slashCommand("delete-steps", { service })))).toContain("Auf Löschen drücken.");
    expect(JSON.stringify(dispatch(slashCommand("delete-steps", { service })))).toContain("/loeschen");
    const shared = JSON.stringify(dispatch(slashCommand("delete-steps", { service, share: true })));
    expect(shared).toContain("Press delete.");
    expect(shared).not.toContain("Löschen");
  });

  it("is the person's where a press answers in private", () => {
    expect(JSON.stringify(dispatch(press("w1:steps:many-tongues.example")))).toContain("Auf Löschen drücken.");
  });
});
