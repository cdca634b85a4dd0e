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

/** Replies with answers that are used again, for as long as these are kept. */
const made: Readonly<Record<Visibility, WeakMap<Answer, Reply>>> = { private: new WeakMap(), public: new WeakMap() };

export function toReply(answer: Answer, visibility: Visibility): Reply {
  const reply = made[visibility].get(answer) ?? replyWith(toCard(answer), visibility);
  made[visibility].set(answer, reply);
  return reply;
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
