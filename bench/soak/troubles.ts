/** What goes wrong during a soak, at random: with single requests, and with the gateway's connection. */
import { GatewayOpcodes } from "discord-api-types/v10";
import type { Fate, GatewayTrouble, MadeUpAnswer } from "../../test/e2e/troubled-line.ts";
import type { Entry } from "./account.ts";
import type { Choices } from "./choices.ts";

const JSON_TYPE = { "content-type": "application/json" };
const PASSES: Fate = { kind: "passes" };

function limited(seconds: number, scope: "user" | "global" | "shared"): MadeUpAnswer {
  const isGlobal = scope === "global";
  return {
    status: 429,
    headers: {
      ...JSON_TYPE,
      "retry-after": String(seconds),
      "x-ratelimit-scope": scope,
      ...(isGlobal ? { "x-ratelimit-global": "true" } : {}),
    },
    body: JSON.stringify({ message: "You are being rate limited.", retry_after: seconds, global: isGlobal }),
  };
}

const SERVER_ERRORS: readonly MadeUpAnswer[] = [
  { status: 500, headers: JSON_TYPE, body: '{"message":"500: Internal Server Error","code":0}' },
  { status: 502, headers: { "content-type": "text/html" }, body: "<html>502 Bad Gateway</html>" },
  { status: 503 },
  { status: 504, headers: JSON_TYPE, body: "{" },
];

/** What may befall any request, and how often beside the others. */
const REQUEST_TROUBLES: readonly (readonly [number, string, (random: Choices) => Fate])[] = [
  [4, "5xx", (random) => ({ kind: "refused", answer: random.pick(SERVER_ERRORS) })],
  [4, "reset", () => ({ kind: "reset" })],
  [3, "hang", () => ({ kind: "hangs" })],
  [2, "429", (random) => ({ kind: "refused", answer: limited(round(random.between(0.05, 0.4)), "user") })],
  [1, "429 shared", (random) => ({ kind: "refused", answer: limited(round(random.between(0.05, 0.4)), "shared") })],
  [1, "429 global", (random) => ({ kind: "refused", answer: limited(round(random.between(0.05, 0.4)), "global") })],
  [1, "429 for a minute", () => ({ kind: "refused", answer: limited(60, "user") })],
  [2, "taken, but reset", () => ({ kind: "answer lost", instead: "reset" })],
  [2, "taken, but 5xx", (random) => ({ kind: "answer lost", instead: random.pick(SERVER_ERRORS) })],
  [2, "taken, but hang", () => ({ kind: "answer lost", instead: "hangs" })],
  [1, "taken, but half an answer", () => ({ kind: "answer lost", instead: "half" })],
  [3, "slow", (random) => ({ kind: "passes", afterMs: random.between(50, 400) })],
];

const TROUBLED_SHARE = 0.15;

export interface Troubles {
  /** What becomes of an attempt to answer this, the latest of its record not included. */
  fateOf(entry: Entry): Fate;
  /** Something happens to the gateway's connection. */
  disturb(gateway: GatewayTrouble): void;
  /** How often each trouble came. */
  readonly counts: Readonly<Record<string, number>>;
}

export function createTroubles(random: Choices): Troubles {
  const counts: Record<string, number> = {};
  const count = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  return {
    counts,
    fateOf(entry) {
      if (random.next() >= TROUBLED_SHARE) return PASSES;
      const [name, make] = random.weighted(
        REQUEST_TROUBLES.map(([weight, name, make]) => [weight, [name, make] as const]),
      );
      const fate = make(random);
      if (!leavesTime(entry, fate)) return PASSES;
      count(name);
      return fate;
    },
    disturb(gateway) {
      const [name, act] = random.weighted(
        GATEWAY_TROUBLES.map(([weight, name, act]) => [weight, [name, act] as const]),
      );
      count(name);
      act(gateway, random);
    },
  };
}

/**
 * Discord's troubles end, here while there is still time for an answer: what an interaction has borne so far and this
 * take less than half of its time. (A wait of a minute is meant to be too long.)
 */
function leavesTime({ askedAt, until, attempts }: Entry, fate: Fate): boolean {
  const life = until - askedAt;
  const cost = (one: Fate): number => {
    if (one.kind === "hangs" || (one.kind === "answer lost" && one.instead === "hangs")) return life * 0.47;
    if (one.kind === "refused" && one.answer.status === 429) {
      const wait = Number(one.answer.headers?.["retry-after"]) * 1000;
      return wait > life ? 0 : wait + 100;
    }
    return one.kind === "passes" ? (one.afterMs ?? 0) : 150;
  };
  const borne = performance.now() - askedAt;
  return attempts.length < 4 && borne + cost(fate) < life / 2;
}

const RESUMABLE = [4000, 4001, 4002, 1012];

const frame = (op: GatewayOpcodes, d: unknown, t: string | null = null): string =>
  JSON.stringify({ op, d, t, s: null });

/** What no client can make sense of, and none may die of. */
const MALFORMED: readonly string[] = [
  "{",
  "null",
  frame(GatewayOpcodes.Dispatch, null, "INTERACTION_CREATE"),
  frame(GatewayOpcodes.Dispatch, { id: "1", token: "x", type: 2 }, "INTERACTION_CREATE"),
  frame(GatewayOpcodes.Dispatch, { id: 1 }, "MESSAGE_CREATE"),
  frame(GatewayOpcodes.Dispatch, {}, "GUILD_CREATE"),
  frame(GatewayOpcodes.InvalidSession, null),
  JSON.stringify({ op: 99 }),
];

const GATEWAY_TROUBLES: readonly (readonly [number, string, (gateway: GatewayTrouble, random: Choices) => void])[] = [
  [4, "cut", (gateway) => gateway.cut()],
  [4, "cut in an event", (gateway) => gateway.cutInNextEvent()],
  [3, "RECONNECT", (gateway) => gateway.send(frame(GatewayOpcodes.Reconnect, null))],
  [1, "INVALID_SESSION", (gateway) => gateway.send(frame(GatewayOpcodes.InvalidSession, false))],
  [1, "INVALID_SESSION, resumable", (gateway) => gateway.send(frame(GatewayOpcodes.InvalidSession, true))],
  [2, "close", (gateway, random) => gateway.close(random.pick(RESUMABLE))],
  [
    3,
    "duplicates",
    (gateway) => {
      gateway.duplicate(true);
      setTimeout(() => gateway.duplicate(false), 500);
    },
  ],
  [
    2,
    "malformed",
    (gateway) => {
      for (const text of MALFORMED) gateway.send(text);
    },
  ],
  [
    2,
    "no heartbeats acknowledged",
    (gateway) => {
      gateway.withholdAcks(true);
      setTimeout(() => gateway.withholdAcks(false), 4_000);
    },
  ],
  [
    2,
    "late HELLO",
    (gateway) => {
      gateway.delayHello(400);
      gateway.cut();
      setTimeout(() => gateway.delayHello(0), 700);
    },
  ],
  [
    2,
    "gateway refuses",
    (gateway) => {
      gateway.refuse(503);
      gateway.cut();
      setTimeout(() => gateway.refuse(0), 1_200);
    },
  ],
];

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
