import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";
import { type Request, restClient, textAt } from "./support/rest-client.ts";

let local: LocalDiscord;
let request: Request;
let messages: string;
beforeAll(async () => {
  local = await startLocalDiscord({ port: 0, rateLimits: false });
  request = restClient(local);
  messages = `/channels/${local.guilds[0]?.channelId}/messages`;
});
afterAll(() => local.close());

const V2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const button = (more: object = {}) => ({ type: 2, style: 1, label: "Next", custom_id: "next", ...more });
const row = (...components: object[]) => ({ type: 1, components });
/** What Discord answers to a body with a fault at this path. */
const fault = (path: string, code: string) => {
  const errors = path.split(".").reduceRight<object>((inner, key) => ({ [key]: inner }), { _errors: [{ code }] });
  return { status: 400, body: { code: 50035, message: "Invalid Form Body", errors } };
};

describe("who and where", () => {
  it("asks for the bot's token", async () => {
    const refused = { status: 401, body: { message: "401: Unauthorized", code: 0 } };
    expect(await request("GET", "/users/@me", undefined, { authorization: "Bot wrong" })).toMatchObject(refused);
    expect(await request("GET", "/users/@me", undefined, { authorization: local.token })).toMatchObject(refused);
    expect(await request("GET", "/users/@me")).toMatchObject({ status: 200, body: { bot: true } });
  });

  it("tells of the gateway, the application, servers and channels", async () => {
    const gateway = { url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/gateway$/) };
    expect((await request("GET", "/gateway", undefined, { authorization: "" })).body).toEqual(gateway);
    expect((await request("GET", "/gateway/bot")).body).toMatchObject({
      ...gateway,
      shards: 1,
      session_start_limit: { total: 1000, max_concurrency: 1 },
    });
    for (const path of ["/applications/@me", "/oauth2/applications/@me"])
      expect((await request("GET", path)).body).toMatchObject({ id: local.applicationId, name: "Wayout" });
    const [guild] = local.guilds;
    expect((await request("GET", `/guilds/${guild?.id}`)).body).toMatchObject({ id: guild?.id });
    expect((await request("GET", `/channels/${guild?.channelId}`)).body).toMatchObject({
      type: 0,
      guild_id: guild?.id,
    });
    const direct = await request("POST", "/users/@me/channels", { recipient_id: local.person.user.id });
    expect(direct.body).toMatchObject({ id: local.directChannelId, type: 1 });
  });

  it.each([
    ["GET", "/nowhere", 404, 0, "404: Not Found"],
    ["PUT", "/users/@me/channels", 405, 0, "405: Method Not Allowed"],
    ["GET", "/channels/1", 404, 10003, "Unknown Channel"],
    ["GET", "/guilds/1", 404, 10004, "Unknown Guild"],
    ["GET", "/applications/1/commands", 404, 10002, "Unknown Application"],
    ["POST", "/interactions/1/none/callback", 404, 10062, "Unknown interaction"],
    ["PATCH", "/webhooks/1/none/messages/@original", 404, 10015, "Unknown Webhook"],
  ])("%s %s: %i with code %i", async (method, path, status, code, message) => {
    const body = method === "GET" ? undefined : {};
    expect(await request(method, path, body)).toMatchObject({ status, body: { code, message } });
  });

  it("refuses versions it does not know, broken JSON and bodies too large", async () => {
    const version = await fetch(`${local.apiUrl}/v5/gateway`);
    expect([version.status, await version.json()]).toEqual([400, { code: 50041, message: "Invalid API version" }]);
    expect(await request("POST", messages, "{")).toMatchObject({ status: 400, body: { code: 50109 } });
    const large = await request("POST", messages, "x".repeat(26 * 1024 * 1024));
    expect(large).toMatchObject({ status: 413, body: { code: 40005 } });
  });

  it("refuses other sites", async () => {
    const answer = await fetch(`${local.apiUrl}/v10/gateway`, { headers: { origin: "https://evil.example" } });
    expect(answer.status).toBe(403);
  });
});

