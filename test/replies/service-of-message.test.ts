import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerMatch } from "../../src/answers/answer-question.ts";
import { answerView } from "../../src/answers/answer-view.ts";
import { toReply } from "../../src/replies/reply.ts";
import { serviceOfMessage } from "../../src/replies/service-of-message.ts";
import { knowledge, testContext } from "../answers/context.ts";
import { generalViews, viewsOf } from "../answers/views.ts";

const context = testContext();

describe("a message of the bot", () => {
  it("tells its service, whichever card it shows", () => {
    for (const entry of knowledge.entries.values()) {
      for (const view of viewsOf(entry)) {
        expect(serviceOfMessage(toReply(answerView(context, view), "public"))).toBe(entry.id);
      }
    }
  });

  it("tells none where it is about none, or about several", () => {
    for (const view of generalViews)
      expect(serviceOfMessage(toReply(answerView(context, view), "public"))).toBeUndefined();
    const between = answerMatch(context, {
      kind: "clarify",
      service: null,
      topic: "delete",
      confidence: 0.4,
      candidates: [
        { service: "tiktok", topic: "delete", confidence: 0.4 },
        { service: "instagram", topic: "delete", confidence: 0.4 },
      ],
    });
    expect(serviceOfMessage(toReply(between, "public"))).toBeUndefined();
  });

  it("may hold anything at all", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (components) => {
        const service = serviceOfMessage({ components });
        expect(service === undefined || typeof service === "string").toBe(true);
      }),
    );
  });
});
