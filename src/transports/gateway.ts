/**
 * Wayout on Discord's gateway: one discord.js client, raw events in, Discord's own message form out.
 *
 * Events are taken raw and answered by pure functions. discord.js keeps the connections alive and resumes them, but
 * builds and caches no objects of its own: what it would cache, this bot never reads.
 */

import { setImmediate, setTimeout as wait } from "node:timers/promises";
import {
  Client,
  type ClientOptions,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type IIdentifyThrottler,
  type REST,
  Routes,
  Status,
} from "discord.js";
import type { Logger } from "../log.ts";
import { createDelivery } from "./delivery.ts";
import { createAnswers, type RawEvent } from "./gateway-answers.ts";
import { describeClose, describeLoginFailure, guardConnection } from "./gateway-errors.ts";
import { askGateway, checkSessions, START_REST } from "./gateway-information.ts";
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
  /** Which shards this process connects; the only one where not given. */
  readonly shards?: ProcessShards;
}

/** The shards of one process: https://docs.discord.com/developers/events/gateway#sharding */
export interface ProcessShards {
  /** Their numbers, from 0. */
  readonly ids: readonly number[];
  /** How many the bot has in all processes. */
  readonly total: number;
  /** Lets one shard after the other IDENTIFY, where other processes have shards too. */
  readonly identifyThrottler?: IIdentifyThrottler | undefined;
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

const ONLY_SHARD: ProcessShards = { ids: [0], total: 1 };

// Docker kills a container 10 s after SIGTERM.
const DRAIN_MS = 5_000;

// The bot is ready without: Discord knows the commands of the last start.
const REGISTER_MS = 10_000;

/**
 * Connects to Discord, registers the commands if they changed, and answers from then on.
 *
 * @throws {StartError} where the token is refused or Discord cannot be reached
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { token, apiUrl, responder, log, watch = unwatched, shards = ONLY_SHARD } = options;
  const client: Client = new Client(clientOptions(apiUrl, shards));
  askPatiently(client.rest, apiUrl, shards.ids.length, log);
  let end: (reason: string) => void = () => {};
  let isOver = false;
  const ended = new Promise<string>((resolve) => {
    end = (reason) => {
      isOver = true;
      resolve(reason);
    };
  });
  const answers = createAnswers({
    responder,
    delivery: createDelivery({ token, apiUrl, log, watch }),
    botId: () => client.user?.id,
    log,
    watch,
    onTokenRefused: () => end(TOKEN_REFUSED),
  });

  client.on(Events.Raw, (event: RawEvent) => answers.receive(event));
  client.on(Events.Error, (error) => log.error({ error }, "discord.js reported an error."));
  client.on(Events.ShardDisconnect, ({ code }) => end(describeClose(code)));
  const outages = logOutages(client, log);
  client.on(Events.ShardError, (error, shard) => {
    // Why the connection ended for good is told once, by who ends the process.
    if (isOver) return;
    watch.failed(error);
    outages.add(error, shard);
  });
  const endGuard = guardConnection((error) => {
    watch.failed(error);
    log.warn({ error }, "The gateway sent something that discord.js could not read; it is skipped.");
  });

  let self: { readonly name: string; readonly applicationId: string };
  try {
    self = await Promise.race([logIn(client, token, apiUrl), ended.then(rejectStart)]);
  } catch (error) {
    await client.destroy();
    endGuard();
    throw error;
  }
  const register = async (): Promise<void> => {
    // They are the same for all shards.
    if (!shards.ids.includes(0)) return;
    try {
      const outcome = await registerCommands(client.rest, self.applicationId, responder.commands);
      log.info({ outcome, commands: responder.commands.length }, "Commands registered.");
    } catch (error) {
      if (isTokenRefused(error)) end(TOKEN_REFUSED);
      // Those that are registered still work; what is new or changed does not until the next start.
      else log.error({ error }, "The commands could not be registered. Those registered before still work.");
    }
  };
  // While Discord answers, there is time.
  await Promise.all([
    Promise.race([register(), wait(REGISTER_MS, undefined, { ref: false })]),
    setImmediate().then(() => responder.prepare()),
  ]);

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
      await answers.finish(DRAIN_MS);
      // To discord.js, ending a connection is losing it.
      client.removeAllListeners(Events.ShardReconnecting);
      await client.destroy();
      endGuard();
    },
  };
}

function clientOptions(apiUrl: string, { ids, total, identifyThrottler }: ProcessShards): ClientOptions {
  return {
    intents: INTENTS,
    // Where these are not given, discord.js reads settings of the same names from the environment, in another form.
    shards: [...ids],
    shardCount: total,
    rest: { ...START_REST, api: apiUrl },
    ...(identifyThrottler === undefined ? {} : { ws: { buildIdentifyThrottler: async () => identifyThrottler } }),
  };
}

/**
 * discord.js asks where the gateway is before it connects, but not again where Discord is in trouble, and takes whatever
 * it is answered.
 */
function askPatiently(rest: REST, apiUrl: string, needed: number, log: Logger): void {
  const get = rest.get.bind(rest);
  rest.get = async (route, options) => {
    if (route !== Routes.gatewayBot()) return await get(route, options);
    const gateway = await askGateway(get, apiUrl, log);
    checkSessions(gateway, needed);
    return gateway;
  };
}

/**
 * One line when a connection is lost and one when it is back, however often discord.js has to try.
 *
 * @returns takes why it cannot connect; of an outage, the first reason is told
 */
function logOutages(client: Client, log: Logger): { add(error: Error, shard: number): void } {
  const lost = new Set<number>();
  const explained = new Set<number>();
  client.on(Events.ShardReconnecting, (shard) => {
    if (!lost.has(shard)) log.info({ shard }, "Lost the gateway connection; reconnecting.");
    lost.add(shard);
  });
  client.on(Events.ShardResume, (shard, replayed) => {
    lost.delete(shard);
    explained.delete(shard);
    log.info({ shard, replayed }, "Resumed the gateway connection.");
  });
  client.on(Events.ShardReady, (shard) => {
    explained.delete(shard);
    if (lost.delete(shard)) log.info({ shard }, "Connected to the gateway anew.");
  });
  return {
    add(error, shard) {
      if (!explained.has(shard)) log.warn({ error, shard }, "The gateway connection had an error.");
      explained.add(shard);
    },
  };
}

async function logIn(client: Client, token: string, apiUrl: string): Promise<{ name: string; applicationId: string }> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(token);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(describeLoginFailure(error, apiUrl), { cause: error });
  }
  const { user, application } = await ready;
  return { name: user.username, applicationId: application.id };
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401;
}

function rejectStart(reason: string): never {
  throw new StartError(reason);
}
