import { once } from "node:events";
import { createInflate } from "node:zlib";
import { GatewayIntentBits } from "discord-api-types/v10";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from "../../src/local/server.ts";
import { connectRaw, identifyBody, loginRaw } from "./support/raw-gateway.ts";
import { at, textAt } from "./support/rest-client.ts";

const running: LocalDiscord[] = [];
async function start(options: Partial<LocalDiscordOptions> = {}): Promise<LocalDiscord> {
  const local = await startLocalDiscord({ port: 0, identifyWindowMs: 0, ...options });
  running.push(local);
  return local;
}
afterEach(async () => {
  for (const local of running.splice(0)) await local.close();
});

const MESSAGES = GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages;

describe("connecting", () => {
  it("greets with HELLO and acknowledges heartbeats", async () => {
    const local = await start();
    const gateway = await connectRaw(local.apiUrl);
    const hello = await gateway.next(({ op }) => op === 10);
    expect(hello.d).toMatchObject({ heartbeat_interval: 41_250 });
    gateway.send(1, null);
    expect(await gateway.next(({ op }) => op === 11)).toMatchObject({ s: null, t: null });
  });

  it("sends READY, then the servers if they are asked for", async () => {
    const local = await start();
    const gateway = await loginRaw(local.apiUrl, { token: local.token, intents: GatewayIntentBits.Guilds });
    expect(gateway.ready).toMatchObject({
      s: 1,
      d: {
        v: 10,
        user: { id: local.applicationId, bot: true },
        guilds: [{ id: local.guilds[0]?.id, unavailable: true }],
        application: { id: local.applicationId },
        shard: [0, 1],
        resume_gateway_url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/gateway$/),
      },
    });
    const guild = await gateway.event("GUILD_CREATE");
    expect(guild).toMatchObject({ s: 2, d: { id: local.guilds[0]?.id, unavailable: false, member_count: 2 } });
    expect(at(guild.d, "members")).toHaveLength(1);
  });

  it("leaves out the servers without their intent", async () => {
    const local = await start();
    const gateway = await loginRaw(local.apiUrl, { token: local.token, intents: MESSAGES });
    local.person.say({ channelId: local.directChannelId, content: "hello" });
    await gateway.event("MESSAGE_CREATE");
    expect(gateway.frames.map(({ t }) => t)).not.toContain("GUILD_CREATE");
  });

  it.each([
    ["a wrong token", 4004, { token: "wrong" }],
    ["an intent that does not exist", 4013, { intents: 1 << 30 }],
    ["a privileged intent that was not granted", 4014, { intents: GatewayIntentBits.MessageContent }],
    ["a shard outside of their number", 4010, { shard: [2, 2] as const }],
    ["a negative shard", 4010, { shard: [-1, 2] as const }],
  ])("closes on %s with %i", async (_, code, identify) => {
    const local = await start();
    const gateway = await connectRaw(local.apiUrl);
    gateway.send(2, identifyBody({ token: local.token, ...identify }));
    expect(await gateway.closed).toBe(code);
  });

  it.each([
    ["what is no JSON", 4002, "{"],
    ["an unknown opcode", 4001, JSON.stringify({ op: 99, d: null })],
    ["a command before IDENTIFY", 4003, JSON.stringify({ op: 3, d: {} })],
    ["an IDENTIFY without its fields", 4002, JSON.stringify({ op: 2, d: {} })],
    ["more than 4096 bytes", 4002, JSON.stringify({ op: 1, d: "x".repeat(4096) })],
  ])("closes on %s with %i", async (_, code, text) => {
    const local = await start();
    const gateway = await connectRaw(local.apiUrl);
    gateway.sendText(text);
    expect(await gateway.closed).toBe(code);
  });

  it("closes on a second IDENTIFY with 4005", async () => {
    const local = await start();
    const gateway = await loginRaw(local.apiUrl, { token: local.token });
    gateway.send(2, identifyBody({ token: local.token }));
    expect(await gateway.closed).toBe(4005);
  });

  it("closes on more than 120 commands a minute with 4008", async () => {
    const local = await start();
    const gateway = await connectRaw(local.apiUrl);
    for (let sent = 0; sent <= 120; sent++) gateway.send(1, null);
    expect(await gateway.closed).toBe(4008);
  });

  it.each([
    ["v=6&encoding=json", 4012],
    ["v=10&encoding=etf", 4002],
  ])("closes on ?%s with %i", async (query, code) => {
    const local = await start();
    const gateway = await connectRaw(local.apiUrl, query);
    expect(await gateway.closed).toBe(code);
  });

  it("closes where no heartbeat comes with 4009, and the session is over", async () => {
    const local = await start({ heartbeatIntervalMs: 400 });
    const gateway = await loginRaw(local.apiUrl, { token: local.token });
    expect(await gateway.closed).toBe(4009);
    const again = await connectRaw(local.apiUrl);
    again.send(6, { token: local.token, session_id: textAt(gateway.ready.d, "session_id"), seq: 1 });
    expect(await again.next(({ op }) => op === 9)).toMatchObject({ d: false });
  });

  it("refuses an IDENTIFY too soon after another, as an invalid session", async () => {
    const local = await start({ identifyWindowMs: 60_000, maxConcurrency: 2 });
    await loginRaw(local.apiUrl, { token: local.token, shard: [0, 4] });
    // Another concurrency key: shard 1 of 2 at once.
    await loginRaw(local.apiUrl, { token: local.token, shard: [1, 4] });
    const third = await connectRaw(local.apiUrl);
    third.send(2, identifyBody({ token: local.token, shard: [2, 4] }));
    expect(await third.next(({ op }) => op === 9)).toMatchObject({ d: false });
  });

  it("compresses large payloads when asked to", async () => {
    const local = await start();
    const gateway = await connectRaw(local.apiUrl);
    gateway.send(2, identifyBody({ token: local.token, intents: GatewayIntentBits.Guilds, compress: true }));
    expect((await gateway.event("GUILD_CREATE")).d).toMatchObject({ id: local.guilds[0]?.id });
  });
});

