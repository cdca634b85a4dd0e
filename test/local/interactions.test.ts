import { afterEach, describe, expect, it } from "vitest";
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from "../../src/local/server.ts";
import { loginRaw, type RawGateway } from "./support/raw-gateway.ts";
import { at, type Request, restClient, textAt } from "./support/rest-client.ts";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const V2 = 1 << 15;

interface World {
  readonly local: LocalDiscord;
  readonly request: Request;
  readonly bot: RawGateway;
  readonly channelId: string;
  readonly commandId: string;
  readonly messageCommandId: string;
}

const running: LocalDiscord[] = [];
afterEach(async () => {
  for (const local of running.splice(0)) await local.close();
});

async function start(options: Partial<LocalDiscordOptions> = {}): Promise<World> {
  const local = await startLocalDiscord({ port: 0, identifyWindowMs: 0, rateLimits: false, ...options });
  running.push(local);
  const request = restClient(local);
  const commands = await request("PUT", `/applications/${local.applicationId}/commands`, [
    {
      name: "ask",
      description: "Ask",
      options: [
        { type: 3, name: "question", description: "What", required: true, autocomplete: true },
        { type: 5, name: "share", description: "Share" },
        { type: 4, name: "count", description: "Count", min_value: 1, max_value: 3 },
      ],
    },
    { name: "Answer this", type: 3 },
  ]);
  const bot = await loginRaw(local.apiUrl, { token: local.token, intents: 1 << 9 });
  return {
    local,
    request,
    bot,
    channelId: local.guilds[0]?.channelId ?? "",
    commandId: textAt(commands.body, "0.id"),
    messageCommandId: textAt(commands.body, "1.id"),
  };
}

const options = [{ name: "question", value: "how" }];
const button = { type: 1, components: [{ type: 2, style: 1, label: "Next", custom_id: "next" }] };

/** The interaction as the bot got it, and where it answers. */
async function received(world: World) {
  const { d } = await world.bot.event("INTERACTION_CREATE");
  const [id, token] = [textAt(d, "id"), textAt(d, "token")];
  return {
    payload: d,
    /** Without the bot's token: callbacks carry their own. */
    answer: (body: object, query = "") =>
      world.request("POST", `/interactions/${id}/${token}/callback${query}`, body, { authorization: "" }),
    webhook: (method: string, path = "", body?: object) =>
      world.request(method, `/webhooks/${world.local.applicationId}/${token}${path}`, body, { authorization: "" }),
  };
}

describe("what the bot receives", () => {
  it("is everything Discord sends for a slash command in a server", async () => {
    const world = await start();
    void world.local.person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
    const { payload } = await received(world);
    const guildId = world.local.guilds[0]?.id;
    const user = world.local.person.user;
    expect(payload).toEqual({
      id: expect.stringMatching(/^\d+$/),
      application_id: world.local.applicationId,
      type: 2,
      token: expect.any(String),
      version: 1,
      data: {
        id: world.commandId,
        name: "ask",
        type: 1,
        options: [{ name: "question", type: 3, value: "how" }],
      },
      guild_id: guildId,
      guild: { id: guildId, locale: "en-US", features: [] },
      channel_id: world.channelId,
      channel: expect.objectContaining({
        id: world.channelId,
        type: 0,
        guild_id: guildId,
        permissions: expect.any(String),
      }),
      member: expect.objectContaining({ user, roles: [], permissions: expect.any(String) }),
      locale: "en-US",
      guild_locale: "en-US",
      app_permissions: expect.stringMatching(/^\d+$/),
      entitlements: [],
      authorizing_integration_owners: { "0": guildId },
      context: 0,
      attachment_size_limit: 10 * 1024 * 1024,
    });
  });

  it("names the user, not a member, in direct messages", async () => {
    const world = await start();
    void world.local.person.useCommand({ channelId: world.local.directChannelId, commandId: world.commandId, options });
    const { payload } = await received(world);
    expect(payload).toMatchObject({ user: world.local.person.user, context: 1, channel: { type: 1 } });
    expect(payload).toMatchObject({ authorizing_integration_owners: { "0": "0" } });
    for (const field of ["guild_id", "guild", "member", "guild_locale"]) expect(payload).not.toHaveProperty(field);
  });

  it("has the whole message for a message command, without any intent", async () => {
    const world = await start();
    const { channelId, messageCommandId } = world;
    const { id } = world.local.person.say({ channelId, content: "how do I leave?" });
    void world.local.person.useCommand({ channelId, commandId: messageCommandId, targetId: id });
    const { payload } = await received(world);
    expect(payload).toMatchObject({
      data: { type: 3, target_id: id, resolved: { messages: { [id]: { content: "how do I leave?" } } } },
    });
  });
});

