/**
 * Asks Discord where its gateway is, how many shards it recommends, and how many connections may still be begun:
 * https://docs.discord.com/developers/events/gateway#get-gateway-bot
 */
import { type APIGatewayBotInfo, DiscordAPIError, HTTPError, type REST, Routes } from "discord.js";
import { z } from "zod";
import type { Logger } from "../log.ts";
import { describeLoginFailure, describeStranger } from "./gateway-errors.ts";
import { StartError } from "./start-error.ts";

/** For a client that asks this: a wait that is longer than it can be told in a line is none for a start. */
export const START_REST = {
  timeout: 10_000,
  retries: 2,
  rejectOnRateLimit: ({ retryAfter }: { readonly retryAfter: number }) => retryAfter > LONGEST_WAIT_MS,
} as const;

const LONGEST_WAIT_MS = 20_000;
const FIRST_PAUSE_MS = 1_000;

const gatewaySchema = z.object({
  url: z.url({ protocol: /^wss?$/ }),
  shards: z.int().min(1),
  session_start_limit: z.object({
    total: z.number(),
    remaining: z.number(),
    reset_after: z.number(),
    max_concurrency: z.int().min(1),
  }),
});

/**
 * Asks until Discord answers, but for half a minute at most: after that it is for a supervisor to try again later. Where
 * trying again does not help (a refused token, no network, an address that is not Discord's), it fails at once.
 *
 * @param get - what asks, with {@link START_REST}
 * @param apiUrl - for the operator
 * @throws {StartError} where Discord cannot be asked
 */
export async function askGateway(get: REST["get"], apiUrl: string, log: Logger): Promise<APIGatewayBotInfo> {
  const start = performance.now();
  for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
    try {
      return readGateway(await get(Routes.gatewayBot()), apiUrl);
    } catch (error) {
      if (error instanceof StartError) throw error;
      if (!isPassing(error) || performance.now() + pause - start > LONGEST_WAIT_MS) {
        throw new StartError(describeLoginFailure(error, apiUrl), { cause: error });
      }
      if (pause === FIRST_PAUSE_MS) log.warn({ error }, "Discord's API is in trouble; it is asked again.");
      await new Promise((resolve) => {
        setTimeout(resolve, pause);
      });
    }
  }
}

/**
 * @param needed - how many shards are to be connected
 * @throws {StartError} where Discord would refuse them, and may void the token for trying
 */
export function checkSessions({ session_start_limit }: APIGatewayBotInfo, needed: number): void {
  const { total, remaining, reset_after: resetAfter } = session_start_limit;
  if (remaining >= needed) return;
  const when = new Date(Date.now() + resetAfter).toISOString();
  throw new StartError(
    `Discord lets this bot begin ${remaining} more of its ${total} connections a day, and ${needed} are needed. Find out what restarted it so often, and start it again after ${when}.`,
  );
}

function readGateway(answer: unknown, apiUrl: string): APIGatewayBotInfo {
  const { success, data } = gatewaySchema.safeParse(answer);
  if (success) return data;
  throw new StartError(describeStranger(apiUrl));
}

/** Discord's trouble or the network's, of the kind that comes and goes. */
function isPassing(error: unknown): boolean {
  if (error instanceof HTTPError) return error.status >= 500;
  if (error instanceof DiscordAPIError || !(error instanceof Error)) return false;
  return error.name === "AbortError" || ("code" in error && PASSING_CODES.includes(error.code));
}

const PASSING_CODES: readonly unknown[] = ["ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "UND_ERR_SOCKET", "EPIPE"];