describe("transport compression", () => {
  it("is one zlib stream for the connection's life, each message ending with the sync mark", async () => {
    const local = await start();
    const address = `${local.url.replace("http", "ws")}/gateway?v=10&encoding=json&compress=zlib-stream`;
    const socket = new WebSocket(address);
    const inflate = createInflate();
    const texts: string[] = [];
    inflate.on("data", (chunk: Buffer) => texts.push(chunk.toString()));
    const ends: Buffer[] = [];
    socket.on("message", (data: Buffer, isBinary) => {
      expect(isBinary).toBe(true);
      ends.push(data.subarray(-4));
      inflate.write(data);
    });
    await once(socket, "open");
    const identify = identifyBody({ token: local.token, intents: GatewayIntentBits.Guilds });
    socket.send(JSON.stringify({ op: 2, d: identify }));
    await expect.poll(() => texts.join("")).toContain("GUILD_CREATE");
    expect(texts.join("")).toContain('"heartbeat_interval":41250');
    expect(ends.every((end) => end.equals(Buffer.from([0, 0, 0xff, 0xff])))).toBe(true);
    socket.close();
  });
});

describe("resuming", () => {
  it("replays what was missed, in order, then RESUMED", async () => {
    const local = await start();
    const first = await loginRaw(local.apiUrl, { token: local.token, intents: MESSAGES });
    local.person.say({ channelId: local.directChannelId, content: "heard" });
    const heard = await first.event("MESSAGE_CREATE");
    first.cut();
    await first.closed;
    local.person.say({ channelId: local.directChannelId, content: "missed 1" });
    local.person.say({ channelId: local.directChannelId, content: "missed 2" });

    const second = await connectRaw(local.apiUrl);
    second.send(6, { token: local.token, session_id: textAt(first.ready.d, "session_id"), seq: heard.s });
    const resumed = await second.event("RESUMED");
    const events = second.frames.filter(({ op }) => op === 0);
    expect(events.map(({ t, d }) => [t, at(d, "content")])).toEqual([
      ["MESSAGE_CREATE", "missed 1"],
      ["MESSAGE_CREATE", "missed 2"],
      ["RESUMED", undefined],
    ]);
    expect(events.map(({ s }) => s)).toEqual([3, 4, 5]);
    local.person.say({ channelId: local.directChannelId, content: "next" });
    expect((await second.next(({ s }) => s === (resumed.s ?? 0) + 1)).t).toBe("MESSAGE_CREATE");
  });

  it("keeps a session after close codes other than 1000 and 1001", async () => {
    const local = await start();
    for (const [code, op] of [
      [4200, 0],
      [1000, 9],
      [1001, 9],
    ] as const) {
      const first = await loginRaw(local.apiUrl, { token: local.token });
      first.close(code);
      await first.closed;
      const second = await connectRaw(local.apiUrl);
      second.send(6, { token: local.token, session_id: textAt(first.ready.d, "session_id"), seq: 1 });
      const answer = await second.next((frame) => frame.op !== 10);
      expect([code, answer.op]).toEqual([code, op]);
    }
  });

  it("refuses unknown sessions, wrong tokens and sequences from the future", async () => {
    const local = await start();
    const { ready } = await loginRaw(local.apiUrl, { token: local.token });
    const session_id = textAt(ready.d, "session_id");
    const unknown = await connectRaw(local.apiUrl);
    unknown.send(6, { token: local.token, session_id: "nobody", seq: 1 });
    expect(await unknown.next(({ op }) => op === 9)).toMatchObject({ d: false });
    const stranger = await connectRaw(local.apiUrl);
    stranger.send(6, { token: "wrong", session_id, seq: 1 });
    expect(await stranger.closed).toBe(4004);
    const prophet = await connectRaw(local.apiUrl);
    prophet.send(6, { token: local.token, session_id, seq: 999 });
    expect(await prophet.closed).toBe(4007);
  });

  it("forgets sessions after a while", async () => {
    const local = await start({ resumeWindowMs: 20 });
    const first = await loginRaw(local.apiUrl, { token: local.token });
    first.cut();
    await expect
      .poll(async () => {
        const again = await connectRaw(local.apiUrl);
        again.send(6, { token: local.token, session_id: textAt(first.ready.d, "session_id"), seq: 1 });
        const { op } = await again.next((frame) => frame.op !== 10);
        again.cut();
        return op;
      })
      .toBe(9);
  });
});

