import {
  type APIInteraction,
  type APIInteractionResponse,
  type GatewayMessageCreateDispatchData,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from "discord-api-types/v10";
import { beforeEach, describe, expect, it } from "vitest";
import type { Responder } from "../../src/transports/responder.ts";
import { unwatched } from "../../src/transports/watch.ts";
import { createCooldowns, withCooldowns } from "../../src/transports/with-cooldowns.ts";

const answer = (flags: MessageFlags): APIInteractionResponse => ({
  type: InteractionResponseType.ChannelMessageWithSource,
  data: { flags },
});
const PRIVATE = answer(MessageFlags.Ephemeral);
const PUBLIC = answer(MessageFlags.IsComponentsV2);

function interaction(user: string, type = InteractionType.ApplicationCommand, channel = "c"): APIInteraction {
  return { type, member: { user: { id: user } }, channel: { id: channel }, data: {} } as unknown as APIInteraction;
}

function message(user: string, channel = "c"): GatewayMessageCreateDispatchData {
  return { author: { id: user }, channel_id: channel } as GatewayMessageCreateDispatchData;
}

describe("withCooldowns", () => {
  let time = 0;
  let response = PRIVATE;
  let isAddressed = true;
  let cooledDown: string[] = [];
  let responder: Responder;

  beforeEach(() => {
    time = 0;
    response = PRIVATE;
    isAddressed = true;
    cooledDown = [];
    const inner: Responder = {
      commands: [],
      respondToInteraction: () => response,
      prepare() {},
      respondToMessage: () => (isAddressed ? { content: "answer" } : null),
    };
    const watch = { ...unwatched, cooledDown: (scope: string) => void cooledDown.push(scope) };
    responder = withCooldowns(
      inner,
      createCooldowns(() => time),
      watch,
    );
  });

  const isAnswered = (one: APIInteraction): boolean => responder.respondToInteraction(one) === response;
  const isReplied = (one: GatewayMessageCreateDispatchData): boolean => responder.respondToMessage(one, "b") !== null;

  it("tells a person over the limit, and nobody else, when to come back", () => {
    for (let count = 0; count < 30; count += 1) expect(isAnswered(interaction("a"))).toBe(true);
    const refused = responder.respondToInteraction(interaction("a"));
    expect(refused).toMatchObject({
      type: InteractionResponseType.ChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral | MessageFlags.IsComponentsV2, allowed_mentions: { parse: [] } },
    });
    expect(JSON.stringify(refused)).toMatch(/You're quick: try again <t:\d+:R>\./);
    expect(isAnswered(interaction("b"))).toBe(true);
    expect(cooledDown).toEqual(["person"]);
    time += 10_000;
    expect(isAnswered(interaction("a"))).toBe(true);
  });

  it("lets a quick reader walk through steps", () => {
    for (let press = 0; press < 60; press += 1) {
      expect(isAnswered(interaction("a", InteractionType.MessageComponent))).toBe(true);
      time += 400;
    }
  });

  it("never stops completion or PING", () => {
    for (const type of [InteractionType.ApplicationCommandAutocomplete, InteractionType.Ping]) {
      for (let count = 0; count < 200; count += 1) expect(isAnswered(interaction("a", type))).toBe(true);
    }
  });

  it("knows a person in direct messages, where there is no member", () => {
    const direct = {
      type: InteractionType.ApplicationCommand,
      user: { id: "a" },
      data: {},
    } as unknown as APIInteraction;
    for (let count = 0; count < 30; count += 1) responder.respondToInteraction(direct);
    expect(isAnswered(direct)).toBe(false);
    expect(isAnswered(interaction("a"))).toBe(false);
  });

  it("lets a channel have only so many public answers, whoever asks for them", () => {
    response = PUBLIC;
    for (let count = 0; count < 20; count += 1) expect(isAnswered(interaction(`${count}`))).toBe(true);
    expect(JSON.stringify(responder.respondToInteraction(interaction("x")))).toContain("You're quick");
    expect(isReplied(message("y"))).toBe(false);
    expect(isReplied(message("y", "elsewhere"))).toBe(true);
    response = PRIVATE;
    expect(isAnswered(interaction("x"))).toBe(true);
    expect(cooledDown).toEqual(["channel", "channel"]);
  });

  it("is silent to messages over the limit", () => {
    for (let count = 0; count < 20; count += 1) expect(isReplied(message("a"))).toBe(true);
    expect(isReplied(message("a"))).toBe(false);
    time += 1000;
    expect(isReplied(message("a"))).toBe(true);
    expect(isReplied(message("a"))).toBe(false);
  });

  it("counts no messages that are not for the bot", () => {
    isAddressed = false;
    for (let count = 0; count < 100; count += 1) isReplied(message("a"));
    isAddressed = true;
    expect(isReplied(message("a"))).toBe(true);
    expect(cooledDown).toEqual([]);
  });
});
