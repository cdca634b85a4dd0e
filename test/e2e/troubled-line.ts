/**
 * A line between the bot and a local Discord on which anything may happen: requests lost on their way there or back,
 * connections cut in the middle of an event, heartbeats that nobody acknowledges. It sees what really travels, and so can
 * keep an account that neither end has made up. For end-to-end tests and the soak.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { GatewayOpcodes } from "discord-api-types/v10";
import { WebSocket, WebSocketServer } from "ws";

/** What the bot gets to read, where it is not Discord's own answer. */
export interface MadeUpAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What becomes of a request. */
export type Fate =
  | { readonly kind: "passes"; readonly afterMs?: number }
  /** Discord never hears of it. */
  | { readonly kind: "refused"; readonly answer: MadeUpAnswer }
  | { readonly kind: "reset" }
  | { readonly kind: "hangs" }
  /** Discord does what it was asked, and the bot does not get to know. */
  | { readonly kind: "answer lost"; readonly instead: MadeUpAnswer | "reset" | "hangs" | "half" };

export interface Asked {
  readonly method: string;
  /** Without `/api/v10`, with the query. */
  readonly path: string;
  readonly body: string;
}

interface SeenRequest extends Omit<Asked, "body"> {
  /** By `performance.now()`. */
  readonly at: number;
  readonly fate: Fate;
  /** What Discord answered, where it was asked and has answered. */
  discordSaid?: number;
}

export interface TroubledLine {
  /** For `DISCORD_API_URL`. */
  readonly apiUrl: string;
  /** The latest, oldest first. */
  readonly requests: readonly SeenRequest[];
  readonly gateway: GatewayTrouble;
  close(): Promise<void>;
}

/** What is wrong with the gateway. Where it lasts, it lasts until it is switched off. */
export interface GatewayTrouble {
  /** How many connections the bot has at this moment. */
  count(): number;
  /** Drops all connections without a word. */
  cut(): void;
  /** The next event breaks off in the middle, and its connection with it. */
  cutInNextEvent(): void;
  /** Sends a text to the bot. */
  send(text: string): void;
  close(code: number): void;
  /** Heartbeats are not acknowledged; all else goes on. */
  withholdAcks(on: boolean): void;
  /** HELLO comes so many milliseconds late. */
  delayHello(ms: number): void;
  /** New connections are refused with this HTTP status; 0 for none. */
  refuse(status: number): void;
  /** Events come twice. */
  duplicate(on: boolean): void;
}

export interface TroubledLineOptions {
  /** The local Discord's address: `http://127.0.0.1:3000`. */
  readonly target: string;
  /** Decides about each request; where not given, all pass. */
  readonly fateOf?: (request: Asked) => Fate;
  /** Told what Discord answered to a request, whether the bot gets to know it or not. */
  readonly onAnswer?: (request: SeenRequest, asked: string, answer: string) => void;
  /** Told of each of Discord's texts that was written to the bot on an open connection, and of the connection's number. */
  readonly onSent?: (text: string, connection: number) => void;
  /** Told when a connection has gone. */
  readonly onGone?: (connection: number) => void;
}

interface Connection {
  readonly number: number;
  readonly near: WebSocket;
  readonly raw: Duplex;
  readonly far: WebSocket;
}

const PASSES: Fate = { kind: "passes" };
const REQUESTS_KEPT = 1_000;
// What concerns the connection to the local Discord, and not the answer.
const OWN_HEADERS: readonly string[] = ["connection", "keep-alive", "transfer-encoding", "content-length", "date"];

