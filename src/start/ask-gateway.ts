import { type APIGatewayBotInfo, REST, Routes } from "discord.js";
import type { Config } from "../config.ts";
import { describeLoginFailure } from "../transports/gateway-errors.ts";
import { StartError } from "../transports/start-error.ts";

/**
 * Asks Discord how many shards it recommends, and how many of them may IDENTIFY at once.
 *
 * @throws {StartError} where the token is refused or Discord cannot be reached
 */
export async function askGateway({ token, apiUrl }: Pick<Config, "token" | "apiUrl">): Promise<APIGatewayBotInfo> {
  try {
    return (await new REST({ api: apiUrl }).setToken(token ?? "").get(Routes.gatewayBot())) as APIGatewayBotInfo;
  } catch (error) {
    throw new StartError(describeLoginFailure(error, apiUrl), { cause: error });
  }
}
