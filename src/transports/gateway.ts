/**
 * Wayout on Discord's gateway: one discord.js client, raw events in, Discord's own message form out.
 *
 * Events are taken raw and answered by pure functions. discord.js keeps the connection alive, resumes it and obeys rate
 * limits, but builds no objects of its own from them: what it would cache, this bot never reads.
 */
import {
  Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  HTTPError,
  Options,
  Status,
} from "discord.js";
import {
  type APIInteraction,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayMessageCreateDispatchData,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from "discord-api-types/v10";
import { describeError, type Logger } from "../log.ts";
import { registerCommands } from "./register.ts";
import type { Responder } from "./responder.ts";
import { StartError, TOKEN_REFUSED } from "./start-error.ts";
import { unwatched, type Watch } from "./watch.ts";

export interface GatewayOptions {
  readonly token: string;
  /** Base URL of the REST API, without its version: `https://discord.com/api`. */
  readonly apiUrl: string;
  readonly responder: Responder;
  readonly log: Logger;
  readonly watch?: Watch;
}

/** One of the gateway's connections. */
export interface ShardState {
  readonly id: number;
  /** `ready`, or what it is about: `connecting`, `resuming`, `disconnected`, … */
  readonly state: string;
  /** How long the last heartbeat took, once there was one. */
  readonly pingMs: number | undefined;
}

/** A running connection to Discord. */
export interface Gateway {
  /** The bot's name on Discord. */
  readonly botName: string;
  /** Settles when Discord ends the connection for good; its value says why, in a sentence. */
  readonly ended: Promise<string>;
  /** The connections as they are now. */
  shards(): ShardState[];
  /** Takes no new questions, finishes those under way, and disconnects. */
  close(): Promise<void>;
}

// Messages, but neither members, presences nor anybody's text that is not addressed to the bot: nothing privileged.
const INTENTS = [GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

// Discord: unknown interaction (its 3 seconds are over) and already acknowledged. Nothing is left to be done for either.
const ANSWERED_OR_EXPIRED: readonly (string | number)[] = [10_062, 40_060];

// Docker kills a container 10 s after SIGTERM.
const DRAIN_MS = 5_000;

/**
 * Connects to Discord, registers the commands if they changed, and answers from then on.
 *
 * @throws {StartError} where the token is refused, Discord cannot be reached, or the commands are not accepted
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { token, apiUrl, responder, log, watch = unwatched } = options;
  const client: Client = new Client({
    intents: INTENTS,
    // Nothing is read from caches; discord.js itself needs a few.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      UserManager: 0,
      GuildMemberManager: 0,
      DMMessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      VoiceStateManager: 0,
      ThreadManager: 0,
    }),
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: apiUrl, invalidRequestWarningInterval: 100 },
  });
  const underWay = new Set<Promise<void>>();
  let isDraining = false;

  const track = (work: Promise<void>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const answerInteraction = async (interaction: APIInteraction): Promise<void> => {
    const start = performance.now();
    try {
      const body = responder.respondToInteraction(interaction);
      await client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), { body, auth: false });
      watch.answeredInteraction(interaction, performance.now() - start);
    } catch (error) {
      watch.failed(error);
      if (error instanceof DiscordAPIError && ANSWERED_OR_EXPIRED.includes(error.code)) {
        log.warn({ code: error.code }, "An answer came too late or twice; Discord dropped it.");
      } else {
        log.error({ error, interactionType: interaction.type }, "An interaction could not be answered.");
      }
    }
  };

  const answerMessage = async (message: GatewayMessageCreateDispatchData): Promise<void> => {
    const start = performance.now();
    try {
      const botId = client.user?.id;
      if (botId === undefined) return;
      const reply = responder.respondToMessage(message, botId);
      if (reply === null) return;
      await client.rest.post(Routes.channelMessages(message.channel_id), {
        body: {
          ...reply,
          message_reference: { message_id: message.id, fail_if_not_exists: false },
          // A request that is sent again after a lost answer must not become a second message.
          nonce: message.id,
          enforce_nonce: true,
        },
      });
      watch.answeredMessage(performance.now() - start);
    } catch (error) {
      watch.failed(error);
      // 50001 and 50013: not allowed to write there. That is the server's choice.
      const isForbidden = error instanceof DiscordAPIError && error.status === 403;
      log[isForbidden ? "info" : "error"]({ error }, "A message could not be answered.");
    }
  };

  client.on(Events.Raw, (packet: GatewayDispatchPayload) => {
    if (packet.t === GatewayDispatchEvents.InteractionCreate) {
      if (!isDraining) track(answerInteraction(packet.d));
      takeOver(packet);
    } else if (packet.t === GatewayDispatchEvents.MessageCreate) {
      if (!isDraining) track(answerMessage(packet.d));
      takeOver(packet);
    }
  });
  client.on(Events.Error, (error) => log.error({ error }, "discord.js reported an error."));
  client.on(Events.ShardError, (error, shard) => {
    watch.failed(error);
    log.warn({ error, shard }, "The gateway connection had an error.");
  });
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, "Lost the gateway connection; reconnecting."));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, "Resumed the gateway connection."));
  client.rest.on("rateLimited", ({ method, route, retryAfter, global, scope }) => {
    watch.rateLimited(scope);
    log.warn({ method, route, retryAfter, global }, "Discord asked to slow down.");
  });
  client.rest.on("invalidRequestWarning", ({ count, remainingTime }) =>
    log.warn(
      { count, remainingTime },
      "Discord refused many requests; at 10,000 in 10 minutes it blocks this machine.",
    ),
  );

  const ended = new Promise<string>((resolve) => {
    client.on(Events.ShardDisconnect, ({ code }) => resolve(describeClose(code)));
    client.on(Events.Invalidated, () => resolve("Discord ended the session."));
  });

  let self: { readonly name: string; readonly applicationId: string };
  try {
    self = await Promise.race([logIn(client, token, apiUrl), ended.then(rejectStart)]);
  } catch (error) {
    await client.destroy();
    throw error;
  }
  await registerOrWarn(client, self.applicationId, responder.commands, log);

  return {
    botName: self.name,
    ended,
    shards: () =>
      client.ws.shards.map(({ id, status, ping }) => ({
        id,
        state: (Status[status] ?? "unknown").toLowerCase(),
        pingMs: ping < 0 ? undefined : ping,
      })),
    async close() {
      isDraining = true;
      await Promise.race([Promise.allSettled(underWay), wait(DRAIN_MS)]);
      await client.destroy();
    },
  };
}

/**
 * Keeps discord.js from handling an event that is answered already. It looks its handlers up by the event's name, after
 * it has shown the event to `raw` listeners; with no name there is none. (Its own handler would build and cache objects
 * that nobody reads, and throws on payloads that lack fields, such as `entitlements`.)
 */
function takeOver(packet: { t: string | null }): void {
  packet.t = null;
}

async function logIn(client: Client, token: string, apiUrl: string): Promise<{ name: string; applicationId: string }> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(token);
  } catch (error) {
    throw new StartError(describeLoginFailure(error, apiUrl), { cause: error });
  }
  const { user, application } = await ready;
  return { name: user.username, applicationId: application.id };
}

