import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { localeOf } from "../../src/local/client-line.ts";
import type { ClientEvent, ServerEvent } from "../../src/local/protocol.ts";
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from "../../src/local/server.ts";
import { loginRaw } from "./support/raw-gateway.ts";
import { type Request, restClient, textAt } from "./support/rest-client.ts";

const running: LocalDiscord[] = [];
afterEach(async () => {
  for (const local of running.splice(0)) await local.close();
});

type EventOf<T extends ServerEvent["type"]> = Extract<ServerEvent, { type: T }>;

interface Tab {
  readonly events: ServerEvent[];
  send(event: ClientEvent): void;
  sendText(text: string): void;
  /** The next event of this type; each is returned once. */
  next<T extends ServerEvent["type"]>(type: T): Promise<EventOf<T>>;
}

async function openTab(local: LocalDiscord, headers: Record<string, string> = {}): Promise<Tab> {
  const socket = new WebSocket(`${local.url.replace("http", "ws")}/client`, { headers });
  const events: ServerEvent[] = [];
  const seen = new Set<ServerEvent>();
  socket.on("message", (data) => events.push(JSON.parse(String(data))));
  await once(socket, "open");
  return {
    events,
    send: (event) => socket.send(JSON.stringify(event)),
    sendText: (text) => socket.send(text),
    async next(type) {
      const isIt = (event: ServerEvent): event is EventOf<typeof type> => event.type === type && !seen.has(event);
      const event = await expect
        .poll(() => events.find(isIt))
        .toBeDefined()
        .then(() => events.find(isIt));
      if (event === undefined) throw new Error(`No ${type}.`);
      seen.add(event);
      return event;
    },
  };
}

async function start(
  options: Partial<LocalDiscordOptions> = {},
): Promise<{ local: LocalDiscord; request: Request; channelId: string }> {
  const local = await startLocalDiscord({ port: 0, identifyWindowMs: 0, rateLimits: false, ...options });
  running.push(local);
  return { local, request: restClient(local), channelId: local.guilds[0]?.channelId ?? "" };
}

const ask = {
  name: "ask",
  description: "Ask",
  options: [{ type: 3, name: "question", description: "What", required: true, autocomplete: true }],
};

