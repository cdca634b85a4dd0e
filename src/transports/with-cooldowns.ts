/**
 * Keeps people from making the bot spam: whoever asks very often has to wait a little, and a channel gets only so many
 * public answers. Each process counts for itself.
 */
import {
  type APIInteraction,
  type APIInteractionResponse,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from "discord-api-types/v10";
import { slowDownReply } from "../replies/reply.ts";
import { type Cooldown, createCooldown } from "./cooldown.ts";
import type { Responder } from "./responder.ts";
import { unwatched, type Watch } from "./watch.ts";

/** Allowances, shared by all transports of a process. */
export interface Cooldowns {
  readonly person: Cooldown;
  readonly channel: Cooldown;
}

// Walking through steps is a press each, so a quick reader must not meet the limit.
const PERSON = { burst: 30, windowMs: 10_000 };
// As many messages as Discord itself lets a bot write to a channel: one a second.
const CHANNEL = { burst: 20, windowMs: 20_000 };

/**
 * @param now - a clock that never steps, in milliseconds
 */
export function createCooldowns(now?: () => number): Cooldowns {
  const clock = now === undefined ? {} : { now };
  return { person: createCooldown({ ...PERSON, ...clock }), channel: createCooldown({ ...CHANNEL, ...clock }) };
}

/**
 * The same responder, but over the limit interactions get a private reply that says when to come back, and messages
 * none at all. Completion is free: it comes with every letter typed.
 */
export function withCooldowns(
  responder: Responder,
  { person, channel }: Cooldowns,
  watch: Watch = unwatched,
): Responder {
  /** Takes from an allowance; milliseconds to wait, 0 for none. */
  const take = (scope: "person" | "channel", cooldown: Cooldown, key: string | undefined): number => {
    const wait = key === undefined ? 0 : cooldown.take(key);
    if (wait > 0) watch.cooledDown(scope);
    return wait;
  };
  return {
    commands: responder.commands,
    prepare: () => responder.prepare(),
    respondToInteraction(interaction) {
      if (isFree(interaction)) return responder.respondToInteraction(interaction);
      const personWait = take("person", person, personOf(interaction));
      if (personWait > 0) return comeBack(personWait);
      const response = responder.respondToInteraction(interaction);
      const channelWait = isPublic(response) ? take("channel", channel, channelOf(interaction)) : 0;
      return channelWait > 0 ? comeBack(channelWait) : response;
    },
    respondToMessage(message, botId) {
      const reply = responder.respondToMessage(message, botId);
      if (reply === null || take("person", person, message.author.id) > 0) return null;
      return take("channel", channel, message.channel_id) > 0 ? null : reply;
    },
  };
}

function isFree({ type }: APIInteraction): boolean {
  return type === InteractionType.Ping || type === InteractionType.ApplicationCommandAutocomplete;
}

/** Whether others see it, and it is new: a changed message takes no more room than before. */
function isPublic(response: APIInteractionResponse): boolean {
  if (response.type !== InteractionResponseType.ChannelMessageWithSource) return false;
  return ((response.data.flags ?? 0) & MessageFlags.Ephemeral) === 0;
}

function personOf({ member, user }: APIInteraction): string | undefined {
  return member?.user?.id ?? user?.id;
}

function channelOf(interaction: APIInteraction): string | undefined {
  return interaction.channel?.id;
}

function comeBack(waitMs: number): APIInteractionResponse {
  const data = slowDownReply(new Date(Date.now() + waitMs));
  return { type: InteractionResponseType.ChannelMessageWithSource, data };
}
