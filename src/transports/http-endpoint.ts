/**
 * Discord's other way to reach an app: it posts each interaction to a public address and takes the answer from the
 * response. No connection is held and nothing is remembered, so any number of copies can stand behind any balancer.
 *
 * Rules: https://docs.discord.com/developers/interactions/overview#preparing-for-interactions
 */
import type { webcrypto } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { type APIInteraction, type APIInteractionResponse, InteractionType } from "discord-api-types/v10";
import { verifyKey } from "discord-interactions";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "../log.ts";

// Interactions are a few KiB; Discord's own requests are far below this.
const MAX_BODY_BYTES = 1024 * 1024;
// A signed request that is sent again later is refused, as is one from a clock that is off by more than this.
const MAX_AGE_SECONDS = 5 * 60;
// Who sends slower than this is not Discord.
const REQUEST_TIMEOUT_MS = 20_000;
const HEADERS_TIMEOUT_MS = 10_000;

const SIGNATURE = /^[0-9a-f]{128}$/i;
const TIMESTAMP = /^\d{1,12}$/;
const INTERACTION_TYPES: readonly unknown[] = Object.values(InteractionType).filter((type) => typeof type === "number");

export interface EndpointOptions {
  /** The application's public key: 64 hexadecimal digits, from the developer portal. */
  readonly publicKey: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Address to listen on; all of them where none is given. */
  readonly host?: string | undefined;
  readonly respondToInteraction: (interaction: APIInteraction) => APIInteractionResponse;
  readonly log: Logger;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
}

/** A running endpoint. */
export interface Endpoint {
  readonly port: number;
  /** Takes no new connections, and finishes the requests under way. */
  close(): Promise<void>;
}

/**
 * Serves `POST /interactions`.
 *
 * @throws {Error} where the public key is none, or the port cannot be listened on (`code` as Node gives it)
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const key = await importPublicKey(options.publicKey);
  const app = createApp(key, options);
  const server = createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      // How often the two limits above are enforced.
      connectionsCheckingInterval: 5_000,
    },
    getRequestListener(app.fetch, { overrideGlobalObjects: false }),
  );
  const port = await listen(server, options.port, options.host);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function createApp(key: webcrypto.CryptoKey, { respondToInteraction, log, now = Date.now }: EndpointOptions): Hono {
  const app = new Hono();
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (context) => context.text("The body is larger than 1 MiB.", 413),
  });
  app.post("/interactions", limit, async (context) => {
    const signature = context.req.header("x-signature-ed25519") ?? "";
    const timestamp = context.req.header("x-signature-timestamp") ?? "";
    const body = new Uint8Array(await context.req.arrayBuffer());
    // Nothing of the body is looked at before it is known to be Discord's. Discord itself sends wrong signatures now and
    // then, and removes the endpoint's address if they pass.
    const isFresh = TIMESTAMP.test(timestamp) && Math.abs(now() / 1000 - Number(timestamp)) <= MAX_AGE_SECONDS;
    if (!isFresh || !SIGNATURE.test(signature) || !(await verifyKey(body, signature, timestamp, key))) {
      return context.text("The request is not signed by Discord.", 401);
    }
    const interaction = parseInteraction(body);
    if (interaction === undefined) return context.text("The body is no interaction.", 400);
    try {
      return context.json(respondToInteraction(interaction));
    } catch (error) {
      log.error({ error, interactionType: interaction.type }, "An interaction could not be answered.");
      return context.text("The interaction could not be answered.", 500);
    }
  });
  app.all("/interactions", (context) => context.text("Only POST.", 405, { allow: "POST" }));
  app.notFound((context) => context.text("There is nothing here.", 404));
  app.onError((error, context) => {
    log.warn({ error }, "A request to the endpoint broke off.");
    return context.text("The request could not be read.", 400);
  });
  return app;
}

/** The fields that every interaction has; anything else is none. */
function parseInteraction(body: Uint8Array): APIInteraction | undefined {
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  if (typeof data !== "object" || data === null) return undefined;
  const { id, token, type } = data as Record<string, unknown>;
  const isInteraction = typeof id === "string" && typeof token === "string" && INTERACTION_TYPES.includes(type);
  return isInteraction ? (data as APIInteraction) : undefined;
}

async function importPublicKey(publicKey: string): Promise<webcrypto.CryptoKey> {
  return await crypto.subtle.importKey("raw", Buffer.from(publicKey, "hex"), { name: "Ed25519" }, false, ["verify"]);
}

function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.removeListener("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