describe("what sessions hear", () => {
  const GRANTED = GatewayIntentBits.MessageContent;

  it("withholds what was said to others, without the message content intent", async () => {
    const local = await start({ grantedIntents: GRANTED });
    const without = await loginRaw(local.apiUrl, { token: local.token, intents: MESSAGES });
    const withIntent = await loginRaw(local.apiUrl, { token: local.token, intents: MESSAGES | GRANTED });
    const channelId = local.guilds[0]?.channelId ?? "";
    local.person.say({ channelId, content: "among ourselves" });
    expect((await without.event("MESSAGE_CREATE")).d).toMatchObject({
      content: "",
      author: { id: local.person.user.id },
      member: { roles: [] },
      guild_id: local.guilds[0]?.id,
      channel_id: channelId,
    });
    expect((await withIntent.event("MESSAGE_CREATE")).d).toMatchObject({ content: "among ourselves" });
  });

  it("tells what was said to the bot: mentioning it, or in direct messages", async () => {
    const local = await start();
    const gateway = await loginRaw(local.apiUrl, { token: local.token, intents: MESSAGES });
    const mention = `<@${local.applicationId}> hello`;
    local.person.say({ channelId: local.guilds[0]?.channelId ?? "", content: mention });
    expect((await gateway.event("MESSAGE_CREATE")).d).toMatchObject({
      content: mention,
      mentions: [{ id: local.applicationId, member: {} }],
    });
    local.person.say({ channelId: local.directChannelId, content: "just us" });
    const direct = await gateway.event("MESSAGE_CREATE");
    expect(direct.d).toMatchObject({ content: "just us" });
    expect(direct.d).not.toHaveProperty("guild_id");
  });

  it("sends nothing that was not asked for", async () => {
    const local = await start();
    const gateway = await loginRaw(local.apiUrl, { token: local.token, intents: GatewayIntentBits.GuildMessages });
    local.person.say({ channelId: local.directChannelId, content: "not asked for" });
    local.person.say({ channelId: local.guilds[0]?.channelId ?? "", content: "asked for" });
    expect((await gateway.event("MESSAGE_CREATE")).d).toMatchObject({ channel_id: local.guilds[0]?.channelId });
  });

  it("goes to the shard of the server, direct messages to shard 0", async () => {
    const local = await start({ guilds: 5 });
    const shards = await Promise.all(
      [0, 1].map((id) => loginRaw(local.apiUrl, { token: local.token, intents: MESSAGES, shard: [id, 2] })),
    );
    for (const { id, channelId } of local.guilds) {
      const shard = Number((BigInt(id) >> 22n) % 2n);
      const message = local.person.say({ channelId, content: "hello" });
      expect((await shards[shard]?.event("MESSAGE_CREATE"))?.d).toMatchObject({ id: message.id, guild_id: id });
    }
    const listed = shards.flatMap(({ ready }) => at(ready.d, "guilds") as { id: string }[]).map(({ id }) => id);
    expect(listed.sort()).toEqual(local.guilds.map(({ id }) => id).sort());
    const message = local.person.say({ channelId: local.directChannelId, content: "hello" });
    expect((await shards[0]?.event("MESSAGE_CREATE"))?.d).toMatchObject({ id: message.id });
    expect(shards[1]?.frames.filter(({ d }) => at(d, "channel_id") === local.directChannelId)).toEqual([]);
  });
});

