/** The local Discord is for this machine alone: other machines cannot reach it, other sites' pages cannot use it. */
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type LocalDiscord, startLocalDiscord } from "../../src/local/server.ts";

let discord: LocalDiscord;
beforeAll(async () => {
  discord = await startLocalDiscord({ port: 0 });
});
afterAll(() => discord.close());

function isReachable(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(discord.url).port), host);
    const settle = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}

describe("the local Discord", () => {
  it("listens on loopback, and on no address that another machine could use", async () => {
    expect(await isReachable("127.0.0.1")).toBe(true);
    const outer = Object.values(networkInterfaces()).flatMap((list = []) =>
      list.filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address),
    );
    // A second loopback address stands for them where a machine has no network.
    for (const host of [...outer, "127.0.0.2"]) expect(await isReachable(host), host).toBe(false);
  });

  it.each([
    ["another site", { origin: "https://evil.example" }],
    ["a site whose name resolves to this machine", { host: "evil.example" }],
    ["a file that was opened", { origin: "null" }],
    ["another program's page on this machine", { origin: "http://127.0.0.1:1" }],
  ])("gives a page of %s no line to it", async (_, headers) => {
    const socket = new WebSocket(`${discord.url.replace("http", "ws")}/client`, { headers });
    const [error] = await once(socket, "error");
    expect(String(error)).toContain("403");
  });

  it("tells a page of another site nothing over HTTP, and does nothing for it", async () => {
    const headers = { origin: "https://evil.example", authorization: `Bot ${discord.token}` };
    const { channelId } = discord.guilds[0] ?? { channelId: "" };
    for (const [method, path] of [
      ["GET", "/"],
      ["GET", "/api/v10/users/@me"],
      ["POST", `/api/v10/channels/${channelId}/messages`],
    ] as const) {
      const response = await fetch(`${discord.url}${path}`, {
        method,
        headers: { ...headers, "content-type": "application/json" },
        ...(method === "POST" ? { body: JSON.stringify({ content: "from elsewhere" }) } : {}),
      });
      expect(response.status).toBe(403);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
    expect(discord.messages(channelId)).toEqual([]);
  });
});
