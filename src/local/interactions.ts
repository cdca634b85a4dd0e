/**
 * What the person has asked of the bot and how it answered: one record an interaction, from the moment it is sent until
 * its token runs out.
 *
 * @see https://docs.discord.com/developers/interactions/receiving-and-responding
 */
import { randomBytes } from "node:crypto";
import type { APIApplicationCommandOptionChoice, APIMessage, InteractionType } from "discord-api-types/v10";
import type { Channel } from "./state.ts";

/** How an interaction ended for the person. */
export type InteractionOutcome =
  | {
      readonly ok: true;
      /** The message that the bot answered with, changed, or left as it was; null for suggestions. */
      readonly message: APIMessage | null;
      /** For autocomplete: what the bot suggests. */
      readonly choices: readonly APIApplicationCommandOptionChoice[];
    }
  | { readonly ok: false /** A sentence for the person. */; readonly reason: string };

export interface InteractionRecord {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly channel: Channel;
  readonly createdAtMs: number;
  /** The command's name, as messages name it that answer one. */
  readonly commandName: string | null;
  readonly isContextMenu: boolean;
  /** For components: the message that the component is on. */
  readonly sourceId: string | null;
  /** For message commands: the message that the command was used on. */
  readonly targetId: string | null;
  status: "waiting" | "answered" | "expired";
  /** What `@original` means: the reply, or the message that was updated. */
  originalId: string | null;
}

/** What is known of an interaction when it begins. */
export type NewInteraction = Omit<InteractionRecord, "token" | "createdAtMs" | "status" | "originalId">;

export interface InteractionSettings {
  /** How long the bot has to answer, in ms: 3,000 on Discord. */
  readonly deadlineMs: number;
  /** How long the token serves for edits and follow-ups, in ms: 15 minutes on Discord. */
  readonly lifeMs: number;
  readonly botName: string;
  /** Told when an interaction begins, and when it is answered or its time is up. */
  readonly onChange?: ((record: Readonly<InteractionRecord>) => void) | undefined;
}

export type Interactions = ReturnType<typeof createInteractions>;

export function createInteractions(settings: InteractionSettings) {
  const byToken = new Map<string, InteractionRecord>();
  const waiting = new Map<string, { resolve: (outcome: InteractionOutcome) => void; timer: NodeJS.Timeout }>();

  const forgetOld = (nowMs: number): void => {
    for (const [token, record] of byToken) {
      if (nowMs - record.createdAtMs < settings.lifeMs) return;
      byToken.delete(token);
    }
  };
  const settle = (record: InteractionRecord, outcome: InteractionOutcome): void => {
    const entry = waiting.get(record.id);
    if (entry === undefined) return;
    waiting.delete(record.id);
    clearTimeout(entry.timer);
    record.status = outcome.ok ? "answered" : "expired";
    settings.onChange?.(record);
    entry.resolve(outcome);
  };

  return {
    /** Begins an interaction; the outcome comes when the bot answers or the time is up. */
    open(about: NewInteraction): { readonly record: InteractionRecord; readonly outcome: Promise<InteractionOutcome> } {
      const createdAtMs = Date.now();
      forgetOld(createdAtMs);
      const token = randomBytes(96).toString("base64url");
      const record: InteractionRecord = { ...about, token, createdAtMs, status: "waiting", originalId: null };
      byToken.set(token, record);
      settings.onChange?.(record);
      const outcome = new Promise<InteractionOutcome>((resolve) => {
        const giveUp = () => settle(record, { ok: false, reason: `${settings.botName} did not answer in time.` });
        waiting.set(record.id, { resolve, timer: setTimeout(giveUp, settings.deadlineMs) });
      });
      return { record, outcome };
    },
    /** The interaction with this token, while the token serves. */
    find(token: string): InteractionRecord | undefined {
      const record = byToken.get(token);
      return record !== undefined && Date.now() - record.createdAtMs < settings.lifeMs ? record : undefined;
    },
    settle,
    /** Ends all that wait. */
    close(): void {
      for (const { resolve, timer } of waiting.values()) {
        clearTimeout(timer);
        resolve({ ok: false, reason: "The local Discord has been stopped." });
      }
      waiting.clear();
    },
  };
}
