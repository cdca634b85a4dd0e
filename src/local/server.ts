/**
 * The embedded local Discord: its REST API, its gateway and a small client as a web page, on this machine only. A bot
 * connects to it with the same library, over the same protocols, as to Discord itself.
 */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createAdaptorServer } from "@hono/node-server";
import type { APIApplicationCommand, APIMessage } from "discord-api-types/v10";
import { Hono } from "hono";
import { WebSocketServer } from "ws";
import { refusalOf } from "./access.ts";
import { createClientLine } from "./client-line.ts";
import { createGatewayFaults, createRestFaults, type Faults } from "./faults.ts";
import type { GatewaySettings } from "./gateway/connection.ts";
import { createGateway, type GatewayFlags } from "./gateway/gateway.ts";
import { createInteractions, type InteractionSettings } from "./interactions.ts";
import { addPageRoutes } from "./page.ts";
import { createPerson, type Person } from "./person.ts";
import { addApi } from "./rest/app.ts";
import type { ApiContext, ApiEnv } from "./rest/context.ts";
import { createState } from "./state.ts";

export interface LocalDiscordOptions {
  /** 0 takes any that is free. */
  readonly port: number;
  /** How many servers the bot is in; 1 where not given. The page shows the first. */
  readonly guilds?: number;
  readonly botName?: string;
  /** The bot's token; one is made up where not given. */
  readonly token?: string;
  /** Privileged intents that the bot was granted, a bit field; none where not given. */
  readonly grantedIntents?: number;
  /** Shards that may IDENTIFY at once; 1 where not given, as for a small bot. */
  readonly maxConcurrency?: number;
  /** `false` switches rate limits off; where not given, they are about Discord's. */
  readonly rateLimits?: ApiContext["limits"] | false;
  /** Waits, in ms. Where not given, they are Discord's. */
  readonly heartbeatIntervalMs?: number;
  readonly identifyWindowMs?: number;
  readonly resumeWindowMs?: number;
  readonly interactionDeadlineMs?: number;
  readonly interactionLifeMs?: number;
  /** Told of each IDENTIFY with a valid token, and whether it came when `maxConcurrency` allows it. */
  readonly onIdentify?: GatewaySettings["onIdentify"];
  /** Told when an interaction begins, and when it is answered or its time is up: for tests that keep an account. */
  readonly onInteraction?: InteractionSettings["onChange"];
}

/** A request that the REST API was sent. */
export interface SeenRequest {
  readonly method: string;
  /** Without `/api/v10` and without query. */
  readonly path: string;
  readonly status: number;
}

export interface LocalDiscord {
  /** The page: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Base of the REST API, without its version: `http://127.0.0.1:3000/api`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly applicationId: string;
  /** Ends every connection, and frees the port. */
  close(): Promise<void>;

  /** The person at the page, to be led by tests and benches as by the page itself. */
  readonly person: Person;
  readonly guilds: readonly { readonly id: string; readonly channelId: string }[];
  readonly directChannelId: string;
  commands(): readonly APIApplicationCommand[];
  /** What was said in a channel, private replies too, oldest first. */
  messages(channelId: string): readonly APIMessage[];
  /** The latest requests, oldest first. */
  requests(): readonly SeenRequest[];
  readonly faults: Faults;
}

/** Only from this machine. */
const HOST = "127.0.0.1";
/** Larger than any event of a client; longer ones are cut off unread. */
const MAX_FRAME_BYTES = 64 * 1024;
const REQUESTS_KEPT = 1000;

/** About what Discord allows; the exact figures are its own and change. */
const RATE_LIMITS: ApiContext["limits"] = {
  global: { limit: 50, windowMs: 1000 },
  messages: { limit: 5, windowMs: 5000 },
  other: { limit: 20, windowMs: 5000 },
};

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/**
 * Starts a local Discord on loopback.
 *
 * @throws the error of `listen`, with `code` EADDRINUSE where the port is taken.
 */
