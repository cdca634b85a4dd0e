/** The HTTP endpoint over real sockets, with requests signed as Discord signs them. */
import { connect, type Socket } from "node:net";
import { MessageFlags } from "discord-api-types/v10";
import { afterEach, describe, expect, it } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { createLogger } from "../../src/log.ts";
import { createMatcher } from "../../src/matching/matcher.ts";
import { type EndpointOptions, startEndpoint } from "../../src/transports/http-endpoint.ts";
import type { HttpServer } from "../../src/transports/http-server.ts";
import { createResponder } from "../../src/transports/responder.ts";
import { command, createSigner, PING } from "../transports/signed-requests.ts";

const knowledge = loadKnowledge();
const { respondToInteraction } = createResponder(
  { knowledge, matcher: createMatcher(knowledge), now: () => new Date() },
  (error) => {
    throw error;
  },
);
const discord = createSigner();
const MIB = 1024 * 1024;
const running: HttpServer[] = [];

async function start(change: Partial<EndpointOptions> = {}) {
  const endpoint = await startEndpoint({
    publicKey: discord.publicKey,
    port: 0,
    host: "127.0.0.1",
    respondToInteraction,
    log: createLogger("silent"),
    ...change,
  });
  running.push(endpoint);
  const url = `http://127.0.0.1:${endpoint.port}/interactions`;
  const post = (body: string | Uint8Array<ArrayBuffer>, headers = discord.headers(body)) =>
    fetch(url, { method: "POST", body, headers });
  return { endpoint, url, post };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ close }) => close()));
});

describe("a signed request", () => {
  it("PING gets PONG", async () => {
    const { post } = await start();
    const response = await post(PING);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({ type: 1 });
  });

  it("a command gets the card that the gateway would send, in private", async () => {
    const { post } = await start();
    const response = await post(command("delete-steps", { service: "tiktok" }));
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(body).toMatchObject({ type: 4, data: { flags: MessageFlags.Ephemeral | MessageFlags.IsComponentsV2 } });
    expect(JSON.stringify(body)).toContain("Delete your TikTok account");
  });

  it("is understood with letters beyond ASCII, byte for byte", async () => {
    const { post } = await start();
    const response = await post(command("ask", { question: "¿cómo elimino mi cuenta de TikTok? 😢" }));
    expect(response.status).toBe(200);
  });

  it("is taken when sent in chunks", async () => {
    const { endpoint } = await start();
    const body = command("delete-steps", { service: "tiktok" });
    const chunks = [body.slice(0, 100), body.slice(100)];
    expect(await sendInChunks(endpoint.port, discord.headers(body), chunks)).toBe("HTTP/1.1 200 OK");
  });
});

describe("a request that Discord did not sign", () => {
  it.each([
    ["no signature", () => ({})],
    ["a signature of somebody else", () => createSigner().headers(PING)],
    ["a signature of another body", () => discord.headers(command("ask"))],
    [
      "another time than was signed",
      () => ({ ...discord.headers(PING), "x-signature-timestamp": String(nowSeconds() + 1) }),
    ],
    ["no time", () => withoutHeader(discord.headers(PING), "x-signature-timestamp")],
    [
      "a signature that is no hexadecimal number",
      () => ({ ...discord.headers(PING), "x-signature-ed25519": "z".repeat(128) }),
    ],
    ["a signature that is cut short", () => cutSignature(discord.headers(PING), 126)],
    ["an empty signature", () => cutSignature(discord.headers(PING), 0)],
  ])("with %s gets 401", async (_, headers) => {
    const { post } = await start();
    expect((await post(PING, headers())).status).toBe(401);
  });

  it("gets 401 before its body is looked at", async () => {
    let asked = 0;
    const { post } = await start({
      respondToInteraction() {
        asked += 1;
        return { type: 1 };
      },
    });
    expect((await post("{no json", createSigner().headers("{no json"))).status).toBe(401);
    expect((await post(command("ask"), createSigner().headers(command("ask")))).status).toBe(401);
    expect(asked).toBe(0);
  });
});

describe("a request that is sent again later", () => {
  const signedAt = 1_800_000_000;

  it.each([
    ["5 minutes", 300, 200],
    ["5 minutes and a second", 301, 401],
    ["an hour", 3600, 401],
    ["5 minutes too early", -300, 200],
    ["more than that too early", -301, 401],
  ])("after %s", async (_, seconds, status) => {
    const { post } = await start({ now: () => (signedAt + seconds) * 1000 });
    expect((await post(PING, discord.headers(PING, signedAt))).status).toBe(status);
  });

  it.each(["", "NaN", "1e9", "-1800000000", "0x6b49d200", "1800000000.0", "1800000000 "])(
    "with the time %j, though signed, gets 401",
    async (timestamp) => {
      const { post } = await start({ now: () => signedAt * 1000 });
      expect((await post(PING, discord.headers(PING, timestamp))).status).toBe(401);
    },
  );
});

