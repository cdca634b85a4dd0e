/**
 * One client at the gateway: HELLO, heartbeats, IDENTIFY or RESUME, and the close codes for what it does wrong.
 *
 * @see https://docs.discord.com/developers/events/gateway
 */
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import { z } from "zod";
import { guildCreateData } from "../discord-objects.ts";
import type { State } from "../state.ts";
import { createSender } from "./encoding.ts";
import { KNOWN_INTENTS, PRIVILEGED_INTENTS } from "./intents.ts";
import { belongsTo, type Line, type Session, type Sessions } from "./sessions.ts";

export interface GatewaySettings {
  /** What HELLO asks for, in ms; on Discord about 41,250. */
  readonly heartbeatIntervalMs: number;
  /** The privileged intents that the app was granted; a bit field. */
  readonly grantedIntents: number;
  /** Shards that may IDENTIFY at once within `identifyWindowMs`. */
  readonly maxConcurrency: number;
  readonly identifyWindowMs: number;
  /** Where clients connect: `ws://127.0.0.1:3000/gateway`. */
  readonly url: () => string;
  /** Whether this is the bot's token, and not revoked. */
  readonly isToken: (token: string) => boolean;
  /** Told of each IDENTIFY with a valid token, and whether it came when it might. */
  readonly onIdentify?: ((shard: number, isInTime: boolean) => void) | undefined;
}

/** What all connections share. */
export interface Hub {
  readonly state: State;
  readonly sessions: Sessions;
  readonly settings: GatewaySettings;
  readonly flags: { readonly silent: boolean };
  /** When which of the concurrency keys last identified, in Unix ms. */
  readonly identifiedAt: Map<number, number>;
  /** IDENTIFYs so far, for `session_start_limit`. */
  identified: number;
}

const MAX_EVENT_BYTES = 4096;
const MAX_EVENTS_A_MINUTE = 120;
const MAX_GUILDS_A_SHARD = 2500;
/** A heartbeat may be late by half an interval. */
const HEARTBEAT_TOLERANCE = 1.5;

const identifySchema = z.object({
  token: z.string(),
  intents: z.number(),
  properties: z.record(z.string(), z.unknown()),
  compress: z.boolean().nullish(),
  shard: z.tuple([z.number(), z.number()]).nullish(),
});
const resumeSchema = z.object({ token: z.string(), session_id: z.string(), seq: z.number().nullable() });
const eventSchema = z.object({ op: z.int(), d: z.unknown().optional() });

const CLOSE_REASONS: Partial<Record<GatewayCloseCodes, string>> = {
  [GatewayCloseCodes.UnknownOpcode]: "Unknown opcode.",
  [GatewayCloseCodes.DecodeError]: "Error while decoding payload.",
  [GatewayCloseCodes.NotAuthenticated]: "Not authenticated.",
  [GatewayCloseCodes.AuthenticationFailed]: "Authentication failed.",
  [GatewayCloseCodes.AlreadyAuthenticated]: "Already authenticated.",
  [GatewayCloseCodes.InvalidSeq]: "Invalid seq.",
  [GatewayCloseCodes.RateLimited]: "Rate limited.",
  [GatewayCloseCodes.SessionTimedOut]: "Session timed out.",
  [GatewayCloseCodes.InvalidShard]: "Invalid shard.",
  [GatewayCloseCodes.ShardingRequired]: "Sharding required.",
  [GatewayCloseCodes.InvalidAPIVersion]: "Invalid API version.",
  [GatewayCloseCodes.InvalidIntents]: "Invalid intent(s).",
  [GatewayCloseCodes.DisallowedIntents]: "Disallowed intent(s).",
};

