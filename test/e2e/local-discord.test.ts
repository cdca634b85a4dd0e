/** The local Discord as the real discord.js client sees it. */
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ButtonBuilder,
  ButtonStyle,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  InteractionContextType,
  type Message,
  MessageFlags,
  Partials,
  TextDisplayBuilder,
} from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from "../../src/local/server.ts";

interface World {
  readonly local: LocalDiscord;
  readonly client: Client<true>;
  readonly channelId: string;
}

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end();
});

async function login(
  options: Partial<LocalDiscordOptions> = {},
  onInteraction: (interaction: Interaction) => Promise<unknown> = () => Promise.resolve(),
): Promise<World> {
  const local = await startLocalDiscord({ port: 0, identifyWindowMs: 0, ...options });
  cleanUp.push(local.close);
  const client: Client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    rest: { api: local.apiUrl, retries: 0 },
  });
  cleanUp.push(() => client.destroy());
  client.on(Events.InteractionCreate, (interaction) => void onInteraction(interaction));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(local.token);
  return { local, client: await ready, channelId: local.guilds[0]?.channelId ?? "" };
}

function heard(client: Client): Promise<Message> {
  return new Promise((resolve) => client.once(Events.MessageCreate, resolve));
}

const ASK = {
  name: "ask",
  description: "Ask",
  nameLocalizations: { de: "fragen" },
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: "question",
      description: "What",
      required: true,
      autocomplete: true,
    } as const,
  ],
};

async function register({ client }: World): Promise<string> {
  const commands = await client.application.commands.set([ASK]);
  return commands.first()?.id ?? "";
}

const options = [{ name: "question", value: "how" }];

