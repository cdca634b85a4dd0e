import { afterEach, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";
import { restClient } from "./support/rest-client.ts";

const running: LocalDiscord[] = [];
afterEach(async () => {
  for (const local of running.splice(0)) await local.close();
});

async function start(limits: { readonly global?: number; readonly messages?: number }) {
  const windowMs = 60_000;
  const local = await startLocalDiscord({
    port: 0,
    rateLimits: {
      global: { limit: limits.global ?? 50, windowMs },
      messages: { limit: limits.messages ?? 5, windowMs },
      other: { limit: 50, windowMs },
    },
  });
  running.push(local);
  const request = restClient(local);
  const say = (channel: string) => request("POST", `/channels/${channel}/messages`, { content: "x" });
  return { local, request, say, channel: local.guilds[0]?.channelId ?? "" };
}

it("counts by route and channel, and says so in headers", async () => {
  const { local, say, channel } = await start({ messages: 2 });
  const first = await say(channel);
  expect(Object.fromEntries(first.headers)).toMatchObject({
    "x-ratelimit-limit": "2",
    "x-ratelimit-remaining": "1",
    "x-ratelimit-reset-after": expect.stringMatching(/^\d+\.\d{3}$/),
    "x-ratelimit-reset": expect.stringMatching(/^\d+\.\d{3}$/),
    "x-ratelimit-bucket": expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  await say(channel);
  const refused = await say(channel);
  expect(refused).toMatchObject({
    status: 429,
    body: { message: "You are being rate limited.", retry_after: expect.any(Number), global: false },
  });
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    "retry-after": expect.stringMatching(/^\d+$/),
    "x-ratelimit-scope": "user",
    "x-ratelimit-remaining": "0",
  });
  expect((await say(local.directChannelId)).status).toBe(200);
});

it("counts a refused body, too, and tells its limits with it", async () => {
  const { request, channel } = await start({});
  const refused = await request("POST", `/channels/${channel}/messages`, {});
  expect([refused.status, refused.headers.get("x-ratelimit-remaining")]).toEqual([400, "4"]);
});

it("counts all the bot does, once each, but not callbacks", async () => {
  const { request } = await start({ global: 2 });
  await request("GET", "/users/@me");
  await request("GET", "/users/@me");
  const refused = await request("GET", "/users/@me");
  expect(refused).toMatchObject({ status: 429, body: { global: true } });
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    "x-ratelimit-global": "true",
    "x-ratelimit-scope": "global",
  });
  expect((await request("POST", "/interactions/1/none/callback", { type: 4 })).status).toBe(404);
});

it("can be imitated for any request, as can other faults", async () => {
  const { local, request } = await start({});
  const path = /^\/users\/@me$/;
  const ask = () => request("GET", "/users/@me");
  local.faults.rest({ path, effect: { kind: "rate-limit", retryAfterMs: 250, scope: "shared" } });
  expect(await ask()).toMatchObject({ status: 429, body: { retry_after: 0.25 } });
  local.faults.rest({
    path,
    effect: { kind: "error", status: 403, code: 50013, message: "Missing Permissions" },
    times: 2,
  });
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([403, 403, 200]);
  local.faults.rest({ path, effect: { kind: "respond", status: 502, headers: { "content-type": "text/html" } } });
  expect((await ask()).status).toBe(502);
  local.faults.rest({ path, effect: { kind: "reset" } });
  await expect(ask()).rejects.toThrow();
  local.faults.rest({ path, effect: { kind: "delay", ms: 5 } });
  expect((await ask()).status).toBe(200);
  const end = local.faults.rest({ path, method: "PUT", effect: { kind: "hang" } });
  expect((await ask()).status).toBe(200);
  end();
  local.faults.rest({ path, effect: { kind: "hang" } });
  const hung = fetch(`${local.apiUrl}/v10/users/@me`, { signal: AbortSignal.timeout(50) });
  await expect(hung).rejects.toThrow();
  local.faults.revokeToken();
  expect((await ask()).status).toBe(401);
  expect(
    local
      .requests()
      .filter(({ path }) => path === "/users/@me")
      .map(({ status }) => status),
  ).toEqual(expect.arrayContaining([429, 403, 502, 401]));
});
