/**
 * Wayout without a token: a Discord of its own on this machine, with the same bot in it over the same protocols.
 */
import type { AnswerContext } from "../answers/context.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import { startGateway } from "../transports/gateway.ts";
import { describeListenFailure } from "../transports/http-server.ts";
import { createResponder } from "../transports/responder.ts";
import { StartError } from "../transports/start-error.ts";
import { startMonitoring } from "./monitoring.ts";
import type { Running } from "./running.ts";

/**
 * Starts the local Discord and the bot, and prints the page's address. Nobody has to wait here for asking often: there
 * is nobody else to be disturbed.
 *
 * @throws {StartError} where the port cannot be listened on, or where this copy came without the local Discord
 */
export async function startLocally(config: Config, context: AnswerContext, log: Logger): Promise<Running> {
  const startLocalDiscord = await loadLocalDiscord();
  const monitoring = await startMonitoring(config, ["gateway"], log);
  const local = await startLocalDiscord({ port: config.port }).catch((error: unknown) => {
    throw describeListenFailure(error, { port: config.port, portSetting: "PORT" });
  });
  const watch = monitoring.watch("gateway");
  const responder = createResponder(context, (error) => log.error({ error }, "An answer could not be made."), watch);
  const gateway = await startGateway({ token: local.token, apiUrl: local.apiUrl, responder, log, watch });
  monitoring.isRunning("gateway", gateway);
  process.stdout.write(
    `\n  Wayout is ready: ${local.url}\n\n` +
      "  This is a Discord of your own, on this machine only. Nothing is stored.\n" +
      "  To put Wayout on Discord itself, set DISCORD_TOKEN in .env (README.md tells how).\n" +
      "  Ctrl+C stops it.\n\n",
  );
  return {
    async close() {
      monitoring.isStopping();
      await gateway.close();
      await local.close();
      await monitoring.close();
    },
  };
}

/** An installation without optional packages, such as the container image, does without the local Discord's. */
async function loadLocalDiscord(): Promise<typeof import("../local/server.ts")["startLocalDiscord"]> {
  try {
    return (await import("../local/server.ts")).startLocalDiscord;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new StartError(
      "Neither DISCORD_TOKEN nor DISCORD_PUBLIC_KEY is set, and this installation has no local Discord to run instead. Set one of them.",
    );
  }
}