describe("faults at the gateway", () => {
  it("cuts, closes, asks to reconnect, invalidates, doubles and falls silent", async () => {
    const local = await start();
    const login = () => loginRaw(local.apiUrl, { token: local.token, intents: MESSAGES });
    const { gateway: faults } = local.faults;

    const cut = await login();
    faults.cut();
    expect(await cut.closed).toBe(1006);

    const closed = await login();
    faults.close(4000);
    expect(await closed.closed).toBe(4000);

    const asked = await login();
    faults.reconnect();
    expect(await asked.next(({ op }) => op === 7)).toMatchObject({ d: null });
    faults.invalidate(true);
    expect(await asked.next(({ op }) => op === 9)).toMatchObject({ d: true });
    faults.raw('{"op":0,"t":"NEW_EVENT","s":2,"d":null}');
    expect(await asked.event("NEW_EVENT")).toMatchObject({ s: 2 });

    faults.duplicateEvents(true);
    local.person.say({ channelId: local.directChannelId, content: "twice" });
    const [one, two] = [await asked.event("MESSAGE_CREATE"), await asked.event("MESSAGE_CREATE")];
    expect(two).toEqual(one);
    faults.duplicateEvents(false);

    faults.silence(true);
    asked.send(1, null);
    local.person.say({ channelId: local.directChannelId, content: "unheard" });
    faults.silence(false);
    local.person.say({ channelId: local.directChannelId, content: "heard" });
    expect((await asked.event("MESSAGE_CREATE")).d).toMatchObject({ content: "heard" });
    local.faults.revokeToken();
    expect(await asked.closed).toBe(4004);
  });
});
