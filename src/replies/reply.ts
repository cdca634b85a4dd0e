import { type APIMessageTopLevelComponent, ComponentType, MessageFlags } from "discord-api-types/v10";
import type { Answer } from "../answers/answer.ts";
import { toCard } from "./card.ts";
import { textDisplay } from "./components.ts";

/** What is sent: part of a message or of an interaction's response. Nobody is ever pinged. */
export interface Reply {
  readonly flags: MessageFlags;
  readonly components: APIMessageTopLevelComponent[];
  readonly allowed_mentions: { readonly parse: [] };
}

/** Who sees a reply: only the one who asked, or everyone in the channel. */
export type Visibility = "private" | "public";

/** Replies with answers that are kept, for as long as they are. */
const made: Readonly<Record<Visibility, WeakMap<Answer, Reply>>> = { private: new WeakMap(), public: new WeakMap() };
const kept = new WeakSet<object>();

export function toReply(answer: Answer, visibility: Visibility): Reply {
  const known = made[visibility].get(answer);
  if (known) return known;
  const reply = replyWith(toCard(answer), visibility);
  // An entry in a weak map outlives what it is for by far: others had better have none.
  if (answer.isKept) {
    made[visibility].set(answer, reply);
    kept.add(reply);
  }
  return reply;
}

/** Whether a reply is used again, so that what is made of it is worth keeping. */
export function isKept(reply: object): boolean {
  return kept.has(reply);
}

/** For when Wayout itself failed. */
export function errorReply(): Reply {
  const text = "Sorry, something went wrong on my side. Nothing was changed or sent. Please try again.";
  return replyWith({ type: ComponentType.Container, components: [textDisplay(text)] }, "private");
}

/** For whoever asks faster than anybody reads. */
export function slowDownReply(until: Date): Reply {
  const text = `You're quick: try again <t:${Math.ceil(until.getTime() / 1000)}:R>.`;
  return replyWith({ type: ComponentType.Container, components: [textDisplay(text)] }, "private");
}

function replyWith(component: APIMessageTopLevelComponent, visibility: Visibility): Reply {
  const ephemeral = visibility === "private" ? MessageFlags.Ephemeral : 0;
  return {
    flags: MessageFlags.IsComponentsV2 | ephemeral,
    components: [component],
    allowed_mentions: { parse: [] },
  };
}
