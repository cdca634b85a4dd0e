import { type APIMessage, type APIUser, MessageType } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import {
  applyEvent,
  encodeMentions,
  initialState,
  loseConnection,
  openChannel,
  type PageState,
  startInteraction,
} from "../../../src/local/page/state.ts";
import type { LocalMessage, ServerEvent } from "../../../src/local/protocol.ts";

const user = (id: string, username: string): APIUser => ({
  id,
  username,
  discriminator: "0",
  global_name: null,
  avatar: null,
});
const me = user("1", "you");
const bot: APIUser = { ...user("2", "Wayout"), bot: true };

function message(id: string, author: APIUser, content = id): LocalMessage {
  const written: APIMessage = {
    id,
    channel_id: "help",
    author,
    content,
    timestamp: "2026-11-22T12:00:00.000Z",
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    type: MessageType.Default,
  };
  return { message: written };
}

const ready: ServerEvent = {
  type: "ready",
  user: me,
  bot,
  botOnline: true,
  guildName: "Try it",
  channels: [
    { id: "help", name: "help", kind: "guild" },
    { id: "dm", name: "Wayout", kind: "dm" },
  ],
  commands: [],
  history: { help: [message("m1", me)], dm: [] },
};

const started = applyEvent(initialState, ready);
const ids = (state: PageState, channel: string) => state.messages[channel]?.map((one) => one.message.id);

describe("messages", () => {
  it("opens the first channel with what was said before", () => {
    expect(started.channelId).toBe("help");
    expect(started.connection).toBe("open");
    expect(ids(started, "help")).toEqual(["m1"]);
  });

  it("stays in its channel when a server that was started again gives it another id", () => {
    const inDirect = openChannel(started, "dm");
    const again = applyEvent(inDirect, {
      ...ready,
      channels: [
        { id: "help-2", name: "help", kind: "guild" },
        { id: "dm-2", name: "Wayout", kind: "dm" },
      ],
      history: {},
    });
    expect(again.channelId).toBe("dm-2");
  });

  it("adds, changes and removes them", () => {
    let state = applyEvent(started, { type: "message-create", channelId: "help", message: message("m2", bot) });
    state = applyEvent(state, { type: "message-update", channelId: "help", message: message("m2", bot, "new") });
    expect(state.messages["help"]?.[1]?.message.content).toBe("new");
    state = applyEvent(state, { type: "message-delete", channelId: "help", messageId: "m1" });
    expect(ids(state, "help")).toEqual(["m2"]);
  });

  it("shows one that comes twice once", () => {
    const event: ServerEvent = { type: "message-create", channelId: "help", message: message("m1", me) };
    expect(ids(applyEvent(started, event), "help")).toEqual(["m1"]);
  });

  it("marks a channel as unread until it is opened, and not for one's own messages", () => {
    const said = applyEvent(started, { type: "message-create", channelId: "dm", message: message("m3", bot) });
    expect([...said.unread]).toEqual(["dm"]);
    expect(openChannel(said, "dm").unread.size).toBe(0);
    const own = applyEvent(started, { type: "message-create", channelId: "dm", message: message("m4", me) });
    expect(own.unread.size).toBe(0);
  });

  it("drops a reply that was begun when its message goes, or the channel is left", () => {
    const replying = { ...started, replyTo: message("m1", me) };
    expect(applyEvent(replying, { type: "message-delete", channelId: "help", messageId: "m1" }).replyTo).toBeNull();
    expect(openChannel(replying, "dm").replyTo).toBeNull();
    expect(openChannel(replying, "help").replyTo).not.toBeNull();
  });
});

describe("interactions", () => {
  const press = (nonce: string) =>
    startInteraction(started, {
      nonce,
      channelId: "help",
      source: { kind: "component", messageId: "m1", customId: "next" },
    });

  it("goes from sent to pending to done", () => {
    let state = press("1");
    expect(state.interactions).toMatchObject([{ stage: "sent" }]);
    state = applyEvent(state, { type: "interaction-pending", nonce: "1" });
    expect(state.interactions).toMatchObject([{ stage: "pending" }]);
    expect(applyEvent(state, { type: "interaction-done", nonce: "1" }).interactions).toEqual([]);
  });

  it("keeps a failure with its reason until the message is used again", () => {
    const failed = applyEvent(press("1"), { type: "interaction-failed", nonce: "1", reason: "No answer." });
    expect(failed.interactions).toMatchObject([{ stage: "failed", reason: "No answer." }]);
    const again = startInteraction(failed, {
      nonce: "2",
      channelId: "help",
      source: { kind: "component", messageId: "m1", customId: "back" },
    });
    expect(again.interactions).toMatchObject([{ nonce: "2", stage: "sent" }]);
  });

  it("does not wait on for an answer when the connection is lost", () => {
    expect(loseConnection(press("1")).interactions).toMatchObject([{ stage: "failed" }]);
  });

  it("is not confused by an answer to nothing it knows", () => {
    expect(applyEvent(started, { type: "interaction-done", nonce: "99" })).toEqual(started);
  });
});

describe("mentions in what is sent", () => {
  it.each([
    ["@Wayout hi", "<@2> hi"],
    ["hi @wayout, please", "hi <@2>, please"],
    ["mail@Wayout.example", "mail@Wayout.example"],
    ["@Wayouts", "@Wayouts"],
  ])("%s", (typed, sent) => {
    expect(encodeMentions(typed, [bot])).toBe(sent);
  });

  it("takes a name literally", () => {
    expect(encodeMentions("@a.b @axb", [user("3", "a.b")])).toBe("<@3> @axb");
  });
});
