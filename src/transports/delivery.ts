/**
 * Brings answers to Discord, on its bad days too: what fails for the moment is tried again for as long as the answer is
 * of use, and no longer, so that nothing piles up while Discord is slow.
 */

import { DiscordAPIError, type RateLimitData, RateLimitError, REST } from "discord.js";
import { type APIInteractionResponse, type RESTPostAPIChannelMessageJSONBody, Routes } from "discord-api-types/v10";
import type { Logger } from "../log.ts";
import { createCallbacks, type InteractionKey } from "./interaction-callbacks.ts";
import { toBody } from "./response-body.ts";
import type { Watch } from "./watch.ts";

/** How long something is tried, all in milliseconds. */
interface Patience {
  /** No attempt begins later than this after the question came. */
  readonly total: number;
  /** Before the second attempt; doubled before each further one. */
  readonly firstPause: number;
  /** How long an attempt may take, from its beginning, where so much of the total is left. */
  readonly attempt: (left: number) => number;
}

// Discord waits 3 s for the answer to an interaction. An attempt that hangs may take half of what is left, so that after
// three that hang there is a fourth. Should Discord have taken one of them after all, it refuses the next.
const INTERACTION: Patience = { total: 2_800, firstPause: 50, attempt: (left) => Math.max(left / 2, 400) };
// A reply to a message has no end by Discord's rules. Half a minute later people have moved on.
const MESSAGE: Patience = { total: 30_000, firstPause: 250, attempt: (left) => left };
// Without the wait for its turn, as is all that the client itself limits.
const MESSAGE_ATTEMPT_MS = 10_000;

// Requests a second for everything a bot does, but answers to interactions:
// https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
const GLOBAL_LIMIT = 50;
// A clock that drifts is set right by less than this.
const CLOCK_STEP_MS = 1_000;
const SLOW_DOWN_LOG_MS = 10_000;

/** Brings answers to Discord. What it rejects with is the last attempt's error. */
export interface Delivery {
  /**
   * Answers an interaction, while Discord would still take the answer.
   *
   * @param receivedAt - when it arrived, by `performance.now()`
   * @throws {DiscordAPIError} where Discord refuses it, another error where it could not be brought in time
   */
  respond(interaction: InteractionKey, response: APIInteractionResponse, receivedAt: number): Promise<void>;
  /**
   * Writes a message. Its nonce is to be enforced, so that a second attempt can't become a second message.
   *
   * @throws as {@link Delivery.respond}
   */
  write(channelId: string, body: RESTPostAPIChannelMessageJSONBody, receivedAt: number): Promise<void>;
}

export interface DeliveryOptions {
  readonly token: string;
  /** Base URL of the REST API, without its version. */
  readonly apiUrl: string;
  readonly log: Logger;
  /** Told of each attempt that failed, and where Discord asks to slow down. */
  readonly watch: Pick<Watch, "failed" | "rateLimited">;
}

export function createDelivery({ token, apiUrl, log, watch }: DeliveryOptions): Delivery {
  const logSlowDown = rarely(SLOW_DOWN_LOG_MS, (details: object) => log.warn(details, "Discord asked to slow down."));
  const slowDown = ({ method, route, scope, global, retryAfter }: RateLimitData): void => {
    watch.rateLimited(scope);
    logSlowDown({ method, route, scope, global, retryAfter });
  };
  // Answers to interactions have neither a limit of their own nor a part in the bot's.
  const callBack = createCallbacks(apiUrl);
  const messages = new REST({
    api: apiUrl,
    timeout: MESSAGE_ATTEMPT_MS,
    // It would try again at once, and some failures not at all.
    retries: 0,
    globalRequestsPerSecond: GLOBAL_LIMIT,
    invalidRequestWarningInterval: 100,
    rejectOnRateLimit(limit) {
      slowDown(limit);
      // Where Discord names no time, it would ask again at once, and for ever.
      return !(limit.retryAfter > 0 && limit.retryAfter <= MESSAGE.total);
    },
  }).setToken(token);
  messages.on("invalidRequestWarning", ({ count, remainingTime }) =>
    log.warn(
      { count, remainingTime },
      "Discord refused many requests; at 10,000 in 10 minutes it blocks this machine.",
    ),
  );
  const checkClock = forgetLimitsAfterClockStep(messages);

  const persist = async (
    patience: Patience,
    receivedAt: number,
    attempt: (timeout: number) => Promise<unknown>,
  ): Promise<void> => {
    for (let pause = patience.firstPause; ; pause *= 2) {
      try {
        await attempt(patience.attempt(receivedAt + patience.total - performance.now()));
        return;
      } catch (error) {
        watch.failed(error);
        // What hung has waited already.
        const wait = isTimeout(error) ? 0 : waitAfter(error, pause);
        if (performance.now() + wait - receivedAt > patience.total) throw error;
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };

  return {
    async respond(interaction, response, receivedAt) {
      const body = toBody(response);
      await persist(INTERACTION, receivedAt, (timeout) =>
        callBack(interaction, body, timeout).catch((error: unknown) => {
          if (error instanceof RateLimitError) slowDown(error);
          throw error;
        }),
      );
    },
    async write(channelId, body, receivedAt) {
      checkClock();
      const route = Routes.channelMessages(channelId);
      await persist(MESSAGE, receivedAt, (timeout) => {
        // Ends the wait for messages before this one in the same channel, too.
        const end = new AbortController();
        const timer = setTimeout(() => end.abort(), timeout);
        return messages.post(route, { body, signal: end.signal }).finally(() => clearTimeout(timer));
      });
    },
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Milliseconds until another attempt may succeed; for ever where none will. */
function waitAfter(error: unknown, pause: number): number {
  if (error instanceof RateLimitError) return Math.max(pause, error.retryAfter);
  // What Discord has refused it will refuse again. Anything else is its trouble or the network's: 5xx, resets, hangs.
  return error instanceof DiscordAPIError ? Number.POSITIVE_INFINITY : pause;
}

/**
 * Rate limits end at a time of day. Where the clock is set back, by an hour say, they would last an hour longer.
 *
 * @returns looks at the clock; to be called before each request
 */
function forgetLimitsAfterClockStep(rest: REST): () => void {
  const offset = (): number => Date.now() - performance.now();
  let known = offset();
  return () => {
    const now = offset();
    if (now < known - CLOCK_STEP_MS) {
      rest.globalReset = -1;
      rest.handlers.clear();
    }
    known = now;
  };
}

/** Passes on what comes first, and then nothing for a while. */
function rarely<Value>(intervalMs: number, act: (value: Value) => void): (value: Value) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (value) => {
    const now = performance.now();
    if (now - last < intervalMs) return;
    last = now;
    act(value);
  };
}