describe("discord.js", { timeout: 20_000 }, () => {
  it("logs in and finds its server", async () => {
    const { client, local } = await login();
    expect(client.user.id).toBe(local.applicationId);
    expect(client.guilds.cache.map(({ id }) => id)).toEqual(local.guilds.map(({ id }) => id));
    const guild = await client.guilds.fetch(local.guilds[0]?.id ?? "");
    expect(guild.members.me?.id).toBe(local.applicationId);
    expect((await client.application.fetch()).name).toBe("Wayout");
  });

  it("is refused with a wrong token, at REST as at the gateway", async () => {
    const local = await startLocalDiscord({ port: 0 });
    cleanUp.push(local.close);
    const client = new Client({ intents: [], rest: { api: local.apiUrl } });
    await expect(client.login("wrong")).rejects.toThrow(/token/i);
  });

  it("reads back the commands it registered", async () => {
    const world = await login();
    await register(world);
    const fetched = await world.client.application.commands.fetch({ withLocalizations: true });
    expect(fetched.map(({ name }) => name)).toEqual(["ask"]);
    expect(fetched.first()?.equals(ASK)).toBe(true);
  });

  it("answers a command, edits, follows up, and updates by button", async () => {
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId("next").setLabel("Next").setStyle(ButtonStyle.Primary),
    );
    const card = (text: string) => [new TextDisplayBuilder().setContent(text), row];
    const world = await login({}, async (interaction) => {
      if (interaction.isChatInputCommand()) {
        const flags = MessageFlags.Ephemeral | MessageFlags.IsComponentsV2;
        await interaction.reply({ flags, components: card(interaction.options.getString("question", true)) });
        await interaction.editReply({ components: card("edited") });
        await interaction.followUp({ flags: MessageFlags.Ephemeral, content: "and another thing" });
      } else if (interaction.isButton()) {
        await interaction.update({ components: card("next") });
      }
    });
    const { local, channelId } = world;
    const used = await local.person.useCommand({ channelId, commandId: await register(world), options });
    expect(used).toMatchObject({ ok: true, message: { components: [{ content: "how" }, {}] } });
    await expect.poll(() => local.messages(channelId)).toHaveLength(2);
    const [first, second] = local.messages(channelId);
    expect(first).toMatchObject({ components: [{ content: "edited" }, {}] });
    expect(second).toMatchObject({ content: "and another thing", flags: MessageFlags.Ephemeral });
    const pressed = await local.person.useComponent({ channelId, messageId: first?.id ?? "", customId: "next" });
    expect(pressed).toMatchObject({ ok: true, message: { id: first?.id, components: [{ content: "next" }, {}] } });
  });

  it("gets the message it answered with, on request", async () => {
    const ids: string[] = [];
    const world = await login({}, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const response = await interaction.deferReply({ withResponse: true });
      ids.push(response.resource?.message?.id ?? "");
      ids.push((await interaction.editReply("done")).id);
    });
    const { local, channelId } = world;
    const used = await local.person.useCommand({ channelId, commandId: await register(world), options });
    await expect.poll(() => ids).toHaveLength(2);
    expect(used).toMatchObject({ ok: true, message: { id: ids[0] } });
    expect(ids[1]).toBe(ids[0]);
  });

  it("completes options", async () => {
    const world = await login({}, async (interaction) => {
      if (interaction.isAutocomplete())
        await interaction.respond([{ name: `${interaction.options.getFocused()}?`, value: "how" }]);
    });
    const { local, channelId } = world;
    const commandId = await register(world);
    const outcome = await local.person.autocomplete({ channelId, commandId, options, focused: "question" });
    expect(outcome).toMatchObject({ ok: true, choices: [{ name: "how?", value: "how" }] });
  });

  it("hears messages, without their text where they are not for it, and replies", async () => {
    const { client, local, channelId } = await login();
    let next = heard(client);
    local.person.say({ channelId, content: "among ourselves" });
    expect((await next).content).toBe("");
    next = heard(client);
    const asked = local.person.say({ channelId, content: `<@${client.user.id}> how?` });
    const message = await next;
    expect([message.content, message.mentions.has(client.user)]).toEqual([asked.content, true]);
    const reply = await message.reply({ content: "like this", allowedMentions: { parse: [] } });
    expect(reply.reference?.messageId).toBe(asked.id);
    next = heard(client);
    local.person.say({ channelId: local.directChannelId, content: "just us" });
    const direct = await next;
    expect([direct.content, direct.inGuild()]).toEqual(["just us", false]);
    await (await direct.author.createDM()).send({ files: [{ attachment: Buffer.from("x"), name: "x.ics" }] });
    expect(local.messages(local.directChannelId).at(-1)?.attachments).toMatchObject([{ filename: "x.ics", size: 1 }]);
  });

  it("throws DiscordAPIError, naming the field, for what breaks the rules", async () => {
    const { client, channelId } = await login();
    const channel = await client.channels.fetch(channelId);
    if (!channel?.isSendable()) throw new Error("The channel cannot be written in.");
    const refused = await channel.send("x".repeat(2001)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DiscordAPIError);
    expect(refused).toMatchObject({
      code: 50035,
      status: 400,
      message: "Invalid Form Body\ncontent[BASE_TYPE_MAX_LENGTH]: Must be 2000 or fewer in length.",
    });
  });

  it("waits for rate limits, by itself", async () => {
    const windowMs = 300;
    const { client, channelId, local } = await login({
      rateLimits: {
        global: { limit: 50, windowMs },
        messages: { limit: 2, windowMs },
        other: { limit: 50, windowMs },
      },
    });
    const channel = await client.channels.fetch(channelId);
    if (!channel?.isSendable()) throw new Error("The channel cannot be written in.");
    await Promise.all(["1", "2", "3", "4", "5"].map((text) => channel.send(text)));
    expect(local.messages(channelId).map(({ content }) => content)).toEqual(["1", "2", "3", "4", "5"]);
    expect(local.requests().filter(({ status }) => status === 429)).toEqual([]);
  });

  it("resumes after its socket is cut, and hears what it missed", async () => {
    const contents: string[] = [];
    const { client, local } = await login();
    client.on(Events.MessageCreate, ({ content }) => contents.push(content));
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, (_, replayed) => resolve(replayed)));
    local.faults.gateway.cut();
    local.person.say({ channelId: local.directChannelId, content: "missed" });
    expect(await resumed).toBeGreaterThan(0);
    expect(contents).toEqual(["missed"]);
    local.person.say({ channelId: local.directChannelId, content: "next" });
    await expect.poll(() => contents).toEqual(["missed", "next"]);
  });

  it.each([
    ["asked to reconnect", ({ local }: World) => local.faults.gateway.reconnect()],
    ["its session is over", ({ local }: World) => local.faults.gateway.invalidate(false)],
    ["it is closed with 4000", ({ local }: World) => local.faults.gateway.close(4000)],
    [
      "no heartbeat is acknowledged",
      ({ local, client }: World) => {
        local.faults.gateway.silence(true);
        client.once(Events.ShardReconnecting, () => local.faults.gateway.silence(false));
      },
    ],
  ])("is back where %s", async (_, fault) => {
    const world = await login({ heartbeatIntervalMs: 1000 });
    const { client, local } = world;
    const back = new Promise<void>((resolve) => {
      client.once(Events.ShardResume, () => resolve());
      client.once(Events.ShardReady, () => resolve());
    });
    fault(world);
    await back;
    const next = heard(client);
    local.person.say({ channelId: local.directChannelId, content: "hello again" });
    expect((await next).content).toBe("hello again");
  });

  it("runs several shards, each with its servers", async () => {
    const local = await startLocalDiscord({ port: 0, guilds: 6, maxConcurrency: 4, identifyWindowMs: 100 });
    cleanUp.push(local.close);
    const client: Client = new Client({
      intents: [GatewayIntentBits.Guilds],
      shards: [0, 1, 2],
      shardCount: 3,
      rest: { api: local.apiUrl },
    });
    cleanUp.push(() => client.destroy());
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    await client.login(local.token);
    await ready;
    for (const { id } of local.guilds)
      expect(client.guilds.cache.get(id)?.shardId).toBe(Number((BigInt(id) >> 22n) % 3n));
  });
});
