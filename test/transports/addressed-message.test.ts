import type { APIMessage, APIUser, GatewayMessageCreateDispatchData } from "discord-api-types/v10";
import { MessageType } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import { readAddressedMessage } from "../../src/transports/addressed-message.ts";

const botId = "1000";
const bot: APIUser = { id: botId, username: "Wayout", discriminator: "0", global_name: null, avatar: null, bot: true };
const person: APIUser = { id: "2000", username: "sam", discriminator: "0", global_name: null, avatar: null };

function message(content: string, change: Partial<GatewayMessageCreateDispatchData> = {}) {
  const base = {
    id: "1",
    channel_id: "2",
    guild_id: "3",
    type: MessageType.Default,
    author: person,
    content,
    mentions: content.includes(botId) ? [bot] : [],
  };
  return { ...base, ...change } as GatewayMessageCreateDispatchData;
}

const botMessage = message("", { id: "9", author: bot }) as APIMessage;

describe("readAddressedMessage", () => {
  it.each([`<@${botId}> delete tiktok`, `delete <@!${botId}>   tiktok`, `delete tiktok <@${botId}>`])(
    "reads a mention: %s",
    (content) => {
      expect(readAddressedMessage(message(content), botId)).toEqual({
        text: "delete tiktok",
        repliesTo: undefined,
        byName: true,
      });
    },
  );

  it("reads a direct message", () => {
    const direct = message("delete tiktok", {});
    delete direct.guild_id;
    expect(readAddressedMessage(direct, botId)?.byName).toBe(true);
  });

  it("reads a reply to its own message, which alone is not asking by name", () => {
    const reply = message("and my drafts?", {
      type: MessageType.Reply,
      mentions: [bot] as GatewayMessageCreateDispatchData["mentions"],
      referenced_message: botMessage,
    });
    expect(readAddressedMessage(reply, botId)).toEqual({
      text: "and my drafts?",
      repliesTo: botMessage,
      byName: false,
    });
  });

  it("stays out of talk that is not meant for it", () => {
    expect(readAddressedMessage(message("how do i delete my tiktok account"), botId)).toBeNull();
    const replyToOther = message("yes", { type: MessageType.Reply, referenced_message: message("?") as APIMessage });
    expect(readAddressedMessage(replyToOther, botId)).toBeNull();
    expect(readAddressedMessage(message("<@999> delete tiktok"), botId)).toBeNull();
  });

  it("never answers bots, webhooks or itself", () => {
    expect(readAddressedMessage(message(`<@${botId}> hi`, { author: bot }), botId)).toBeNull();
    expect(readAddressedMessage(message(`<@${botId}> hi`, { author: { ...person, bot: true } }), botId)).toBeNull();
    expect(readAddressedMessage(message(`<@${botId}> hi`, { webhook_id: "7" }), botId)).toBeNull();
  });

  it("never answers what Discord itself says, such as a pin", () => {
    const pin = message(`<@${botId}>`, { type: MessageType.ChannelPinnedMessage });
    expect(readAddressedMessage(pin, botId)).toBeNull();
  });
});