describe("a body", () => {
  it.each([
    ["is no JSON", "{"],
    ["is empty", ""],
    ["is no object", "[]"],
    ["is null", "null"],
    ["has no type", JSON.stringify({ id: "1", token: "t" })],
    ["has a type that is not known", JSON.stringify({ id: "1", token: "t", type: 99, data: { name: "ask" } })],
    ["has a type in words", JSON.stringify({ id: "1", token: "t", type: "2", data: { name: "ask" } })],
    ["is a command without data", JSON.stringify({ id: "1", token: "t", type: 2 })],
    ["is a command without name", JSON.stringify({ id: "1", token: "t", type: 2, data: {} })],
    ["is a button without custom_id", JSON.stringify({ id: "1", token: "t", type: 3, data: { component_type: 2 } })],
  ])("that %s gets 400", async (_, body) => {
    const { post } = await start();
    expect((await post(body)).status).toBe(400);
  });

  it("that is no UTF-8 gets 400", async () => {
    const { post } = await start();
    expect((await post(new Uint8Array([0x7b, 0xff, 0x7d]))).status).toBe(400);
  });

  it("of 1 MiB is read", async () => {
    const { post } = await start();
    expect((await post(PING.padEnd(MIB, " "))).status).toBe(200);
  });

  it("above 1 MiB gets 413, signed or not", async () => {
    const { post } = await start();
    const body = PING.padEnd(MIB + 1, " ");
    expect((await post(body)).status).toBe(413);
    expect((await post(body, {})).status).toBe(413);
  });

  it("above 1 MiB gets 413 in chunks, too", async () => {
    const { endpoint } = await start();
    const chunks = Array.from({ length: 6 }, () => " ".repeat(256 * 1024));
    const answer = await sendInChunks(endpoint.port, discord.headers(PING), chunks);
    expect(answer).toBe("HTTP/1.1 413 Payload Too Large");
  });

  it("that never ends is cut off", async () => {
    const { endpoint } = await start();
    const socket = await open(endpoint.port);
    socket.write("POST /interactions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    const chunk = `10000\r\n${" ".repeat(0x10000)}\r\n`;
    let isOpen = true;
    const end = closed(socket).then(() => {
      isOpen = false;
    });
    while (isOpen) {
      socket.write(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await end;
  });

  it("that says to be larger than 1 MiB gets 413 without being sent", async () => {
    const { endpoint } = await start();
    const socket = await open(endpoint.port);
    socket.write(`POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: ${50 * MIB}\r\n\r\n`);
    expect(await firstLine(socket)).toBe("HTTP/1.1 413 Payload Too Large");
  });
});

describe("any other request", () => {
  it("than POST gets 405, and any other path 404", async () => {
    const { url } = await start();
    const get = await fetch(url);
    expect(get.status).toBe(405);
    expect(get.headers.get("allow")).toBe("POST");
    expect((await fetch(new URL("/", url))).status).toBe(404);
    expect((await fetch(new URL("/.env", url))).status).toBe(404);
    expect((await fetch(new URL("/interactions/%2e%2e/%2e%2e/.env", url))).status).toBe(404);
  });
});

describe("a slow client", () => {
  const timeLimits = { headers: 200, request: 400, idle: 200, checks: 50 };

  it.each([
    ["sends nothing", ""],
    ["stops among the headers", "POST /interactions HTTP/1.1\r\nHost: x\r\n"],
    ["stops within the body", "POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"],
    [
      "stops between two chunks",
      "POST /interactions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    ],
    ["keeps the connection without need", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"],
  ])("that %s is cut off", async (_, text) => {
    const { endpoint } = await start({ timeLimits });
    const socket = await open(endpoint.port);
    socket.write(text);
    await closed(socket);
  });

  it("that sends a letter at a time is cut off, too", async () => {
    const { endpoint } = await start({ timeLimits });
    const socket = await open(endpoint.port);
    socket.write("POST /interactions HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    const trickle = setInterval(() => socket.write("a"), 20);
    await closed(socket);
    clearInterval(trickle);
  });

  it("does not keep others from being answered", async () => {
    const { endpoint, post } = await start();
    const slow = await Promise.all(Array.from({ length: 50 }, () => open(endpoint.port)));
    for (const socket of slow) socket.write("POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
    expect((await post(PING)).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});

describe("closing", () => {
  it("finishes the request under way, ends kept connections, and takes no new ones", async () => {
    const { endpoint, url, post } = await start();
    // Keeps its connection.
    expect((await post(PING)).status).toBe(200);
    const socket = await open(endpoint.port);
    const headers = Object.entries(discord.headers(PING)).map(([name, value]) => `${name}: ${value}`);
    socket.write(
      [
        "POST /interactions HTTP/1.1",
        "Host: x",
        `Content-Length: ${PING.length}`,
        ...headers,
        "",
        PING.slice(0, 5),
      ].join("\r\n"),
    );
    // So that its beginning has arrived: the server takes up connections in their order.
    expect((await post(PING)).status).toBe(200);
    const closing = endpoint.close();
    socket.write(PING.slice(5));
    const answer = await readAll(socket);
    expect(answer).toContain("HTTP/1.1 200 OK");
    expect(answer.toLowerCase()).toContain("connection: close");
    await closing;
    await expect(fetch(url)).rejects.toThrow();
  });
});

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

function withoutHeader(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

function cutSignature(headers: Record<string, string>, length: number): Record<string, string> {
  return { ...headers, "x-signature-ed25519": (headers["x-signature-ed25519"] ?? "").slice(0, length) };
}

/** Sends a body in chunks, for as long as the server takes them, and returns the answer's first line. */
async function sendInChunks(port: number, headers: Record<string, string>, chunks: readonly string[]): Promise<string> {
  const socket = await open(port);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write(["POST /interactions HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", ...lines, "", ""].join("\r\n"));
  for (const chunk of chunks) socket.write(`${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`);
  socket.write("0\r\n\r\n");
  return await firstLine(socket);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
  });
}

function closed(socket: Socket): Promise<void> {
  socket.resume();
  socket.on("error", () => {});
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

/** The first line of what the server sends, whatever becomes of the connection then. */
function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const [line, ...rest] = text.split("\r\n");
      if (line === undefined || rest.length === 0) return;
      socket.destroy();
      resolve(line);
    });
    socket.on("close", () => reject(new Error("closed without an answer")));
  });
}

async function readAll(socket: Socket): Promise<string> {
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return text;
}
