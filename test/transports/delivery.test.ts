import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InteractionResponseType } from "discord-api-types/v10";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createLogger } from "../../src/log.ts";
import { createDelivery, type Delivery } from "../../src/transports/delivery.ts";
import { unwatched } from "../../src/transports/watch.ts";

type Behavior = (response: ServerResponse, request: IncomingMessage) => void;

const ok: Behavior = (response) => response.writeHead(204).end();
const hang: Behavior = () => {};
const reset: Behavior = (_, request) => request.socket.resetAndDestroy();
const closed: Behavior = (_, request) => request.socket.destroy();
const status =
  (code: number, body: object = {}, headers: Record<string, string> = {}): Behavior =>
  (response) =>
    response.writeHead(code, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
const html =
  (code: number): Behavior =>
  (response) =>
    response.writeHead(code, { "content-type": "text/html" }).end("<html>Bad gateway</html>");

const servers: Server[] = [];

/** A server that behaves so, one request after the other, and then well. */
async function against(...behaviors: Behavior[]): Promise<{ delivery: Delivery; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      requests.push(body);
      (behaviors.shift() ?? ok)(response, request);
    });
    request.on("error", () => {});
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const apiUrl = `http://127.0.0.1:${port}/api`;
  const delivery = createDelivery({ token: "t", apiUrl, log: createLogger("silent"), watch: unwatched });
  return { delivery, requests };
}

afterEach(() => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const respond = (delivery: Delivery): Promise<void> =>
  delivery.respond({ id: "1", token: "abc" }, { type: InteractionResponseType.Pong }, performance.now());
const write = (delivery: Delivery): Promise<void> =>
  delivery.write("100000000000000001", { content: "hi", nonce: "7", enforce_nonce: true }, performance.now());

describe("an answer to an interaction", () => {
  it.each([
    ["a 500", [status(500)]],
    ["two proxies' 502 in HTML", [html(502), html(502)]],
    ["a reset connection", [reset]],
    ["a closed connection", [closed, closed]],
    ["a short 429", [status(429, { retry_after: 0.2 }, { "retry-after": "1" })]],
    ["a 429 that names no time", [status(429)]],
  ])("survives %s", async (_, behaviors) => {
    const { delivery, requests } = await against(...behaviors);
    await respond(delivery);
    expect(requests).toHaveLength(behaviors.length + 1);
  });

  it("is tried again where attempts hang, with less and less patience", { timeout: 20_000 }, async () => {
    const some = await against(hang, hang);
    await respond(some.delivery);
    expect(some.requests).toHaveLength(3);
  });

  it("is given up in the end where all attempts hang", { timeout: 20_000 }, async () => {
    const all = await against(...Array.from({ length: 99 }, () => hang));
    await expect(respond(all.delivery)).rejects.toMatchObject({ name: "AbortError" });
    expect(all.requests.length).toBeGreaterThan(2);
    expect(all.requests.length).toBeLessThan(7);
  });

  it("is given up at once where Discord asks to wait longer than it would take it", async () => {
    const { delivery, requests } = await against(status(429, { retry_after: 60 }, { "retry-after": "60" }));
    await expect(respond(delivery)).rejects.toMatchObject({ retryAfter: expect.closeTo(60_000, -3) as number });
    expect(requests).toHaveLength(1);
  });

  it("is tried once where Discord refuses it", async () => {
    const { delivery, requests } = await against(status(404, { code: 10_062, message: "Unknown interaction" }));
    await expect(respond(delivery)).rejects.toMatchObject({ code: 10_062 });
    expect(requests).toHaveLength(1);
  });

  it("is not tried again once its time is over", async () => {
    const { delivery, requests } = await against(status(500));
    const late = performance.now() - 10_000;
    const answer = delivery.respond({ id: "1", token: "abc" }, { type: InteractionResponseType.Pong }, late);
    await expect(answer).rejects.toMatchObject({ status: 500 });
    expect(requests).toHaveLength(1);
  });
});

describe("a message", () => {
  it.each([
    ["a 503", [status(503)]],
    ["a reset connection", [reset]],
    ["a closed connection", [closed]],
    ["a short 429", [status(429, {}, { "retry-after": "1" })]],
    ["a short global 429", [status(429, {}, { "retry-after": "1", "x-ratelimit-global": "true" })]],
  ])("survives %s, always with the same nonce", async (_, behaviors) => {
    const { delivery, requests } = await against(...behaviors);
    await write(delivery);
    expect(requests).toHaveLength(behaviors.length + 1);
    for (const body of requests) expect(JSON.parse(body)).toMatchObject({ nonce: "7", enforce_nonce: true });
  });

  it.each([
    ["no permission", status(403, { code: 50_013, message: "Missing Permissions" }), { code: 50_013 }],
    ["a channel that is gone", status(404, { code: 10_003, message: "Unknown Channel" }), { code: 10_003 }],
    ["a refused token", status(401, { code: 0, message: "401: Unauthorized" }), { status: 401 }],
    ["a long 429", status(429, {}, { "retry-after": "600" }), { retryAfter: 600_050 }],
  ])("is tried once where there is %s", async (_, behavior, error) => {
    const { delivery, requests } = await against(behavior);
    await expect(write(delivery)).rejects.toMatchObject(error);
    expect(requests).toHaveLength(1);
  });

  it("does not wait for a limit that a clock set back would make an hour longer", async () => {
    const { delivery, requests } = await against(
      status(200, {}, { "x-ratelimit-limit": "5", "x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "1" }),
    );
    await write(delivery);
    const real = Date.now;
    vi.spyOn(Date, "now").mockImplementation(() => real() - 3_600_000);
    await write(delivery);
    expect(requests).toHaveLength(2);
  });
});
