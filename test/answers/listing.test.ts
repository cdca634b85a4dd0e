import { describe, expect, it } from "vitest";
import { answerForService, answerMatch } from "../../src/answers/answer-question.ts";
import { answerView } from "../../src/answers/answer-view.ts";
import { viewOf } from "../../src/answers/view.ts";
import { TOPICS } from "../../src/knowledge/schema.ts";
import { toReply } from "../../src/replies/reply.ts";
import { serviceOfMessage } from "../../src/replies/service-of-message.ts";
import { toText } from "../../src/replies/text.ts";
import { createDispatch } from "../../src/transports/dispatch.ts";
import { expectValidReply, textOf } from "../replies/discord-limits.ts";
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

describe("a service of the directory", () => {
  it.each([...directory.listings.keys()])("%s has valid cards for every topic, which keep their service", (id) => {
    for (const topic of TOPICS) {
      const reply = toReply(answerView(context, viewOf(id, topic)), "public");
      expectValidReply(reply);
      expect(serviceOfMessage(reply)).toBe(id);
    }
  });

  it("tells the way out, where that comes from and under which license", () => {
    const text = toText(answerForService(context, "quiet.example", (service) => ({ kind: "steps", service })));
    expect(text).toContain("Delete your Quiet account\nOnly where the law gives you the right");
    expect(text).toContain("Open deletion page: https://quiet.example/delete");
    expect(text).toContain(
      "From JustDeleteMe (MIT license), not checked by us\nJustDeleteMe: https://justdeleteme.xyz",
    );
  });

  it("says that nothing else is known of it", () => {
    const answer = answerView(context, viewOf("quiet.example", "undo"));
    expect(answer).toMatchObject({ service: "quiet.example", topic: "undo", isUnknown: true });
    expect(toText(answer)).toContain("Of Quiet we only know the way out.");
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

  it("cannot break its card, ping anybody or hide a link", () => {
    const reply = toReply(answerView(context, viewOf("hostile.example", "delete")), "public");
    const text = textOf(reply);
    expect(reply.allowed_mentions).toEqual({ parse: [] });
    expect(text).not.toMatch(/(?<!\\)<@/);
    expect(text).not.toMatch(/(?<!\\)\]\((?!https:\/\/justdeleteme)/);
    expect(text).not.toMatch(/^# /m);
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