export async function startLocalDiscord(options: LocalDiscordOptions): Promise<LocalDiscord> {
  let port = 0;
  let isRevoked = false;
  const origin = (): string => `http://${HOST}:${port}`;
  const gatewayUrl = (): string => `ws://${HOST}:${port}/gateway`;
  const state = createState({
    guilds: options.guilds ?? 1,
    botName: options.botName ?? "Wayout",
    token: options.token,
  });
  const isToken = (token: string): boolean => !isRevoked && token === state.application.token;
  const flags: GatewayFlags = { silent: false, duplicateEvents: false };
  const grantedIntents = options.grantedIntents ?? 0;
  const maxConcurrency = options.maxConcurrency ?? 1;
  const gateway = createGateway(
    state,
    {
      heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
      grantedIntents,
      maxConcurrency,
      identifyWindowMs: options.identifyWindowMs ?? 5000,
      resumeWindowMs: options.resumeWindowMs ?? 120_000,
      graceMs: Math.min(5000, options.resumeWindowMs ?? 5000),
      url: gatewayUrl,
      isToken,
      onIdentify: options.onIdentify,
    },
    flags,
  );
  const interactions = createInteractions({
    deadlineMs: options.interactionDeadlineMs ?? 3000,
    lifeMs: options.interactionLifeMs ?? 15 * 60_000,
    botName: state.application.name,
    onChange: options.onInteraction,
  });
  const person = createPerson({
    state,
    origin,
    interactions,
    dispatch: gateway.dispatch,
    reachable: gateway.sessions.reachable,
  });
  const clientLine = createClientLine(state, person, gateway.sessions.online);
  const restFaults = createRestFaults();
  const requests: SeenRequest[] = [];

  const app = new Hono<ApiEnv>();
  app.use(async (context, next) => {
    const refusal = refusalOf(context.env.incoming.headers, port, context.req.path === "/");
    return refusal === null ? next() : context.text(refusal, 403);
  });
  app.use("/api/*", async (context, next) => {
    await next();
    const path = context.req.path.replace(/^\/api(\/v\d+)?/, "");
    requests.push({ method: context.req.method, path, status: context.res.status });
    if (requests.length > REQUESTS_KEPT) requests.shift();
  });
  app.use("/api/*", restFaults.middleware);
  addApi(app, {
    state,
    origin,
    interactions,
    isToken,
    grantedIntents,
    gateway: { url: gatewayUrl, maxConcurrency, identified: gateway.identified },
    limits: options.rateLimits === false ? null : (options.rateLimits ?? RATE_LIMITS),
  });
  addPageRoutes(app, state);

  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  server.on("upgrade", (request, socket, head) => {
    const refusal = refusalOf(request.headers, port, false);
    if (refusal !== null) {
      refuseUpgrade(socket, "403 Forbidden");
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? "/", origin());
    const path = pathname.replace(/\/$/, "");
    if (path !== "/gateway" && path !== "/client") {
      refuseUpgrade(socket, "404 Not Found");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (path === "/gateway") gateway.accept(webSocket, searchParams);
      else clientLine.accept(webSocket, request.headers["accept-language"]?.split(/[,;]/)[0] ?? null);
    });
  });
  port = await listen(server, options.port);

  return {
    url: origin(),
    apiUrl: `${origin()}/api`,
    token: state.application.token,
    applicationId: state.application.id,
    async close() {
      interactions.close();
      clientLine.close();
      gateway.close();
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
    person,
    guilds: [...state.guilds.values()].map(({ id, channels }) => ({ id, channelId: channels[0]?.id ?? "" })),
    directChannelId: state.directChannel.id,
    commands: () => [...state.commands.values()],
    messages: (channelId) => [...state.messagesIn(channelId).values()],
    requests: () => requests,
    faults: {
      rest: restFaults.add,
      revokeToken() {
        isRevoked = true;
        for (const session of [...gateway.sessions.all()]) session.line?.close(4004, "Authentication failed.");
      },
      gateway: createGatewayFaults(gateway.sessions, flags),
    },
  };
}
