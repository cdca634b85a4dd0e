/** Nothing that people write comes back in what the bot says, so no mention, link or mark of theirs can. */
import {
  type APIInteractionResponse,
  type APIUser,
  type GatewayMessageCreateDispatchData,
  InteractionResponseType,
  MessageType,
} from "discord-api-types/v10";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { createMatcher } from "../../src/matching/matcher.ts";
import { createResponder } from "../../src/transports/responder.ts";
import { completion, messageCommand, slashCommand } from "../transports/interactions.ts";

const knowledge = loadKnowledge();
const responder = createResponder(
  { knowledge, matcher: createMatcher(knowledge), now: () => new Date("2026-11-20") },
  (error) => {
    throw error;
  },
);
const BOT_ID = "1000";

const HOSTILE = [
  "@everyone",
  "@here",
  "<@80351110224678912>",
  "<@&165511591545143296>",
  "[official site](https://evil.example/login)",
  "https://evil.example",
  "# Zqxheading",
  "> zqxquote",
  "```zqxcode",
  "||zqxspoiler||",
  "**zqxbold",
  "\u202ezqxreversed",
  "</zqxcommand:816437322781949972>",
  "<t:1618953630:R>",
  "<:zqxemoji:41771983429993937>",
];
const question = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.constantFrom("how do i", "delete", "my", "account", "tiktok", "instagram", "private", "refund", "\n"),
      fc.constantFrom(...[...knowledge.entries.values()].map(({ name }) => name)),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((words) => words.join(" "));

/** What hostile words would leave in a reply; none of it is in any entry. */
const TRACES = [
  "zqx",
  "Zqx",
  "evil.example",
  "@everyone",
  "@here",
  "<@",
  "80351110224678912",
  "165511591545143296",
  "1618953630",
  "\u202e",
];

function expectNoTrace(reply: unknown): void {
  // The ids of components and of a menu's options are shown to nobody; those of a search keep its words.
  const text = JSON.stringify(reply, (key, value: unknown) =>
    ["custom_id", "value"].includes(key) ? undefined : value,
  );
  for (const trace of TRACES) expect(text).not.toContain(trace);
}

function expectSafeResponse(response: APIInteractionResponse): void {
  expectNoTrace(response);
  if (response.type !== InteractionResponseType.ChannelMessageWithSource) return;
  expect(response.data.allowed_mentions).toEqual({ parse: [] });
}

describe("a question", () => {
  it("leaves nothing of itself in the answer to a command", () => {
    fc.assert(
      fc.property(question, fc.boolean(), (text, share) => {
        expectSafeResponse(responder.respondToInteraction(slashCommand("ask", { question: text, share })));
        expectSafeResponse(
          responder.respondToInteraction(slashCommand("delete-steps", { service: text, method: text })),
        );
        expectSafeResponse(responder.respondToInteraction(slashCommand("services", { search: text, share })));
        expectSafeResponse(responder.respondToInteraction(messageCommand("Answer this question", text)));
      }),
      { numRuns: 60 },
    );
  });

  it("leaves nothing of itself in the answer to a message, which pings nobody", () => {
    const bot: APIUser = {
      id: BOT_ID,
      username: "Wayout",
      discriminator: "0",
      global_name: null,
      avatar: null,
      bot: true,
    };
    fc.assert(
      fc.property(question, (text) => {
        const message = {
          id: "1",
          channel_id: "2",
          type: MessageType.Default,
          author: { id: "3", username: "zqxname" },
          content: `<@${BOT_ID}> ${text}`,
          mentions: [bot],
        } as unknown as GatewayMessageCreateDispatchData;
        const reply = responder.respondToMessage(message, BOT_ID);
        expectNoTrace(reply);
        expect(reply?.allowed_mentions).toEqual({ parse: [] });
      }),
      { numRuns: 60 },
    );
  });

  it("completes to services alone", () => {
    for (const text of HOSTILE) {
      expectNoTrace(responder.respondToInteraction(completion("delete-steps", { service: text })));
    }
  });
});