describe("a tab", () => {
  it("learns who is there, where to write and what was said, and again when that changes", async () => {
    const { local, request, channelId } = await start();
    const said = local.person.say({ channelId, content: "hello" });
    const tab = await openTab(local);
    expect(await tab.next("ready")).toMatchObject({
      user: { id: local.person.user.id },
      bot: { id: local.applicationId, bot: true },
      botOnline: false,
      channels: [
        { id: channelId, kind: "guild", name: "ask-wayout", topic: expect.any(String) },
        { id: local.directChannelId, kind: "dm", name: "Wayout" },
      ],
      commands: [],
      history: { [channelId]: [{ message: { id: said.id } }], [local.directChannelId]: [] },
    });
    await request("PUT", `/applications/${local.applicationId}/commands`, [ask]);
    expect(await tab.next("ready")).toMatchObject({ commands: [{ name: "ask", id: expect.any(String) }] });
    const bot = await loginRaw(local.apiUrl, { token: local.token });
    expect(await tab.next("ready")).toMatchObject({ botOnline: true });
    bot.close(1000);
    expect(await tab.next("ready")).toMatchObject({ botOnline: false });
  });

  it("does not see the bot leave that comes back at once", async () => {
    const { local } = await start();
    const bot = await loginRaw(local.apiUrl, { token: local.token });
    const tab = await openTab(local);
    expect(await tab.next("ready")).toMatchObject({ botOnline: true });
    bot.cut();
    await bot.closed;
    local.person.say({ channelId: local.directChannelId, content: "still there?" });
    await tab.next("message-create");
    expect(tab.events.filter(({ type }) => type === "ready")).toHaveLength(1);
  });

  it("writes, and every tab sees it", async () => {
    const { local, channelId } = await start();
    const [one, two] = [await openTab(local), await openTab(local)];
    one.send({ type: "send-message", channelId, content: "hello" });
    const created = await two.next("message-create");
    expect(created).toMatchObject({ channelId, message: { message: { content: "hello" } } });
    two.send({ type: "send-message", channelId, content: "again", replyTo: created.message.message.id });
    await one.next("message-create");
    expect(await one.next("message-create")).toMatchObject({
      message: { message: { content: "again", type: 19 }, repliedTo: { content: "hello" } },
    });
  });

  it("uses a command: pending, the answer, done; then a button changes it, and it is dismissed", async () => {
    const { local, request, channelId } = await start();
    const commands = await request("PUT", `/applications/${local.applicationId}/commands`, [ask]);
    const bot = await loginRaw(local.apiUrl, { token: local.token });
    const answer = async (body: object) => {
      const { d } = await bot.event("INTERACTION_CREATE");
      return request("POST", `/interactions/${textAt(d, "id")}/${textAt(d, "token")}/callback`, body);
    };
    const tab = await openTab(local);
    const commandId = textAt(commands.body, "0.id");
    const options = [{ name: "question", value: "how" }];

    tab.send({ type: "autocomplete", nonce: "a", channelId, commandId, options, focused: "question" });
    await answer({ type: 8, data: { choices: [{ name: "How?", value: "how" }] } });
    expect(await tab.next("autocomplete")).toMatchObject({ nonce: "a", choices: [{ name: "How?", value: "how" }] });

    tab.send({ type: "command", nonce: "b", channelId, commandId, options });
    expect(await tab.next("interaction-pending")).toMatchObject({ nonce: "a" });
    expect(await tab.next("interaction-pending")).toMatchObject({ nonce: "b" });
    const components = [{ type: 1, components: [{ type: 2, style: 1, label: "Next", custom_id: "next" }] }];
    await answer({ type: 4, data: { content: "1", flags: 64, components } });
    const { message } = (await tab.next("message-create")).message;
    expect(message).toMatchObject({ content: "1", flags: 64 });
    expect(await tab.next("interaction-done")).toMatchObject({ nonce: "b" });

    tab.send({ type: "component", nonce: "c", channelId, messageId: message.id, customId: "next" });
    await answer({ type: 7, data: { content: "2" } });
    expect(await tab.next("message-update")).toMatchObject({ message: { message: { id: message.id, content: "2" } } });
    expect(await tab.next("interaction-done")).toMatchObject({ nonce: "c" });

    const other = await openTab(local);
    expect((await other.next("ready")).history[channelId]).toMatchObject([{ message: { id: message.id } }]);
    tab.send({ type: "dismiss", channelId, messageId: message.id });
    expect(await other.next("message-delete")).toMatchObject({ channelId, messageId: message.id });
  });

  it("hears in a sentence what cannot be done", async () => {
    const { local, request, channelId } = await start({ interactionDeadlineMs: 100 });
    const commands = await request("PUT", `/applications/${local.applicationId}/commands`, [ask]);
    const tab = await openTab(local);
    const command = { type: "command", channelId, commandId: textAt(commands.body, "0.id") } as const;
    tab.send({ ...command, nonce: "offline", options: [{ name: "question", value: "how" }] });
    expect(await tab.next("interaction-failed")).toEqual({
      type: "interaction-failed",
      nonce: "offline",
      reason: "Wayout is offline. Nothing was sent.",
    });
    await loginRaw(local.apiUrl, { token: local.token });
    tab.send({ ...command, nonce: "incomplete", options: [] });
    expect(await tab.next("interaction-failed")).toMatchObject({
      nonce: "incomplete",
      reason: "“question” is needed.",
    });
    tab.send({ ...command, nonce: "slow", options: [{ name: "question", value: "how" }] });
    expect(await tab.next("interaction-failed")).toMatchObject({
      nonce: "slow",
      reason: "Wayout did not answer in time.",
    });
    tab.send({ type: "send-message", channelId, content: "" });
    expect(await tab.next("error")).toMatchObject({ reason: "There is nothing to send." });
    for (const text of ["{", "null", '{"type":"format-disk"}']) {
      tab.sendText(text);
      expect(await tab.next("error")).toMatchObject({ reason: expect.stringContaining("does not understand") });
    }
  });

  it("has the language of its browser", async () => {
    const { local, request, channelId } = await start();
    const commands = await request("PUT", `/applications/${local.applicationId}/commands`, [{ ...ask, options: [] }]);
    const bot = await loginRaw(local.apiUrl, { token: local.token });
    const tab = await openTab(local, { "accept-language": "de-AT,de;q=0.9,en;q=0.8" });
    tab.send({ type: "command", nonce: "n", channelId, commandId: textAt(commands.body, "0.id"), options: [] });
    expect((await bot.event("INTERACTION_CREATE")).d).toMatchObject({ locale: "de", guild_locale: "en-US" });
  });

  it.each([
    ["en", "en-US"],
    ["en-GB", "en-GB"],
    ["pt", "pt-BR"],
    ["xx", "en-US"],
    [null, "en-US"],
  ])("that says %s is for Discord %s", (language, locale) => {
    expect(localeOf(language)).toBe(locale);
  });

  it("of another site gets nothing", async () => {
    const { local } = await start();
    const address = `${local.url.replace("http", "ws")}/client`;
    for (const headers of [{ origin: "https://evil.example" }, { host: "evil.example" }]) {
      const socket = new WebSocket(address, { headers });
      const [error] = await once(socket, "error").catch((thrown: unknown) => [thrown]);
      expect(String(error)).toContain("403");
    }
  });
});