describe("answers", () => {
  it("become messages that everyone sees, or only the person", async () => {
    for (const [flags, visible] of [
      [0, 200],
      [EPHEMERAL, 404],
    ]) {
      const world = await start();
      const used = world.local.person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
      const { answer, webhook, payload } = await received(world);
      expect(await answer({ type: 4, data: { content: "like this", flags } })).toMatchObject({
        status: 204,
        body: null,
      });
      const message = at(await used, "message");
      expect(message).toMatchObject({
        type: 20,
        content: "like this",
        flags,
        webhook_id: world.local.applicationId,
        interaction_metadata: { id: at(payload, "id"), type: 2, user: world.local.person.user },
        interaction: { name: "ask" },
      });
      const id = textAt(message, "id");
      expect((await world.request("GET", `/channels/${world.channelId}/messages/${id}`)).status).toBe(visible);
      expect((await world.request("GET", `/channels/${world.channelId}/messages`)).body).toHaveLength(
        visible === 200 ? 1 : 0,
      );
      expect((await webhook("GET", "/messages/@original")).body).toMatchObject({ id });
      expect(world.local.messages(world.channelId)).toMatchObject([{ id }]);
    }
  });

  it("tell what became of them, on request", async () => {
    const world = await start();
    void world.local.person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
    const { answer } = await received(world);
    expect(await answer({ type: 5, data: { flags: EPHEMERAL } }, "?with_response=true")).toMatchObject({
      status: 200,
      body: {
        interaction: { type: 2, response_message_loading: true, response_message_ephemeral: true },
        resource: { type: 5, message: { flags: EPHEMERAL | LOADING } },
      },
    });
  });

  it("may come later: thinking, then the edit", async () => {
    const world = await start();
    void world.local.person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
    const { answer, webhook } = await received(world);
    await answer({ type: 5 });
    const edited = await webhook("PATCH", "/messages/@original", {
      flags: V2,
      components: [{ type: 10, content: "done" }],
    });
    expect(edited.body).toMatchObject({ flags: V2, components: [{ content: "done" }], edited_timestamp: null });
  });

  it("may be followed up; the first follow-up takes the place of the thinking", async () => {
    const world = await start();
    void world.local.person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
    const { answer, webhook } = await received(world);
    await answer({ type: 5, data: { flags: EPHEMERAL } });
    const first = await webhook("POST", "", { content: "one" });
    expect(first.body).toMatchObject({ content: "one", flags: EPHEMERAL });
    const second = await webhook("POST", "", { content: "two" });
    expect(second.body).toMatchObject({
      type: 19,
      content: "two",
      interaction_metadata: { original_response_message_id: textAt(first.body, "id") },
    });
    expect((await webhook("DELETE", `/messages/${textAt(second.body, "id")}`)).status).toBe(204);
    expect(world.local.messages(world.channelId)).toHaveLength(1);
  });

  it.each([
    ["a public message", 0],
    ["a private one", EPHEMERAL],
  ])("to a button change %s, or leave it for later", async (_, flags) => {
    const world = await start();
    const { person } = world.local;
    const used = person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
    const first = await received(world);
    await first.answer({ type: 4, data: { flags: flags | V2, components: [{ type: 10, content: "1" }, button] } });
    const messageId = textAt(await used, "message.id");
    const press = { channelId: world.channelId, messageId, customId: "next" };

    const pressed = person.useComponent(press);
    const second = await received(world);
    expect(second.payload).toMatchObject({
      type: 3,
      data: { custom_id: "next", component_type: 2 },
      message: { id: messageId, flags: flags | V2, interaction_metadata: { type: 2 } },
    });
    expect((await second.answer({ type: 7, data: { components: [{ type: 10, content: "2" }, button] } })).status).toBe(
      204,
    );
    expect(await pressed).toMatchObject({
      ok: true,
      message: { id: messageId, flags: flags | V2, components: [{ content: "2" }, {}] },
    });

    const again = person.useComponent(press);
    const third = await received(world);
    await third.answer({ type: 6 });
    expect(await again).toMatchObject({ ok: true });
    await third.webhook("PATCH", "/messages/@original", { components: [{ type: 10, content: "3" }] });
    expect(world.local.messages(world.channelId)).toMatchObject([{ id: messageId, components: [{ content: "3" }] }]);
  });

  it("to a menu carry what was picked", async () => {
    const world = await start();
    const { person } = world.local;
    const choices = ["a", "b"].map((value) => ({ label: value, value }));
    const menu = { type: 1, components: [{ type: 3, custom_id: "menu", options: choices }] };
    const sent = await world.request("POST", `/channels/${world.channelId}/messages`, {
      content: "pick",
      components: [menu],
    });
    const pick = { channelId: world.channelId, messageId: textAt(sent.body, "id"), customId: "menu" };
    await expect(person.useComponent({ ...pick, values: ["c"] })).rejects.toThrow("not there any more");
    await expect(person.useComponent({ ...pick, values: [] })).rejects.toThrow("number of choices");
    void person.useComponent({ ...pick, values: ["b"] });
    expect((await received(world)).payload).toMatchObject({ data: { component_type: 3, values: ["b"] } });
  });

  it("to completion are suggestions, 25 at most", async () => {
    const world = await start();
    const ask = () =>
      world.local.person.autocomplete({
        channelId: world.channelId,
        commandId: world.commandId,
        options: [{ name: "question", value: "tik" }],
        focused: "question",
      });
    const asked = ask();
    const { payload, answer } = await received(world);
    expect(payload).toMatchObject({ type: 4, data: { options: [{ name: "question", value: "tik", focused: true }] } });
    const choices = Array.from({ length: 26 }, (_, at) => ({ name: `${at}`, value: `${at}` }));
    expect(await answer({ type: 8, data: { choices } })).toMatchObject({
      status: 400,
      body: { errors: { data: { choices: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH" }] } } } },
    });
    expect((await answer({ type: 8, data: { choices: choices.slice(1) } })).status).toBe(204);
    expect(await asked).toMatchObject({ ok: true, message: null, choices: choices.slice(1) });
  });
});

describe("answers that come to nothing", () => {
  it("come twice: 40060", async () => {
    const world = await start();
    void world.local.person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
    const { answer } = await received(world);
    await answer({ type: 4, data: { content: "one" } });
    expect(await answer({ type: 4, data: { content: "two" } })).toMatchObject({ status: 400, body: { code: 40060 } });
    expect(world.local.messages(world.channelId)).toHaveLength(1);
  });

  it("come too late: 10062, and the person hears of it", async () => {
    const world = await start({ interactionDeadlineMs: 30 });
    const used = world.local.person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
    const { answer, webhook } = await received(world);
    expect(await used).toEqual({ ok: false, reason: "Wayout did not answer in time." });
    expect(await answer({ type: 4, data: { content: "late" } })).toMatchObject({ status: 404, body: { code: 10062 } });
    expect(await webhook("POST", "", { content: "late" })).toMatchObject({ status: 404, body: { code: 10015 } });
    expect(world.local.messages(world.channelId)).toEqual([]);
  });

  it("come when the token has run out: 50027", async () => {
    const world = await start({ interactionLifeMs: 40 });
    void world.local.person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
    const { answer, webhook } = await received(world);
    await answer({ type: 4, data: { content: "in time" } });
    await expect.poll(async () => (await webhook("GET", "/messages/@original")).body).toMatchObject({ code: 50027 });
  });

  it("break the rules: 50035 under `data`, and may be put right", async () => {
    const world = await start();
    const used = world.local.person.useCommand({ channelId: world.channelId, commandId: world.commandId, options });
    const { answer } = await received(world);
    expect(await answer({ type: 4, data: { content: "x".repeat(2001) } })).toMatchObject({
      status: 400,
      body: { code: 50035, errors: { data: { content: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH" }] } } } },
    });
    expect(await answer({ type: 7, data: { content: "x" } })).toMatchObject({
      status: 400,
      body: { errors: { type: { _errors: [{ code: "BASE_TYPE_CHOICES" }] } } },
    });
    expect((await answer({ type: 4, data: { content: "x" } })).status).toBe(204);
    expect(await used).toMatchObject({ ok: true });
  });

  it("cannot be private where they are no answer to an interaction", async () => {
    const world = await start();
    const body = { content: "x", flags: EPHEMERAL };
    expect((await world.request("POST", `/channels/${world.channelId}/messages`, body)).body).toMatchObject({
      flags: 0,
    });
  });

  it("are not waited for where the bot is offline", async () => {
    const local = await startLocalDiscord({ port: 0, rateLimits: false });
    running.push(local);
    const request = restClient(local);
    const [command] = at(
      await request("PUT", `/applications/${local.applicationId}/commands`, [{ name: "a", description: "a" }]),
      "body",
    ) as { id: string }[];
    const used = local.person.useCommand({ channelId: local.guilds[0]?.channelId ?? "", commandId: command?.id ?? "" });
    expect(await used).toEqual({ ok: false, reason: "Wayout is offline. Nothing was sent." });
  });
});

describe("the person", () => {
  it("cannot do what Discord's client would not let them", async () => {
    const world = await start();
    const { person } = world.local;
    const use = (given: { name: string; value: string | number | boolean }[]) =>
      person.useCommand({ channelId: world.channelId, commandId: world.commandId, options: given });
    await expect(use([])).rejects.toThrow("“question” is needed.");
    await expect(use([...options, { name: "count", value: 4 }])).rejects.toThrow("out of its range");
    await expect(use([...options, { name: "count", value: 1.5 }])).rejects.toThrow("whole number");
    await expect(use([...options, { name: "share", value: "yes" }])).rejects.toThrow("true or false");
    await expect(use([...options, { name: "other", value: 1 }])).rejects.toThrow("no option “other”");
    expect(() => person.say({ channelId: "1", content: "x" })).toThrow("does not exist");
    expect(() => person.say({ channelId: world.channelId, content: " " })).toThrow("nothing to send");
    expect(() => person.say({ channelId: world.channelId, content: "x".repeat(2001) })).toThrow("at most 2000");
    expect(() => person.say({ channelId: world.channelId, content: "x", replyTo: "1" })).toThrow("gone");
  });

  it("mentions the bot by replying to its messages, but not to its answers to interactions", async () => {
    const world = await start();
    const { person } = world.local;
    const { channelId } = world;
    const sent = await world.request("POST", `/channels/${channelId}/messages`, { content: "an ordinary message" });
    await world.bot.event("MESSAGE_CREATE");
    person.say({ channelId, content: "and then?", replyTo: textAt(sent.body, "id") });
    expect((await world.bot.event("MESSAGE_CREATE")).d).toMatchObject({
      type: 19,
      content: "and then?",
      mentions: [{ id: world.local.applicationId }],
      message_reference: { message_id: textAt(sent.body, "id") },
      referenced_message: { content: "an ordinary message" },
    });
    person.say({ channelId, content: "and then?", replyTo: textAt(sent.body, "id"), ping: false });
    expect((await world.bot.event("MESSAGE_CREATE")).d).toMatchObject({ content: "", mentions: [] });

    const used = person.useCommand({ channelId, commandId: world.commandId, options });
    await (await received(world)).answer({ type: 4, data: { content: "an answer" } });
    await world.bot.event("MESSAGE_CREATE");
    const replyTo = textAt(await used, "message.id");
    person.say({ channelId, content: "and then?", replyTo });
    expect((await world.bot.event("MESSAGE_CREATE")).d).toMatchObject({
      content: "",
      mentions: [],
      referenced_message: { content: "an answer" },
    });
    person.say({ channelId, content: `<@${world.local.applicationId}> and then?`, replyTo });
    expect((await world.bot.event("MESSAGE_CREATE")).d).toMatchObject({
      content: `<@${world.local.applicationId}> and then?`,
      referenced_message: { content: "an answer" },
    });
  });
});
