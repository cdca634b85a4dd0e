import {
  type APIInteraction,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from "discord-api-types/v10";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Match } from "../../src/matching/match.ts";
import type { Reply } from "../../src/replies/reply.ts";
import { createDispatch } from "../../src/transports/dispatch.ts";
import { testContext } from "../answers/context.ts";
import { expectValidReply, textOf } from "../replies/discord-limits.ts";
import { choose, completion, interaction, messageCommand, press, slashCommand } from "./interactions.ts";

const raise = (error: unknown): never => {
  throw error;
};
const dispatch = createDispatch(testContext(), raise);

function dispatchWith(match: Match) {
  const context = testContext();
  return createDispatch({ ...context, matcher: { ...context.matcher, match: () => match } }, raise);
}

const undo: Match = { kind: "answer", service: "tiktok", topic: "undo", confidence: 1, candidates: [] };

/** The message in a response, checked against Discord's limits. */
function replyIn(response: ReturnType<typeof dispatch>): Reply {
  if (!("data" in response) || !response.data || !("components" in response.data)) {
    throw new Error(`The response has type ${response.type} and no message.`);
  }
  const reply = response.data as Reply;
  expectValidReply(reply);
  return reply;
}

function isPrivate({ flags }: Reply): boolean {
  return (flags & MessageFlags.Ephemeral) !== 0;
}

describe("a ping", () => {
  it("is answered with a pong", () => {
    expect(dispatch(interaction({ type: InteractionType.Ping }))).toEqual({ type: InteractionResponseType.Pong });
  });
});

describe("a command", () => {
  it("answers in private", () => {
    const response = dispatch(slashCommand("delete-steps", { service: "tiktok" }));
    expect(response.type).toBe(InteractionResponseType.ChannelMessageWithSource);
    expect(isPrivate(replyIn(response))).toBe(true);
    expect(textOf(replyIn(response))).toContain("## Delete your TikTok account");
  });

  it("answers everyone where that was chosen", () => {
    const reply = replyIn(dispatch(slashCommand("delete-steps", { service: "tiktok", share: true })));
    expect(isPrivate(reply)).toBe(false);
  });

  it("used on a message answers the question in it, in private", () => {
    const reply = replyIn(dispatchWith(undo)(messageCommand("Answer this question", "can i get my tiktok back")));
    expect(isPrivate(reply)).toBe(true);
    expect(textOf(reply)).toContain("Yes, for 30 days.");
  });

  it("that is unknown gets help in private", () => {
    const reply = replyIn(dispatch(slashCommand("no-such-command", { share: true })));
    expect(isPrivate(reply)).toBe(true);
    expect(textOf(reply)).toContain("How to ask");
  });
});

describe("completion", () => {
  it("offers services by name", () => {
    const response = dispatch(completion("delete-steps", { service: "tikt" }));
    expect(response).toMatchObject({ type: InteractionResponseType.ApplicationCommandAutocompleteResult });
    expect(response).toHaveProperty("data.choices", expect.arrayContaining([{ name: "TikTok", value: "tiktok" }]));
  });

  it("offers the methods of the chosen service", () => {
    const response = dispatch(completion("delete-steps", { service: "TikTok", method: "brow" }));
    expect(response).toHaveProperty("data.choices", [{ name: "On tiktok.com in a browser", value: "web" }]);
  });

  it.each([
    ["an unknown command", completion("no-such-command", { service: "t" })],
    ["a command that completes nothing", completion("ask", { question: "t" })],
    ["the method of no service", completion("delete-steps", { method: "a" })],
    ["nothing in particular", completion("delete-steps", {})],
  ])("of %s offers nothing", (_, asked) => {
    expect(dispatch(asked)).toHaveProperty("data.choices", []);
  });
});

