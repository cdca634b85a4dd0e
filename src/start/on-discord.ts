/**
 * Wayout on Discord itself: by the gateway, by the HTTP endpoint, or by both.
 */
import { commandBodies } from "../../commands/index.ts";
import type { AnswerContext } from "../answers/context.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Gateway, ProcessShards } from "../transports/gateway.ts";
import type { HttpServer } from "../transports/http-server.ts";
import { createResponder, type Responder } from "../transports/responder.ts";
import type { Watch } from "../transports/watch.ts";
import { createCooldowns, withCooldowns } from "../transports/with-cooldowns.ts";
import { type Monitoring, type Reporter, startMonitoring } from "./monitoring.ts";
import type { Running } from "./running.ts";

/**
 * Starts what the settings ask for.
 *
 * - With a public key, Discord's interactions are taken at the endpoint; they never arrive at the gateway then.
 * - With a token, the gateway is used unless it is switched off: for messages, and without an endpoint for interactions.
 *
 * @param reporter - where this is one of several processes: how it tells the one that started it how it is
 * @param shards - which of the bot's shards are this process's; where not given, it has only one
 * @throws {StartError} where the token is refused, Discord cannot be reached, or a port cannot be listened on
 */
export async function startOnDiscord(
  config: Config,
  context: AnswerContext,
  log: Logger,
  shards?: ProcessShards,
  reporter?: Reporter,
): Promise<Running> {
  const { token, publicKey, usesGateway, apiUrl } = config;
  const monitoring = await startMonitoring(
    config,
    [...(publicKey === undefined ? [] : (["endpoint"] as const)), ...(usesGateway ? (["gateway"] as const) : [])],
    log,
    reporter,
  );
  const cooldowns = config.hasCooldown ? createCooldowns() : undefined;
  const responderFor = (watch: Watch): Responder => {
    const responder = createResponder(context, (error) => log.error({ error }, "An answer could not be made."), watch);
    return cooldowns ? withCooldowns(responder, cooldowns, watch) : responder;
  };

  const endpoint =
    publicKey === undefined ? undefined : await openEndpoint({ ...config, publicKey }, responderFor, monitoring, log);
  let gateway: Gateway | undefined;
  if (token !== undefined && usesGateway) {
    const watch = monitoring.watch("gateway");
    // Loaded only here: an endpoint alone does without discord.js.
    const { startGateway } = await import("../transports/gateway.ts");
    const responder = responderFor(watch);
    gateway = await startGateway({ token, apiUrl, responder, log, watch, ...(shards ? { shards } : {}) });
    monitoring.isRunning("gateway", gateway);
  } else if (token !== undefined) {
    // Not waited for: those that are registered can be answered meanwhile.
    void registerOverRest(token, apiUrl, log);
  } else {
    log.warn("Commands can't be registered without DISCORD_TOKEN. Those that Discord knows already are answered.");
  }
  log.info({ services: context.knowledge.entries.size, shards: shards?.ids }, "Wayout is on Discord.");

  return {
    ...(gateway === undefined ? {} : { ended: gateway.ended }),
    async close() {
      monitoring.isStopping();
      await Promise.all([endpoint?.close(), gateway?.close()]);
      await monitoring.close();
    },
  };
}

async function registerOverRest(token: string, apiUrl: string, log: Logger): Promise<void> {
  try {
    const { registerByToken } = await import("../transports/register.ts");
    const outcome = await registerByToken(token, apiUrl, commandBodies);
    log.info({ outcome, commands: commandBodies.length }, "Commands registered.");
  } catch (error) {
    log.error({ error }, "The commands could not be registered. Those registered before still work.");
  }
}

async function openEndpoint(
  { publicKey, port, host }: Pick<Config, "port" | "host"> & { readonly publicKey: string },
  responderFor: (watch: Watch) => Responder,
  monitoring: Monitoring,
  log: Logger,
): Promise<HttpServer> {
  const watch = monitoring.watch("endpoint");
  const { respondToInteraction, prepare } = responderFor(watch);
  prepare();
  const { startEndpoint } = await import("../transports/http-endpoint.ts");
  const endpoint = await startEndpoint({ publicKey, port, host, respondToInteraction, log, watch });
  monitoring.isRunning("endpoint");
  log.info({ port: endpoint.port, path: "/interactions" }, "Discord's interactions are taken over HTTP.");
  return endpoint;
}