export async function startTroubledLine(options: TroubledLineOptions): Promise<TroubledLine> {
  const { target, fateOf = () => PASSES, onAnswer, onSent, onGone } = options;
  const requests: SeenRequest[] = [];
  const connections = new Set<Connection>();
  const trouble = { breaksNext: false, acks: true, helloMs: 0, refusal: 0, twice: false };
  let connected = 0;
  let origin = "";
  const readdress = (text: string): string => text.replaceAll(new URL(target).host, new URL(origin).host);

  const server = createServer((incoming, response) => void serve(incoming, response));
  const sockets = new WebSocketServer({ noServer: true });

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming).catch(() => undefined);
    if (body === undefined) return;
    const method = incoming.method ?? "GET";
    const path = (incoming.url ?? "").replace(/^\/api(\/v\d+)?/, "");
    const fate = fateOf({ method, path, body });
    const seen: SeenRequest = { method, path, at: performance.now(), fate };
    requests.push(seen);
    if (requests.length > REQUESTS_KEPT) requests.shift();
    switch (fate.kind) {
      case "hangs":
        return;
      case "reset":
        return void incoming.socket.resetAndDestroy();
      case "refused":
        return respond(response, fate.answer);
      case "passes":
      case "answer lost":
    }
    if (fate.kind === "passes" && fate.afterMs !== undefined) await wait(fate.afterMs);
    const answer = await ask(target, incoming, body).catch((): MadeUpAnswer => ({ status: 502 }));
    seen.discordSaid = answer.status;
    onAnswer?.(seen, body, answer.body ?? "");
    if (fate.kind === "passes") return respond(response, { ...answer, body: readdress(answer.body ?? "") });
    if (fate.instead === "hangs") return;
    if (fate.instead === "reset") return void incoming.socket.resetAndDestroy();
    if (fate.instead !== "half") return respond(response, fate.instead);
    // The headers arrive, and then nothing more.
    response.writeHead(answer.status, { ...answer.headers, "content-length": "1000" });
    response.write("{");
  };

  server.on("upgrade", (incoming, raw, head) => {
    if (trouble.refusal > 0) {
      raw.end(`HTTP/1.1 ${trouble.refusal} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(incoming, raw, head, (near) => {
      const far = new WebSocket(`${target.replace("http", "ws")}${incoming.url ?? ""}`);
      connected += 1;
      join({ number: connected, near, raw, far });
    });
  });

  const write = ({ number, near }: Connection, text: string): void => {
    if (near.readyState !== WebSocket.OPEN) return;
    near.send(text);
    onSent?.(text, number);
  };

  const join = (connection: Connection): void => {
    const { number, near, raw, far } = connection;
    connections.add(connection);
    const unsent: string[] = [];
    near.on("message", (data) => {
      if (far.readyState === WebSocket.OPEN) far.send(String(data));
      else unsent.push(String(data));
    });
    far.on("open", () => {
      for (const text of unsent.splice(0)) far.send(text);
    });
    far.on("message", (data) => {
      const text = readdress(String(data));
      const { op } = JSON.parse(text) as { op: number };
      if (op === GatewayOpcodes.HeartbeatAck && !trouble.acks) return;
      if (op === GatewayOpcodes.Hello && trouble.helloMs > 0) {
        setTimeout(write, trouble.helloMs, connection, text);
        return;
      }
      if (op === GatewayOpcodes.Dispatch && trouble.breaksNext) {
        trouble.breaksNext = false;
        breakOff(raw, text);
        return;
      }
      write(connection, text);
      if (op === GatewayOpcodes.Dispatch && trouble.twice) write(connection, text);
    });
    near.on("close", (code) => {
      connections.delete(connection);
      onGone?.(number);
      if (isSendable(code)) far.close(code);
      else far.terminate();
    });
    far.on("close", (code) => {
      if (isSendable(code)) near.close(code);
      else near.terminate();
    });
    for (const end of [near, far]) end.on("error", () => end.terminate());
  };

  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
  origin = `http://127.0.0.1:${port}`;

  return {
    apiUrl: `${origin}/api`,
    requests,
    gateway: {
      count: () => connections.size,
      cut() {
        for (const { near } of connections) near.terminate();
      },
      cutInNextEvent() {
        trouble.breaksNext = true;
      },
      send(text) {
        for (const { near } of connections) near.send(text);
      },
      close(code) {
        for (const { near } of connections) near.close(code);
      },
      withholdAcks(on) {
        trouble.acks = !on;
      },
      delayHello(ms) {
        trouble.helloMs = ms;
      },
      refuse(status) {
        trouble.refusal = status;
      },
      duplicate(on) {
        trouble.twice = on;
      },
    },
    async close() {
      for (const { near, far } of connections) {
        near.terminate();
        far.terminate();
      }
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** Half a frame, and then the end: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
function breakOff(raw: Duplex, text: string): void {
  const payload = Buffer.from(text);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(payload.length));
  const frame = Buffer.concat([Buffer.from([0x81, 127]), length, payload]);
  raw.write(frame.subarray(0, frame.length / 2), () => raw.destroy());
}

/** Whether a close frame may hold this code; others tell only that there was none. */
function isSendable(code: number): boolean {
  return code === 1000 || (code >= 3000 && code < 5000) || (code > 1006 && code < 1015) || code === 1001;
}

function ask(target: string, { method, url = "", headers }: IncomingMessage, body: string): Promise<MadeUpAnswer> {
  return new Promise((resolve, reject) => {
    const { host: _, ...kept } = headers;
    const sent = request(new URL(url, target), { method, headers: kept }, (response) => {
      bodyOf(response).then((text) => {
        const told = Object.entries(response.headers).filter(([name]) => !OWN_HEADERS.includes(name));
        const plain = told.map(([name, value]) => [name, String(value)] as const);
        resolve({ status: response.statusCode ?? 502, body: text, headers: Object.fromEntries(plain) });
      }, reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function respond(response: ServerResponse, { status, body = "", headers }: MadeUpAnswer): void {
  response.writeHead(status, { ...headers, ...(status === 204 ? {} : { "content-length": Buffer.byteLength(body) }) });
  response.end(status === 204 ? undefined : body);
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