/** Closing with these ends the session; after all others it can be resumed. */
const ENDS_SESSION = new Set<number>([
  1000,
  1001,
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidSeq,
  GatewayCloseCodes.SessionTimedOut,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

/** Speaks with a client until its socket closes. `query` is that of the address it connected to. */
export function serveConnection(hub: Hub, socket: WebSocket, query: URLSearchParams): void {
  const { state, sessions, settings, flags } = hub;
  let sendJson = createSender(socket, query.get("compress") === "zlib-stream" ? "transport" : "none");
  let session: Session | null = null;
  let heartbeatTimer: NodeJS.Timeout | undefined;
  let closedWith: number | null = null;
  let windowStart = Date.now();
  let eventsInWindow = 0;

  const close = (code: number, reason = CLOSE_REASONS[code as GatewayCloseCodes] ?? ""): void => {
    closedWith = code;
    socket.close(code, reason);
  };
  const send = (json: string): void => {
    if (!flags.silent && socket.readyState === socket.OPEN) sendJson(json);
  };
  const sendOp = (op: GatewayOpcodes, d: unknown = null): void => send(JSON.stringify({ t: null, s: null, op, d }));
  const line: Line = { send, close, cut: () => socket.terminate() };
  const expectHeartbeat = (): void => {
    clearTimeout(heartbeatTimer);
    const wait = settings.heartbeatIntervalMs * HEARTBEAT_TOLERANCE;
    heartbeatTimer = setTimeout(() => {
      if (!flags.silent) close(GatewayCloseCodes.SessionTimedOut);
    }, wait).unref();
  };

  const invalidSession = (): null => {
    sendOp(GatewayOpcodes.InvalidSession, false);
    return null;
  };

  /** @returns The code to close with where the client did wrong. */
  const identify = (data: unknown): GatewayCloseCodes | null => {
    if (session !== null) return GatewayCloseCodes.AlreadyAuthenticated;
    const parsed = identifySchema.safeParse(data);
    if (!parsed.success) return GatewayCloseCodes.DecodeError;
    const { token, intents, compress } = parsed.data;
    const [shardId, shardCount] = parsed.data.shard ?? [0, 1];
    if (!settings.isToken(token)) return GatewayCloseCodes.AuthenticationFailed;
    const wholeShards = Number.isInteger(shardId) && Number.isInteger(shardCount);
    if (!wholeShards || shardCount < 1 || shardId < 0 || shardId >= shardCount) return GatewayCloseCodes.InvalidShard;
    if (!Number.isInteger(intents) || intents < 0 || (intents & ~KNOWN_INTENTS) !== 0)
      return GatewayCloseCodes.InvalidIntents;
    if ((intents & PRIVILEGED_INTENTS & ~settings.grantedIntents) !== 0) return GatewayCloseCodes.DisallowedIntents;
    const guilds = [...state.guilds.values()].filter(({ id }) => belongsTo({ guildId: id }, [shardId, shardCount]));
    if (guilds.length > MAX_GUILDS_A_SHARD) return GatewayCloseCodes.ShardingRequired;

    const key = shardId % settings.maxConcurrency;
    const now = Date.now();
    const isInTime = now - (hub.identifiedAt.get(key) ?? 0) >= settings.identifyWindowMs;
    settings.onIdentify?.(shardId, isInTime);
    if (!isInTime) return invalidSession();
    hub.identifiedAt.set(key, now);
    hub.identified++;

    if (compress && query.get("compress") === null) sendJson = createSender(socket, "payload");
    session = sessions.open(line, intents, [shardId, shardCount]);
    sessions.write(session, "READY", {
      v: 10,
      user_settings: {},
      user: { ...state.bot, verified: true, mfa_enabled: false, email: null, flags: 0 },
      session_type: "normal",
      session_id: session.id,
      resume_gateway_url: settings.url(),
      shard: [shardId, shardCount],
      relationships: [],
      private_channels: [],
      presences: [],
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      guild_join_requests: [],
      geo_ordered_rtc_regions: [],
      auth: {},
      application: { id: state.application.id, flags: 0 },
      _trace: ["local"],
    });
    if ((intents & GatewayIntentBits.Guilds) !== 0)
      for (const guild of guilds) sessions.write(session, "GUILD_CREATE", guildCreateData(state, guild));
    state.announce({ type: "presence" });
    return null;
  };

  /** @returns The code to close with where the client did wrong. */
  const resume = (data: unknown): GatewayCloseCodes | null => {
    if (session !== null) return GatewayCloseCodes.AlreadyAuthenticated;
    const parsed = resumeSchema.safeParse(data);
    if (!parsed.success) return GatewayCloseCodes.DecodeError;
    const { token, session_id, seq } = parsed.data;
    if (!settings.isToken(token)) return GatewayCloseCodes.AuthenticationFailed;
    const known = sessions.get(session_id);
    if (known === undefined) return invalidSession();
    if (seq === null || seq > known.sequence || seq < 0) {
      sessions.end(known);
      return GatewayCloseCodes.InvalidSeq;
    }
    if (!sessions.resume(known, line, seq)) return invalidSession();
    session = known;
    state.announce({ type: "presence" });
    return null;
  };

  /** @returns The code to close with where the client did wrong. */
  const receive = (text: string): GatewayCloseCodes | null => {
    const now = Date.now();
    if (now - windowStart >= 60_000) {
      windowStart = now;
      eventsInWindow = 0;
    }
    if (++eventsInWindow > MAX_EVENTS_A_MINUTE) return GatewayCloseCodes.RateLimited;
    if (Buffer.byteLength(text) > MAX_EVENT_BYTES) return GatewayCloseCodes.DecodeError;
    const event = parseEvent(text);
    if (event === null) return GatewayCloseCodes.DecodeError;
    switch (event.op) {
      case GatewayOpcodes.Heartbeat:
        expectHeartbeat();
        sendOp(GatewayOpcodes.HeartbeatAck);
        return null;
      case GatewayOpcodes.Identify:
        return identify(event.d);
      case GatewayOpcodes.Resume:
        return resume(event.d);
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.VoiceStateUpdate:
      case GatewayOpcodes.RequestGuildMembers:
      case GatewayOpcodes.RequestSoundboardSounds:
        // Nobody here is affected by them.
        return session === null ? GatewayCloseCodes.NotAuthenticated : null;
      default:
        return GatewayCloseCodes.UnknownOpcode;
    }
  };

  socket.on("message", (data, isBinary) => {
    if (flags.silent || closedWith !== null) return;
    const code = isBinary ? GatewayCloseCodes.DecodeError : receive(data.toString());
    if (code !== null) close(code);
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", (code) => {
    clearTimeout(heartbeatTimer);
    if (session === null || session.line !== line) return;
    if (ENDS_SESSION.has(closedWith ?? code)) sessions.end(session);
    else sessions.drop(session);
    state.announce({ type: "presence" });
  });

  const version = query.get("v") ?? "10";
  if (version !== "10" && version !== "9") {
    close(GatewayCloseCodes.InvalidAPIVersion);
    return;
  }
  if ((query.get("encoding") ?? "json") !== "json") {
    close(GatewayCloseCodes.DecodeError);
    return;
  }
  sendOp(GatewayOpcodes.Hello, { heartbeat_interval: settings.heartbeatIntervalMs, _trace: ["local"] });
  expectHeartbeat();
}

function parseEvent(text: string): z.output<typeof eventSchema> | null {
  try {
    return eventSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
