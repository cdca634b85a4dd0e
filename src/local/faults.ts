/** Discord's bad days, to be switched on by tests. */
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { GatewayOpcodes } from "discord-api-types/v10";
import type { MiddlewareHandler } from "hono";
import type { GatewayFlags } from "./gateway/gateway.ts";
import type { Sessions } from "./gateway/sessions.ts";
import type { ApiEnv } from "./rest/context.ts";
import { rateLimited } from "./rest/rate-limits.ts";

/** What becomes of a request. */
type RestEffect =
  /** Any answer, such as a proxy's 502 in HTML. */
  | {
      readonly kind: "respond";
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  /** An error in Discord's form, such as 403 with code 50013. */
  | { readonly kind: "error"; readonly status: number; readonly code: number; readonly message: string }
  | { readonly kind: "rate-limit"; readonly retryAfterMs: number; readonly scope: "user" | "global" | "shared" }
  /** Never answered. */
  | { readonly kind: "hang" }
  /** The connection is reset. */
  | { readonly kind: "reset" }
  /** Answered as always, but this much later. */
  | { readonly kind: "delay"; readonly ms: number };

export interface RestFault {
  readonly method?: string;
  /** Matches the path without `/api/v10`. */
  readonly path: RegExp;
  /** How many requests it befalls; 1 where not given. */
  readonly times?: number;
  readonly effect: RestEffect;
}

export interface Faults {
  /** Befalls the next requests that match. The function returned ends it. */
  rest(fault: RestFault): () => void;
  /** The token is void from now on: 401, and 4004 at the gateway. */
  revokeToken(): void;
  readonly gateway: {
    /** Drops all sockets without a close frame. */
    cut(): void;
    /** Closes all sockets with this code. */
    close(code: number, reason?: string): void;
    /** Opcode 7: clients are to reconnect and resume. */
    reconnect(): void;
    /** Opcode 9. Without `resumable`, the sessions are over. */
    invalidate(resumable: boolean): void;
    /** Sends any text as a frame: malformed or unknown payloads. */
    raw(text: string): void;
    /** Sends an event with whatever data, in sequence. */
    dispatch(event: string, data: unknown): void;
    /** Sockets stay open, but nothing is sent or heard. */
    silence(on: boolean): void;
    /** Each event is sent twice. */
    duplicateEvents(on: boolean): void;
  };
}

interface ActiveFault extends RestFault {
  left: number;
}

export function createRestFaults() {
  const active = new Set<ActiveFault>();
  const middleware: MiddlewareHandler<ApiEnv> = async (context, next) => {
    const path = context.req.path.replace(/^\/api(\/v\d+)?/, "");
    const fault = [...active].find(
      ({ method, path: pattern }) => (method === undefined || method === context.req.method) && pattern.test(path),
    );
    if (fault === undefined) return next();
    if (--fault.left <= 0) active.delete(fault);
    const { effect } = fault;
    switch (effect.kind) {
      case "respond":
        return new Response(effect.body ?? "", { status: effect.status, headers: effect.headers ?? {} });
      case "error":
        return Response.json({ message: effect.message, code: effect.code }, { status: effect.status });
      case "rate-limit":
        return rateLimited(effect.retryAfterMs, effect.scope);
      case "hang":
        return new Promise<never>(() => {});
      case "reset":
        context.env.incoming.socket.resetAndDestroy();
        return RESPONSE_ALREADY_SENT;
      case "delay":
        await new Promise((resolve) => setTimeout(resolve, effect.ms));
        return next();
    }
  };
  return {
    middleware,
    add(fault: RestFault): () => void {
      const entry: ActiveFault = { ...fault, left: fault.times ?? 1 };
      active.add(entry);
      return () => active.delete(entry);
    },
  };
}

export function createGatewayFaults(sessions: Sessions, flags: GatewayFlags): Faults["gateway"] {
  const lines = () => [...sessions.all()].flatMap(({ line }) => (line === null ? [] : [line]));
  const sendToAll = (text: string): void => {
    for (const line of lines()) line.send(text);
  };
  return {
    cut() {
      for (const line of lines()) line.cut();
    },
    close(code, reason = "") {
      for (const line of lines()) line.close(code, reason);
    },
    reconnect: () => sendToAll(JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null, s: null, t: null })),
    invalidate(resumable) {
      sendToAll(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: resumable, s: null, t: null }));
      if (!resumable) for (const session of [...sessions.all()]) sessions.end(session);
    },
    raw: sendToAll,
    dispatch(event, data) {
      for (const session of sessions.all()) sessions.write(session, event, data);
    },
    silence(on) {
      flags.silent = on;
    },
    duplicateEvents(on) {
      flags.duplicateEvents = on;
    },
  };
}
