/**
 * Takes the gateway's events as Discord sends them, and answers those that ask something: each once, whatever arrives.
 */

import { DiscordAPIError } from "discord.js";
import {
  type APIInteraction,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
} from "discord-api-types/v10";
import type { Logger } from "../log.ts";
import type { Delivery } from "./delivery.ts";
import { createRecentIds } from "./recent-ids.ts";
import type { Responder } from "./responder.ts";
import type { Watch } from "./watch.ts";

/** An event as it came over the connection, before anything is known of its data. */
export interface RawEvent {
  t: string | null;
  d: unknown;
}

export interface AnswersOptions {
  readonly responder: Responder;
  readonly delivery: Delivery;
  /** The bot's own user id, once Discord has told it. */
  readonly botId: () => string | undefined;
  readonly log: Logger;
  readonly watch: Watch;
  /** Told where Discord does not know the token any more. */
  readonly onTokenRefused: () => void;
}

export interface Answers {
  /** Takes an event. What is left of it is for discord.js to see. It never throws. */
  receive(event: RawEvent): void;
  /** Takes no new questions, and waits for the answers under way, but for so many milliseconds at most. */
  finish(milliseconds: number): Promise<void>;
}

// What discord.js must handle to know that it is connected, and as whom.
const FOR_DISCORD_JS: readonly unknown[] = [GatewayDispatchEvents.Ready, GatewayDispatchEvents.Resumed];

// A resumed connection brings at most what came in the few minutes before.
const REMEMBERED = 1_000;

// Unknown interaction (its 3 seconds are over) and already acknowledged: nothing is left to be done for either.
const ANSWERED_OR_EXPIRED: readonly (string | number)[] = [10_062, 40_060];

export function createAnswers(options: AnswersOptions): Answers {
  const { responder, delivery, botId, log, watch, onTokenRefused } = options;
  const recent = createRecentIds(REMEMBERED);
  const underWay = new Set<Promise<void>>();
  let isFinishing = false;

  const track = (work: Promise<void>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const answerInteraction = async (interaction: APIInteraction): Promise<void> => {
    const start = performance.now();
    try {
      await delivery.respond(interaction, responder.respondToInteraction(interaction), start);
      watch.answeredInteraction(interaction, performance.now() - start);
    } catch (error) {
      if (error instanceof DiscordAPIError && ANSWERED_OR_EXPIRED.includes(error.code)) {
        log.warn({ code: error.code }, "An answer came too late or twice; Discord dropped it.");
      } else {
        log.error({ error, interactionType: interaction.type }, "An interaction could not be answered.");
      }
    }
  };

  const answerMessage = async (message: GatewayMessageCreateDispatchData, self: string): Promise<void> => {
    const start = performance.now();
    try {
      const reply = responder.respondToMessage(message, self);
      // Only what is answered is remembered: most messages are not meant for the bot.
      if (reply === null || !recent.add(message.id)) return;
      const reference = { message_id: message.id, fail_if_not_exists: false };
      // A request that is sent again after a lost answer must not become a second message.
      const once = { nonce: message.id, enforce_nonce: true };
      await delivery.write(message.channel_id, { ...reply, message_reference: reference, ...once }, start);
      watch.answeredMessage(performance.now() - start);
    } catch (error) {
      if (isGone(error)) {
        log.info({ error }, "A message could not be answered where it was written.");
        return;
      }
      if (error instanceof DiscordAPIError && error.status === 401) onTokenRefused();
      else log.error({ error }, "A message could not be answered.");
    }
  };

  const take = ({ t, d }: RawEvent): void => {
    if (t !== GatewayDispatchEvents.InteractionCreate && t !== GatewayDispatchEvents.MessageCreate) return;
    if (!hasId(d)) throw new TypeError("an event without an id");
    if (isFinishing) return;
    if (t === GatewayDispatchEvents.InteractionCreate) {
      if (!hasToken(d)) throw new TypeError("an interaction without a token");
      if (recent.add(d.id)) track(answerInteraction(d as unknown as APIInteraction));
    } else {
      const self = botId();
      if (self !== undefined) track(answerMessage(d as unknown as GatewayMessageCreateDispatchData, self));
    }
  };

  return {
    receive(event) {
      try {
        take(event);
      } catch (error) {
        log.warn({ error, event: event.t }, "An event could not be read; it is skipped.");
      }
      keepFromDiscordJs(event);
    },
    async finish(milliseconds) {
      isFinishing = true;
      await Promise.race([Promise.allSettled(underWay), wait(milliseconds)]);
    },
  };
}

/**
 * Leaves discord.js nothing to handle: it looks its handlers up by the event's name, after it has shown the event to
 * others. They would build and cache objects that nobody reads, and throw on what lacks a field.
 */
function keepFromDiscordJs(event: RawEvent): void {
  if (!FOR_DISCORD_JS.includes(event.t)) {
    event.t = null;
    event.d = null;
  } else if (typeof event.d === "object" && event.d !== null && "guilds" in event.d) {
    // Thousands of servers, by their ids. discord.js would make an object of each.
    event.d.guilds = [];
  }
}

/** Not allowed to write there (50001, 50013 and others), or the channel is gone: that is the server's choice. */
function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.status === 403 || error.status === 404);
}

function hasId(data: unknown): data is { readonly id: string } {
  return typeof data === "object" && data !== null && "id" in data && typeof data.id === "string";
}

function hasToken(data: object): data is { readonly token: string } {
  return "token" in data && typeof data.token === "string";
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