describe("a press", () => {
  it("on a private message changes it", () => {
    const response = dispatch(press("w1:before:tiktok"));
    expect(response.type).toBe(InteractionResponseType.UpdateMessage);
    expect(textOf(replyIn(response))).toContain("Before you delete your TikTok account");
    expect(replyIn(response).flags).toBe(MessageFlags.IsComponentsV2);
  });

  it("in a direct message with the bot changes the message", () => {
    const direct = {
      context: InteractionContextType.BotDM,
      message: { id: "8008", flags: MessageFlags.IsComponentsV2 },
    };
    expect(dispatch(press("w1:before:tiktok", direct)).type).toBe(InteractionResponseType.UpdateMessage);
  });

  it.each([
    ["a server", InteractionContextType.Guild],
    ["a private chat of others", InteractionContextType.PrivateChannel],
    ["an unknown place", undefined],
  ])("on a message that others see in %s answers in private and changes nothing", (_, context) => {
    const response = dispatch(press("w1:before:tiktok", { context, message: { id: "8008", flags: 0 } }));
    expect(response.type).toBe(InteractionResponseType.ChannelMessageWithSource);
    expect(isPrivate(replyIn(response))).toBe(true);
  });

  it("walks through the steps, one after the other, to the end", () => {
    const titles = [1, 2, 3, 4, 5, 6, 7].map((step) => textOf(replyIn(dispatch(press(`w1:walk:tiktok:app:${step}`)))));
    expect(titles[0]).toContain("●○○○○○ Step 1 of 6");
    expect(titles[5]).toContain("●●●●●● Step 6 of 6");
    expect(titles[6]).toContain("Done. What happens now");
    expect(titles[6]).toContain("around December 22, 2026");
  });

  it.each(["w1:walk:tiktok:gone:99", "w0:card:tiktok", "w1:menu:tiktok:method"])(
    "with the stale id %s gets the service's card",
    (id) => {
      expect(textOf(replyIn(dispatch(press(id))))).toContain("TikTok");
    },
  );

  it.each(["", "hello", "x", "w1:steps:no-such-service", "w1:::::", "w1:steps:__proto__"])(
    "with the forged id “%s” gets help",
    (id) => {
      expect(textOf(replyIn(dispatch(press(id))))).toContain("How to ask");
    },
  );
});

describe("a menu", () => {
  it("shows what was chosen", () => {
    const response = dispatch(choose("w1:menu:tiktok:method", "w1:steps:tiktok:web"));
    expect(textOf(replyIn(response))).toContain("Open the settings from your profile picture.");
  });

  it("with a forged choice gets the service's card", () => {
    expect(textOf(replyIn(dispatch(choose("w1:menu:tiktok:method", "hello"))))).toContain("Delete your TikTok account");
  });
});

describe("anything at all", () => {
  it("that is odd gets a kind private answer", () => {
    expect(textOf(replyIn(dispatch(interaction({ type: 99 }))))).toContain("How to ask");
    expect(isPrivate(replyIn(dispatch(interaction({ type: InteractionType.ModalSubmit, data: null }))))).toBe(true);
  });

  it("gets a response, whatever it holds", () => {
    const types = fc.constantFrom(...Object.values(InteractionType).filter((type) => typeof type === "number"), 99);
    const data = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          type: fc.constantFrom(1, 2, 3, 9),
          name: fc.constantFrom("delete-steps", "ask", "Answer this question", "toString"),
          options: fc.jsonValue(),
          custom_id: fc.jsonValue(),
          values: fc.jsonValue(),
          resolved: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    );
    const fields = fc.record({ type: types, data, message: fc.jsonValue(), locale: fc.jsonValue() });
    fc.assert(
      fc.property(fields, (odd) => {
        const response = dispatch(interaction(odd));
        if (odd.type !== InteractionType.Ping && odd.type !== InteractionType.ApplicationCommandAutocomplete) {
          replyIn(response);
        }
      }),
    );
  });

  it("gets an apology where the bot itself fails, and the failure is told", () => {
    const errors: unknown[] = [];
    const fault = new Error("a fault of our own");
    const broken = createDispatch(
      {
        ...testContext(),
        matcher: { ...testContext().matcher, match: () => raise(fault), resolveService: () => raise(fault) },
      },
      (error) => errors.push(error),
    );
    const reply = replyIn(broken(slashCommand("ask", { question: "how do i delete it" })));
    expect(isPrivate(reply)).toBe(true);
    expect(textOf(reply)).toContain("something went wrong");
    expect(errors).toEqual([fault]);
    expect(broken(completion("delete-steps", { service: "t", method: "a" }))).toHaveProperty("data.choices", []);
  });

  it("does not change what it is given", () => {
    const asked: APIInteraction = slashCommand("delete-steps", { service: "tiktok" });
    const before = structuredClone(asked);
    expect(dispatch(asked)).toEqual(dispatch(asked));
    expect(asked).toEqual(before);
  });
});