describe("messages", () => {
  it("are sent, read, edited, listed and deleted", async () => {
    const sent = await request("POST", messages, { content: "one" });
    expect(sent).toMatchObject({ status: 200, body: { content: "one", type: 0, author: { id: local.applicationId } } });
    const id = textAt(sent.body, "id");
    expect((await request("GET", `${messages}/${id}`)).body).toMatchObject({ id });
    const edited = await request("PATCH", `${messages}/${id}`, { content: "two" });
    expect(edited.body).toMatchObject({ id, content: "two", edited_timestamp: expect.any(String) });
    const next = textAt((await request("POST", messages, { content: "three" })).body, "id");
    expect((await request("GET", `${messages}?limit=2`)).body).toMatchObject([{ id: next }, { id }]);
    expect((await request("GET", `${messages}?before=${next}&limit=1`)).body).toMatchObject([{ id }]);
    expect((await request("GET", `${messages}?after=${id}`)).body).toMatchObject([{ id: next }]);
    expect((await request("DELETE", `${messages}/${id}`)).status).toBe(204);
    expect(await request("GET", `${messages}/${id}`)).toMatchObject({ status: 404, body: { code: 10008 } });
  });

  it("of others cannot be edited or deleted", async () => {
    const { id } = local.person.say({ channelId: local.guilds[0]?.channelId ?? "", content: "mine" });
    const refused = await request("PATCH", `${messages}/${id}`, { content: "yours" });
    expect(refused).toMatchObject({ status: 403, body: { code: 50005 } });
    expect(await request("DELETE", `${messages}/${id}`)).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it("reply to messages that exist", async () => {
    const { id } = local.person.say({ channelId: local.guilds[0]?.channelId ?? "", content: "a question" });
    const reply = (reference: object, more: object = {}) =>
      request("POST", messages, { content: "an answer", message_reference: reference, ...more });
    expect((await reply({ message_id: id })).body).toMatchObject({
      type: 19,
      message_reference: { message_id: id },
      referenced_message: { id, content: "" },
      mentions: [{ id: local.person.user.id }],
    });
    expect((await reply({ message_id: id }, { allowed_mentions: { parse: [] } })).body).toMatchObject({ mentions: [] });
    expect(await reply({ message_id: "1" })).toMatchObject(fault("message_reference", "REPLIES_UNKNOWN_MESSAGE"));
    expect((await reply({ message_id: "1", fail_if_not_exists: false })).body).toMatchObject({ type: 0 });
  });

  it("of others are read without their text, but for what was said to the bot", async () => {
    const channelId = local.guilds[0]?.channelId ?? "";
    const overheard = local.person.say({ channelId, content: "among ourselves" });
    expect((await request("GET", `${messages}/${overheard.id}`)).body).toMatchObject({ content: "" });
    const asked = local.person.say({ channelId, content: `<@${local.applicationId}> how?` });
    expect((await request("GET", `${messages}?limit=2`)).body).toMatchObject([
      { content: asked.content },
      { content: "" },
    ]);
  });

  it("ping only whom they are allowed to", async () => {
    const me = local.person.user.id;
    const say = async (allowed_mentions?: object) => {
      const components = [text(`<@${me}> @everyone`)];
      return (await request("POST", messages, { flags: V2, components, allowed_mentions })).body;
    };
    expect(await say()).toMatchObject({ mentions: [{ id: me }], mention_everyone: false });
    expect(await say({ parse: [] })).toMatchObject({ mentions: [] });
    expect(await say({ parse: ["users"] })).toMatchObject({ mentions: [{ id: me }] });
    expect(await say({ users: [me] })).toMatchObject({ mentions: [{ id: me }] });
    expect(await say({ users: ["1"] })).toMatchObject({ mentions: [] });
    expect(
      await request("POST", messages, { content: "x", allowed_mentions: { parse: ["users"], users: [me] } }),
    ).toMatchObject(fault("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"));
  });

  it("carry files, which can be fetched again", async () => {
    const form = new FormData();
    const components = [{ type: 13, file: { url: "attachment://reminder.ics" } }];
    form.set(
      "payload_json",
      JSON.stringify({ flags: V2, components, attachments: [{ id: "0", description: "A reminder" }] }),
    );
    form.set("files[0]", new Blob(["BEGIN:VCALENDAR"], { type: "text/calendar" }), "reminder.ics");
    const sent = await fetch(`${local.apiUrl}/v10${messages}`, {
      method: "POST",
      headers: { authorization: `Bot ${local.token}` },
      body: form,
    });
    const body: unknown = await sent.json();
    expect(body).toMatchObject({ attachments: [{ filename: "reminder.ics", size: 15, description: "A reminder" }] });
    const url = textAt(body, "attachments.0.url");
    expect(textAt(body, "components.0.file.url")).toBe(url);
    const file = await fetch(url);
    expect(await file.text()).toBe("BEGIN:VCALENDAR");
    expect(file.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''reminder.ics");
  });

  it("get ids for components that have none, and keep the others", async () => {
    const components = [
      { type: 17, components: [{ ...text("a"), id: 2 }, row(button(), button({ custom_id: "b" }))] },
      text("c"),
    ];
    const { body } = await request("POST", messages, { flags: V2, components });
    expect(body).toMatchObject({
      components: [
        { id: 1, components: [{ id: 2 }, { id: 3, components: [{ id: 4 }, { id: 5 }] }] },
        { id: 6, content: "c" },
      ],
    });
  });

  it("cannot lose IS_COMPONENTS_V2, and gain it only without their text", async () => {
    const old = textAt((await request("POST", messages, { content: "old" })).body, "id");
    const components = [text("new")];
    expect(await request("PATCH", `${messages}/${old}`, { flags: V2, components })).toMatchObject(
      fault("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    );
    const changed = await request("PATCH", `${messages}/${old}`, { flags: V2, components, content: null });
    expect(changed.body).toMatchObject({ flags: V2, content: "", components: [{ content: "new" }] });
    expect((await request("PATCH", `${messages}/${old}`, { flags: 0, components })).body).toMatchObject({ flags: V2 });
    expect(await request("PATCH", `${messages}/${old}`, { content: "back" })).toMatchObject(
      fault("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    );
  });

  it.each([
    ["nothing", {}],
    ["blanks", { content: "  \n" }],
    ["buttons alone", { components: [row(button())] }],
    ["no components", { flags: V2, components: [] }],
  ])("refuse %s as empty", async (_, body) => {
    expect(await request("POST", messages, body)).toMatchObject({ status: 400, body: { code: 50006 } });
  });

  it("may be as long as Discord allows, counted in characters", async () => {
    expect((await request("POST", messages, { content: "🧵".repeat(2000) })).status).toBe(200);
    const forty = [{ type: 17, components: Array.from({ length: 39 }, () => text("x".repeat(102))) }];
    expect((await request("POST", messages, { flags: V2, components: forty })).status).toBe(200);
  });

  const v2 = (...components: object[]) => ({ flags: V2, components });
  const classic = (...components: object[]) => ({ content: "x", components });
  const options = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ label: `${index}`, value: `${index}` }));
  const select = (more: object = {}) => ({ type: 3, custom_id: "menu", options: options(2), ...more });

  it.each([
    ["content above 2000 characters", { content: "x".repeat(2001) }, "content", "BASE_TYPE_MAX_LENGTH"],
    ["eleven embeds", { embeds: Array(11).fill({ title: "x" }) }, "embeds", "BASE_TYPE_MAX_LENGTH"],
    [
      "embeds above 6000 characters",
      { embeds: [{ description: "x".repeat(4096) }, { description: "x".repeat(1905) }] },
      "embeds",
      "MAX_EMBED_SIZE_EXCEEDED",
    ],
    ["text displays without the flag", classic(text("x")), "components.0.type", "UNION_TYPE_CHOICES"],
    [
      "content with the flag",
      { ...v2(text("x")), content: "y" },
      "content",
      "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ],
    [
      "embeds with the flag",
      { ...v2(text("x")), embeds: [{ title: "y" }] },
      "embeds",
      "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ],
    [
      "six rows without the flag",
      classic(...Array.from({ length: 6 }, (_, at) => row(button({ custom_id: `${at}` })))),
      "components",
      "BASE_TYPE_MAX_LENGTH",
    ],
    [
      "41 components, nested ones too",
      v2({ type: 17, components: Array.from({ length: 40 }, () => text("x")) }),
      "components",
      "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ],
    [
      "4001 characters in two texts",
      v2(text("x".repeat(4000)), text("y")),
      "components",
      "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ],
    ["an empty text", v2(text("")), "components.0.content", "BASE_TYPE_BAD_LENGTH"],
    [
      "a custom_id of 101",
      v2(row(button({ custom_id: "x".repeat(101) }))),
      "components.0.components.0.custom_id",
      "BASE_TYPE_BAD_LENGTH",
    ],
    [
      "a custom_id used twice",
      v2(row(button()), row(button())),
      "components.1.components.0.custom_id",
      "COMPONENT_CUSTOM_ID_DUPLICATED",
    ],
    [
      "an id used twice",
      v2({ ...text("x"), id: 7 }, { ...text("y"), id: 7 }),
      "components.1.id",
      "COMPONENT_ID_DUPLICATED",
    ],
    [
      "a label of 81",
      v2(row(button({ label: "x".repeat(81) }))),
      "components.0.components.0.label",
      "BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a link without address",
      v2(row({ type: 2, style: 5, label: "x" })),
      "components.0.components.0.url",
      "BUTTON_COMPONENT_URL_REQUIRED",
    ],
    [
      "a link with a script",
      v2(row({ type: 2, style: 5, label: "x", url: "javascript:alert(1)" })),
      "components.0.components.0.url",
      "URL_TYPE_INVALID_SCHEME",
    ],
    [
      "a link above 512",
      v2(row({ type: 2, style: 5, label: "x", url: `https://x.example/${"x".repeat(500)}` })),
      "components.0.components.0.url",
      "BASE_TYPE_BAD_LENGTH",
    ],
    [
      "a button without custom_id",
      v2(row({ type: 2, style: 1, label: "x" })),
      "components.0.components.0.custom_id",
      "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
    ],
    [
      "six buttons in a row",
      v2(row(...Array.from({ length: 6 }, (_, at) => button({ custom_id: `${at}` })))),
      "components.0.components",
      "BASE_TYPE_BAD_LENGTH",
    ],
    [
      "a menu beside a button",
      v2(row(select(), button())),
      "components.0.components.1",
      "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ],
    [
      "26 options",
      v2(row(select({ options: options(26) }))),
      "components.0.components.0.options",
      "BASE_TYPE_BAD_LENGTH",
    ],
    [
      "an option used twice",
      v2(row(select({ options: [...options(2), ...options(1)] }))),
      "components.0.components.0.options.2.value",
      "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ],
    [
      "an option's label of 101",
      v2(row(select({ options: [{ label: "x".repeat(101), value: "x" }] }))),
      "components.0.components.0.options.0.label",
      "BASE_TYPE_BAD_LENGTH",
    ],
    [
      "a section without accessory",
      v2({ type: 9, components: [text("x")] }),
      "components.0.accessory",
      "BASE_TYPE_REQUIRED",
    ],
    [
      "a section of four texts",
      v2({ type: 9, components: Array(4).fill(text("x")), accessory: button() }),
      "components.0.components",
      "BASE_TYPE_BAD_LENGTH",
    ],
    [
      "a container in a container",
      v2({ type: 17, components: [{ type: 17, components: [text("x")] }] }),
      "components.0.components.0.type",
      "UNION_TYPE_CHOICES",
    ],
    ["a button outside a row", v2(button()), "components.0.type", "UNION_TYPE_CHOICES"],
    [
      "a colour out of range",
      v2({ type: 17, accent_color: 0x1000000, components: [text("x")] }),
      "components.0.accent_color",
      "NUMBER_TYPE_MAX",
    ],
    ["a separator's spacing of 3", v2({ type: 14, spacing: 3 }), "components.0.spacing", "BASE_TYPE_CHOICES"],
    [
      "a file that is not there",
      v2({ type: 13, file: { url: "attachment://none.ics" } }),
      "components",
      "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ],
  ])("refuse %s", async (_, body, path, code) => {
    const answer = await request("POST", messages, body);
    expect(answer).toMatchObject(fault(path, code));
  });

  it("fail as on Discord where their text is too long in bytes, though not in characters", async () => {
    const body = (length: number) => ({ flags: V2, components: [text("説".repeat(length))] });
    expect((await request("POST", messages, body(3386))).status).toBe(200);
    expect(await request("POST", messages, body(3387))).toMatchObject({ status: 500, body: { code: 0 } });
  });

  it("name each of several faults", async () => {
    const answer = await request("POST", messages, { content: "x".repeat(2001), tts: "yes", embeds: {} });
    expect(answer.body).toMatchObject({
      errors: {
        content: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: "Must be 2000 or fewer in length." }] },
        tts: { _errors: [{ code: "BOOLEAN_TYPE_CONVERT" }] },
        embeds: { _errors: [{ code: "LIST_TYPE_CONVERT" }] },
      },
    });
  });
});

describe("commands", () => {
  const ask = { name: "ask", description: "Ask", name_localizations: { de: "fragen" } };
  const path = () => `/applications/${local.applicationId}/commands`;
  const option = (more: object = {}) => ({ type: 3, name: "question", description: "What", ...more });
  afterEach(() => request("PUT", path(), []));

  it("are overwritten in bulk, keep their ids, and change their version", async () => {
    const first = await request("PUT", path(), [ask, { name: "Answer this", type: 3 }]);
    expect(first.body).toMatchObject([
      { name: "ask", type: 1, application_id: local.applicationId, nsfw: false },
      { name: "Answer this", type: 3, description: "" },
    ]);
    const second = await request("PUT", path(), [{ ...ask, description: "Ask me" }]);
    expect(textAt(second.body, "0.id")).toBe(textAt(first.body, "0.id"));
    expect(textAt(second.body, "0.version")).not.toBe(textAt(first.body, "0.version"));
    expect((await request("GET", path())).body).toMatchObject([{ description: "Ask me" }]);
  });

  it("show their translations on request only", async () => {
    await request("PUT", path(), [ask]);
    expect(textAt((await request("GET", `${path()}?with_localizations=true`)).body, "0.name_localizations.de")).toBe(
      "fragen",
    );
    expect((await request("GET", path())).body).not.toHaveProperty("0.name_localizations");
  });

  it("are created, changed and deleted one by one, for a server too", async () => {
    const guild = path().replace("/commands", `/guilds/${local.guilds[0]?.id}/commands`);
    for (const base of [path(), guild]) {
      const created = await request("POST", base, ask);
      expect(created.status).toBe(201);
      expect((await request("POST", base, ask)).status).toBe(200);
      const one = `${base}/${textAt(created.body, "id")}`;
      expect((await request("PATCH", one, { description: "Changed" })).body).toMatchObject({ description: "Changed" });
      expect((await request("GET", one)).body).toMatchObject({ name: "ask", description: "Changed" });
      expect((await request("DELETE", one)).status).toBe(204);
      expect(await request("GET", one)).toMatchObject({ status: 404, body: { code: 10063 } });
    }
  });

  it.each([
    ["upper case", { ...ask, name: "Ask" }, "0.name", "APPLICATION_COMMAND_INVALID_NAME"],
    ["blanks", { ...ask, name: "ask me" }, "0.name", "APPLICATION_COMMAND_INVALID_NAME"],
    ["33 letters", { ...ask, name: "x".repeat(33) }, "0.name", "BASE_TYPE_BAD_LENGTH"],
    ["no description", { name: "ask" }, "0.description", "BASE_TYPE_REQUIRED"],
    ["a description of 101", { ...ask, description: "x".repeat(101) }, "0.description", "BASE_TYPE_MAX_LENGTH"],
    [
      "26 options",
      { ...ask, options: Array.from({ length: 26 }, (_, at) => option({ name: `o${at}` })) },
      "0.options",
      "BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a needed option after another",
      { ...ask, options: [option(), option({ name: "b", required: true })] },
      "0.options.1",
      "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ],
    [
      "an option twice",
      { ...ask, options: [option(), option()] },
      "0.options.1.name",
      "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
    ],
    [
      "26 choices",
      {
        ...ask,
        options: [option({ choices: Array.from({ length: 26 }, (_, at) => ({ name: `${at}`, value: `${at}` })) })],
      },
      "0.options.0.choices",
      "BASE_TYPE_MAX_LENGTH",
    ],
    [
      "choices and completion",
      { ...ask, options: [option({ autocomplete: true, choices: [{ name: "a", value: "a" }] })] },
      "0.options.0.autocomplete",
      "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE",
    ],
    [
      "upper case in a translation",
      { ...ask, name_localizations: { de: "Fragen" } },
      "0.name_localizations.de",
      "APPLICATION_COMMAND_INVALID_NAME",
    ],
    ["an unknown language", { ...ask, name_localizations: { xx: "ask" } }, "0.name_localizations", "BASE_TYPE_INVALID"],
    ["an unknown context", { ...ask, contexts: [9] }, "0.contexts.0", "BASE_TYPE_CHOICES"],
    [
      "a message command with a description",
      { name: "Answer this", type: 3, description: "x" },
      "0.description",
      "APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED",
    ],
    [
      "more than 8000 characters",
      {
        ...ask,
        options: Array.from({ length: 25 }, (_, at) =>
          option({
            name: `option-${at}`,
            choices: Array.from({ length: 25 }, (_, one) => ({ name: `${one}-${"x".repeat(20)}`, value: `${one}` })),
          }),
        ),
      },
      "0",
      "APPLICATION_COMMAND_TOO_LARGE",
    ],
  ])("refuse %s", async (_, command, path_, code) => {
    expect(await request("PUT", path(), [command])).toMatchObject(fault(path_, code));
  });

  it("refuse the same name twice", async () => {
    expect(await request("PUT", path(), [ask, ask])).toMatchObject(fault("1", "APPLICATION_COMMANDS_DUPLICATE_NAME"));
  });
});
