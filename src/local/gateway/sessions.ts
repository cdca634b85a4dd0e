/**
 * Gateway sessions: they outlive their sockets for a while, so that a client that comes back misses nothing.
 *
 * @see https://docs.discord.com/developers/events/gateway#resuming
 */
import { randomBytes } from "node:crypto";

/** The end of a session that a socket holds. */
export interface Line {
  /** Sends a JSON text. */
  send(json: string): void;
  close(code: number, reason: string): void;
  /** Drops the socket without a word, as a broken network does. */
  cut(): void;
}

/** To whom an event goes: the shard of a server, or shard 0 for direct messages. */
export type Scope = { readonly guildId: string } | "dm";

export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  line: Line | null;
  sequence: number;
  /** The latest events, for RESUME. */
  readonly sent: { readonly sequence: number; readonly json: string }[];
  droppedAtMs: number;
  timer: NodeJS.Timeout | null;
}

/** An event for every session that it concerns. */
export interface Dispatch {
  readonly t: string;
  readonly scope: Scope;
  /** The intent without which a session does not hear of it; null: everyone does. */
  readonly intent: number | null;
  /** The event's data, for a session with these intents. */
  readonly data: (intents: number) => unknown;
}

export interface SessionSettings {
  /** How long a session can be resumed after its socket has gone, in ms. */
  readonly resumeWindowMs: number;
  /** How long the bot counts as there after its socket has gone, in ms: a resume takes about a second. */
  readonly graceMs: number;
  /** Called when the bot may have come or gone. */
  readonly onPresence: () => void;
}

/** Events kept for a session that may come back. */
const REPLAY_LENGTH = 1000;

/** Whether a shard is in charge. @see https://docs.discord.com/developers/events/gateway#sharding */
export function belongsTo(scope: Scope, [id, count]: readonly [number, number]): boolean {
  if (scope === "dm") return id === 0;
  return Number((BigInt(scope.guildId) >> 22n) % BigInt(count)) === id;
}

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions(settings: SessionSettings, flags: { readonly duplicateEvents: boolean }) {
  const sessions = new Map<string, Session>();

  const write = (session: Session, t: string, data: unknown): void => {
    session.sequence++;
    const json = JSON.stringify({ t, s: session.sequence, op: 0, d: data });
    session.sent.push({ sequence: session.sequence, json });
    if (session.sent.length > REPLAY_LENGTH) session.sent.shift();
    session.line?.send(json);
    if (flags.duplicateEvents) session.line?.send(json);
  };
  const end = (session: Session): void => {
    if (session.timer !== null) clearTimeout(session.timer);
    session.line = null;
    sessions.delete(session.id);
    settings.onPresence();
  };
  const isReachable = (session: Session): boolean =>
    session.line !== null || Date.now() - session.droppedAtMs < settings.graceMs;

  return {
    all: () => sessions.values(),
    get: (id: string) => sessions.get(id),
    /** A new session on a socket; READY is the caller's to send. */
    open(line: Line, intents: number, shard: readonly [number, number]): Session {
      const id = randomBytes(16).toString("hex");
      const session: Session = { id, intents, shard, line, sequence: 0, sent: [], droppedAtMs: 0, timer: null };
      sessions.set(id, session);
      return session;
    },
    /** Sends an event to one session. */
    write,
    /** Sends an event to all whom it concerns; to those without a socket once they resume. */
    dispatch({ t, scope, intent, data }: Dispatch): void {
      for (const session of sessions.values())
        if (belongsTo(scope, session.shard) && (intent === null || (session.intents & intent) !== 0))
          write(session, t, data(session.intents));
    },
    /** The socket has gone, the session stays for a while. */
    drop(session: Session): void {
      session.line = null;
      session.droppedAtMs = Date.now();
      session.timer = setTimeout(() => {
        settings.onPresence();
        session.timer = setTimeout(() => end(session), settings.resumeWindowMs - settings.graceMs).unref();
      }, settings.graceMs).unref();
    },
    /**
     * Gives a session a new socket and sends what it missed.
     *
     * @returns False where what was missed is no longer known.
     */
    resume(session: Session, line: Line, sequence: number): boolean {
      const missed = session.sent.filter((event) => event.sequence > sequence);
      if (session.sequence - sequence !== missed.length) return false;
      if (session.timer !== null) clearTimeout(session.timer);
      session.line?.close(4000, "Session resumed elsewhere.");
      session.line = line;
      for (const event of missed) line.send(event.json);
      write(session, "RESUMED", { _trace: ["local"] });
      return true;
    },
    end,
    /** Whether somebody would hear of an event there, now or within moments. */
    reachable: (scope: Scope) =>
      [...sessions.values()].some((session) => belongsTo(scope, session.shard) && isReachable(session)),
    online: () => [...sessions.values()].some(isReachable),
  };
}