async function registerOrWarn(
  client: Client,
  applicationId: string,
  commands: RESTPutAPIApplicationCommandsJSONBody,
  log: Logger,
): Promise<void> {
  try {
    const outcome = await registerCommands(client.rest, applicationId, commands);
    log.info({ outcome, commands: commands.length }, "Commands registered.");
  } catch (error) {
    // Those that are registered still work; what is new or changed does not until the next start.
    log.error({ error }, "The commands could not be registered. Those registered before still work.");
  }
}

function describeLoginFailure(error: unknown, apiUrl: string): string {
  const isRefused =
    (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) ||
    (error instanceof DiscordAPIError && error.status === 401);
  if (isRefused) {
    return TOKEN_REFUSED;
  }
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return `Discord's API at ${apiUrl} answered ${error.status}. Try again later, or check DISCORD_API_URL.`;
  }
  const reason = describeError(error);
  return `Discord's API at ${apiUrl} cannot be reached (${reason["code"] ?? reason["message"]}). Check the network and DISCORD_API_URL.`;
}

/** Close codes after which Discord does not want to see the client again: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
function describeClose(code: number): string {
  switch (code) {
    case 4004:
      return TOKEN_REFUSED;
    case 4010:
    case 4011:
      return "Discord wants this bot to be split into (other) shards.";
    case 4013:
    case 4014:
      return "Discord refused the intents. Wayout needs none of the privileged ones; check the application in the developer portal.";
    default:
      return `Discord closed the connection for good (code ${code}).`;
  }
}

function rejectStart(reason: string): never {
  throw new StartError(reason);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
