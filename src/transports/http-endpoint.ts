/**
 * Discord's other way to reach an app: it posts each interaction to a public address and takes the answer from the
 * response. No connection is held and nothing is remembered, so any number of copies can stand behind any balancer.
 *
 * Rules: https://docs.discord.com/developers/interactions/overview#preparing-for-interactions
 */
import type { webcrypto } from "node:crypto";
import { type APIInteraction, type APIInteractionResponse, InteractionType } from "discord-api-types/v10";
import { verifyKey } from "discord-interactions";
import { Hono } from "hono";
import type { Logger } from "../log.ts";
import { type HttpServer, startHttpServer, type TimeLimits } from "./http-server.ts";
import { unwatched, type Watch } from "./watch.ts";

// Interactions are a few KiB.
const MAX_BODY_BYTES = 1024 * 1024;
// A signed request that is sent again later is refused, as is one from a clock that is off by more than this.
const MAX_AGE_SECONDS = 5 * 60;

const SIGNATURE = /^[0-9a-f]{128}$/i;
const TIMESTAMP = /^\d{1,12}$/;

export interface EndpointOptions {
  /** The application's public key: 64 hexadecimal digits, from the developer portal. */
  readonly publicKey: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Address to listen on; all of this machine's where none is given. */
  readonly host?: string | undefined;
  readonly respondToInteraction: (interaction: APIInteraction) => APIInteractionResponse;
  readonly log: Logger;
  readonly watch?: Watch;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  readonly timeLimits?: TimeLimits | undefined;
}

/**
 * Serves `POST /interactions`.
 *
 * @throws {StartError} where the port or the address cannot be listened on
 */
export async function startEndpoint(options: EndpointOptions): Promise<HttpServer> {
  const { publicKey, port, host, timeLimits } = options;
  const app = createApp(await importPublicKey(publicKey), options);
  return await startHttpServer({ fetch: app.fetch, port, portSetting: "PORT", host, timeLimits });
}

function createApp(
  key: webcrypto.CryptoKey,
  { respondToInteraction, log, watch = unwatched, now = Date.now }: EndpointOptions,
): Hono {
  const app = new Hono();
  app.post("/interactions", async (context) => {
    const start = performance.now();
    const signature = context.req.header("x-signature-ed25519") ?? "";
    const timestamp = context.req.header("x-signature-timestamp") ?? "";
    const body = await readBody(context.req.raw);
    if (body === undefined) return context.text("The body is larger than 1 MiB.", 413);
    // Nothing of the body is looked at before it is known to be Discord's. Discord itself sends wrong signatures now and
    // then, and removes the endpoint's address if they pass.
    const isFresh = TIMESTAMP.test(timestamp) && Math.abs(now() / 1000 - Number(timestamp)) <= MAX_AGE_SECONDS;
    if (!isFresh || !SIGNATURE.test(signature) || !(await verifyKey(body, signature, timestamp, key))) {
      return context.text("The request is not signed by Discord.", 401);
    }
    const interaction = parseInteraction(body);
    if (interaction === undefined) return context.text("The body is no interaction.", 400);
    try {
      const response = context.json(respondToInteraction(interaction));
      watch.answeredInteraction(interaction, performance.now() - start);
      return response;
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

/** Reads a body, or returns undefined once it is too large, and reads no further. */
async function readBody(request: Request): Promise<Uint8Array | undefined> {
  const declared = request.headers.get("content-length");
  // Node reads no more than what is declared. Where nothing is, the body comes in chunks.
  if (declared !== null) {
    return Number(declared) > MAX_BODY_BYTES ? undefined : new Uint8Array(await request.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What a body must have to be an interaction; anything else is none. */
function parseInteraction(body: Uint8Array): APIInteraction | undefined {
  let interaction: unknown;
  try {
    interaction = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  return isInteraction(interaction) ? interaction : undefined;
}

/** Whether it is of a known type and says what was used; what else it holds is read with care later. */
function isInteraction(value: unknown): value is APIInteraction {
  if (typeof value !== "object" || value === null) return false;
  const { type, data } = value as { type?: unknown; data?: unknown };
  if (type === InteractionType.Ping) return true;
  if (typeof data !== "object" || data === null) return false;
  const { name, custom_id: customId } = data as { name?: unknown; custom_id?: unknown };
  switch (type) {
    case InteractionType.ApplicationCommand:
    case InteractionType.ApplicationCommandAutocomplete:
      return typeof name === "string";
    case InteractionType.MessageComponent:
    case InteractionType.ModalSubmit:
      return typeof customId === "string";
    default:
      return false;
  }
}

async function importPublicKey(publicKey: string): Promise<webcrypto.CryptoKey> {
  return await crypto.subtle.importKey("raw", Buffer.from(publicKey, "hex"), { name: "Ed25519" }, false, ["verify"]);
}
