/** What went wrong between the bot and Discord's gateway, in sentences for the operator. */
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError, RateLimitError } from "discord.js";
import { describeError } from "../log.ts";
import { TOKEN_REFUSED } from "./start-error.ts";

/** Why logging in failed. */
export function describeLoginFailure(error: unknown, apiUrl: string): string {
  const isRefused =
    (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) ||
    (error instanceof DiscordAPIError && error.status === 401);
  if (isRefused) {
    return TOKEN_REFUSED;
  }
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return `Discord's API at ${apiUrl} answered ${error.status}. Try again later, or check DISCORD_API_URL.`;
  }
  if (error instanceof RateLimitError) {
    const minutes = Math.ceil(error.retryAfter / 60_000);
    return `Discord's API at ${apiUrl} lets this bot or this address ask again in ${minutes} minutes. Start it again then.`;
  }
  if (error instanceof SyntaxError) return describeStranger(apiUrl);
  const { code, message } = describeError(error);
  const reason = error instanceof Error && error.name === "AbortError" ? "no answer" : (code ?? message);
  return `Discord's API at ${apiUrl} cannot be reached (${reason}). Check the network and DISCORD_API_URL.`;
}

/** Somebody else answers at the address. */
export function describeStranger(apiUrl: string): string {
  return `${apiUrl} answers, but not as Discord's API does. Check DISCORD_API_URL.`;
}

/** Close codes after which Discord does not want to see the client again: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
export function describeClose(code: number): string {
  switch (code) {
    case 4004:
      return TOKEN_REFUSED;
    case 4010:
    case 4011:
      return "Discord wants this bot to be split into (other) shards. Set SHARDS=auto, or correct SHARD_COUNT and SHARD_LIST.";
    case 4013:
    case 4014:
      return "Discord refused the intents. Wayout needs none of the privileged ones; check the application in the developer portal.";
    default:
      return `Discord closed the connection for good (code ${code}).`;
  }
}

/**
 * discord.js's connection does not catch what a malformed frame makes it throw, nor a heartbeat that meets a socket which
 * is just being opened. Nobody waits for these promises, so Node would end the process. The frame is lost; discord.js
 * itself begins anew where one was missing that matters (no HELLO, no READY, no heartbeat acknowledged).
 *
 * @param onError - told of each such error; any other unhandled error ends the process, as always
 * @returns ends the guard
 */
export function guardConnection(onError: (error: unknown) => void): () => void {
  const guard = (error: unknown): void => {
    if (!isOfConnection(error)) throw error;
    onError(error);
  };
  process.on("unhandledRejection", guard);
  return () => void process.off("unhandledRejection", guard);
}

function isOfConnection(error: unknown): boolean {
  return error instanceof Error && /[\\/]node_modules[\\/]@discordjs[\\/]ws[\\/]/.test(error.stack ?? "");
}
