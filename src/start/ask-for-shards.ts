import { type APIGatewayBotInfo, REST } from "discord.js";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import { askGateway, START_REST } from "../transports/gateway-information.ts";

/**
 * Asks Discord how many shards it recommends, and how many of them may IDENTIFY at once.
 *
 * @throws {StartError} where the token is refused or Discord cannot be reached
 */
export async function askForShards(
  { token, apiUrl }: Pick<Config, "token" | "apiUrl">,
  log: Logger,
): Promise<APIGatewayBotInfo> {
  const rest = new REST({ ...START_REST, api: apiUrl }).setToken(token ?? "");
  return await askGateway((route) => rest.get(route), apiUrl, log);
}
