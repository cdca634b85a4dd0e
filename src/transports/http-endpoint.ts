/**
 * Discord's other way to reach an app: it posts each interaction to a public address and takes the answer from the
 * response. No connection is held and nothing is remembered, so any number of copies can stand behind any balancer.
 *
 * Rules: https://docs.discord.com/developers/interactions/overview#preparing-for-interactions
 */
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type APIInteraction, type APIInteractionResponse, InteractionType } from "discord-api-types/v10";
import type { Logger } from "../log.ts";
import { type HttpAnswer, type HttpServer, pathOf, startHttpServer, type TimeLimits } from "./http-server.ts";
import { toBody } from "./response-body.ts";
import { unwatched, type Watch } from "./watch.ts";

// Interactions are a few KiB.
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_DROPPED_BYTES = 8 * MAX_BODY_BYTES;
// A signed request that is sent again later is refused, as is one from a clock that is off by more than this.
const MAX_AGE_SECONDS = 5 * 60;

const utf8 = new TextDecoder("utf-8", { fatal: true });
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
 * Written for Node's own server: what makes web-standard requests and responses of it costs as much as all the rest.
 *
 * @throws {StartError} where the port or the address cannot be listened on
 */
export async function startEndpoint(options: EndpointOptions): Promise<HttpServer> {
  const { publicKey, port, host, timeLimits } = options;
  const answer = createAnswer(readPublicKey(publicKey), options);
  return await startHttpServer({ answer, port, portSetting: "PORT", host, timeLimits });
}

function createAnswer(
  key: KeyObject,
  { respondToInteraction, log, watch = unwatched, now = Date.now }: EndpointOptions,
): (request: IncomingMessage) => HttpAnswer | Promise<HttpAnswer> {
  const isFresh = (timestamp: string): boolean =>
    TIMESTAMP.test(timestamp) && Math.abs(now() / 1000 - Number(timestamp)) <= MAX_AGE_SECONDS;

  const answerPost = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const start = performance.now();
    const signature = headerOf(request, "x-signature-ed25519");
    const timestamp = headerOf(request, "x-signature-timestamp");
    const body = await readBody(request);
    if (body === undefined) return { status: 413, body: "The body is larger than 1 MiB." };
    // Nothing of the body is looked at before it is known to be Discord's. Discord itself sends wrong signatures now and
    // then, and removes the endpoint's address if they pass.
    if (!isFresh(timestamp) || !SIGNATURE.test(signature) || !(await isSigned(timestamp, body, signature, key))) {
      return { status: 401, body: "The request is not signed by Discord." };
    }
    const interaction = parseInteraction(body);
    if (interaction === undefined) return { status: 400, body: "The body is no interaction." };
    try {
      const response = toBody(respondToInteraction(interaction));
      watch.answeredInteraction(interaction, performance.now() - start);
      return { status: 200, body: response, contentType: "application/json" };
    } catch (error) {
      log.error({ error, interactionType: interaction.type }, "An interaction could not be answered.");
      return { status: 500, body: "The interaction could not be answered." };
    }
  };

  return (request) => {
    if (pathOf(request) !== "/interactions") return { status: 404, body: "There is nothing here." };
    if (request.method !== "POST") return { status: 405, body: "Only POST.", headers: { allow: "POST" } };
    return answerPost(request);
  };
}

/** A header that stands once; empty where it is not there. */
function headerOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}

/**
 * Reads a body; undefined where it is too large. What still comes then is dropped, so that the client gets to read the
 * answer, and cut off where it does not end.
 *
 * @throws where the request breaks off
 */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    if (Number(request.headers["content-length"]) > MAX_BODY_BYTES) resolve(undefined);
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else if (length <= MAX_DROPPED_BYTES) resolve(undefined);
      else request.destroy();
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

/** What a body must have to be an interaction; anything else is none. */
function parseInteraction(body: Uint8Array): APIInteraction | undefined {
  let interaction: unknown;
  try {
    interaction = JSON.parse(utf8.decode(body));
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

/** The key as the developer portal shows it, as a JSON Web Key: https://www.rfc-editor.org/rfc/rfc8037#section-2 */
function readPublicKey(publicKey: string): KeyObject {
  const x = Buffer.from(publicKey, "hex").toString("base64url");
  return createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
}

/**
 * Checks Discord's signature, by Node's own OpenSSL and beside the main thread:
 * https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
 */
function isSigned(timestamp: string, body: Buffer, signature: string, key: KeyObject): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const signed = Buffer.concat([Buffer.from(timestamp), body]);
    verify(null, signed, key, Buffer.from(signature, "hex"), (error, isRight) =>
      error ? reject(error) : resolve(isRight),
    );
  });
}
