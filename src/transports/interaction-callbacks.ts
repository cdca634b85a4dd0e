/**
 * Brings answers to interactions to Discord: the request for which a person waits. It goes straight to undici, the HTTP
 * client under discord.js's REST. What that adds to each request (queues, abort signals, streams) is for requests with
 * rate limits; it takes as long as all the rest of an answer, and outlives it for a while.
 */

import { DefaultUserAgent, DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { APIVersion, Routes } from "discord-api-types/v10";
import { Pool, util } from "undici";

/** What names an interaction to Discord. */
export interface InteractionKey {
  readonly id: string;
  readonly token: string;
}

/**
 * Tries once to bring a response to Discord.
 *
 * @param body - the response, as JSON
 * @param timeout - milliseconds in which Discord has to take it
 * @throws {DiscordAPIError} where Discord refuses it, {@link RateLimitError} where it asks to wait, {@link HTTPError}
 *   where it is in trouble, an `AbortError` where the time is over, and the network's errors
 */
export type CallBack = (key: InteractionKey, body: Buffer, timeout: number) => Promise<void>;

/** What Discord answered. */
interface Received {
  readonly status: number;
  readonly statusText: string;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}

const HEADERS = { "content-type": "application/json", "user-agent": DefaultUserAgent };
const METHOD = "POST";
const ROUTE = "/interactions/:id/:token/callback";
// Discord's errors have a few hundred bytes.
const MAX_ERROR_BYTES = 65_536;

/**
 * @param apiUrl - base URL of the REST API, without its version
 */
export function createCallbacks(apiUrl: string): CallBack {
  const { origin, pathname } = new URL(`${apiUrl}/v${APIVersion}`);
  // Each attempt has a timer of its own, on the millisecond.
  const pool = new Pool(origin, { headersTimeout: 0, bodyTimeout: 0 });
  return async ({ id, token }, body, timeout) => {
    const path = `${pathname}${Routes.interactionCallback(id, token)}`;
    const received = await send(pool, path, body, timeout);
    if (!isSuccess(received.status)) throw toError(received, `${origin}${path}`);
  };
}

function send(pool: Pool, path: string, body: Buffer, timeout: number): Promise<Received> {
  return new Promise((resolve, reject) => {
    let abort = (_: Error): void => {};
    let expired: Error | undefined;
    const timer = setTimeout(() => {
      expired = new DOMException("Discord did not answer in time.", "AbortError");
      abort(expired);
      reject(expired);
    }, timeout);

    let status = 0;
    let statusText = "";
    let headers: Received["headers"] = {};
    let text = "";
    pool.dispatch(
      { method: METHOD, path, headers: HEADERS, body },
      {
        onConnect(abortRequest) {
          if (expired) abortRequest(expired);
          abort = abortRequest;
        },
        onHeaders(code, rawHeaders, _, reason) {
          status = code;
          if (!isSuccess(code)) {
            statusText = reason;
            headers = util.parseHeaders(rawHeaders);
          }
          return true;
        },
        onData(chunk) {
          if (!isSuccess(status) && text.length < MAX_ERROR_BYTES) text += chunk.toString();
          return true;
        },
        onComplete() {
          clearTimeout(timer);
          resolve({ status, statusText, headers, body: text });
        },
        onError(error) {
          clearTimeout(timer);
          reject(error);
        },
      },
    );
  });
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** The same errors that discord.js's REST gives. */
function toError({ status, statusText, headers, body }: Received, url: string): Error {
  const nothing = { body: undefined, files: undefined };
  if (status === 429) return toRateLimitError(headers, url);
  if (status >= 500) return new HTTPError(status, statusText, METHOD, url, nothing);
  const { code, message } = readError(body);
  return new DiscordAPIError({ code, message }, code, status, METHOD, url, nothing);
}

function toRateLimitError(headers: Received["headers"], url: string): RateLimitError {
  // In seconds; Discord may name none.
  const retryAfter = Number(headers["retry-after"] ?? 0) * 1000;
  const scope = headers["x-ratelimit-scope"];
  return new RateLimitError({
    timeToReset: retryAfter,
    limit: Number.POSITIVE_INFINITY,
    method: METHOD,
    hash: ROUTE,
    url,
    route: ROUTE,
    majorParameter: ROUTE,
    global: headers["x-ratelimit-global"] !== undefined,
    retryAfter,
    sublimitTimeout: 0,
    scope: scope === "global" || scope === "shared" ? scope : "user",
  });
}

/** Discord's own code and sentence; a proxy in between sends anything. */
function readError(body: string): { code: number; message: string } {
  try {
    const { code, message } = JSON.parse(body) as { code?: unknown; message?: unknown };
    if (typeof code === "number") return { code, message: typeof message === "string" ? message : "" };
  } catch {
    // No JSON, or none that names anything.
  }
  return { code: 0, message: "The request was refused without a reason." };
}
