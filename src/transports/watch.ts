/**
 * What a transport tells of its work, so that it can be counted. Nothing of it says who asked, where, or in what words.
 */
import type { APIInteraction } from "discord-api-types/v10";
import type { Match } from "../matching/match.ts";

/** Told of what happens on one transport. */
export interface Watch {
  /** A question in somebody's words was understood as this. */
  matched(match: Pick<Match, "kind" | "topic">): void;
  /** An interaction was answered, so many milliseconds after it arrived. Only its kind and its command are looked at. */
  answeredInteraction(interaction: APIInteraction, milliseconds: number): void;
  /** A message was answered, so many milliseconds after it arrived. */
  answeredMessage(milliseconds: number): void;
  /** A request to Discord failed, or the connection did. */
  failed(error: unknown): void;
  /** Discord asked to slow down; `scope` tells whose limit it was. */
  rateLimited(scope: "user" | "global" | "shared"): void;
  /** Somebody had to wait for being very quick. */
  cooledDown(scope: "person" | "channel"): void;
}

/** Where nobody counts. */
export const unwatched: Watch = {
  matched() {},
  answeredInteraction() {},
  answeredMessage() {},
  failed() {},
  rateLimited() {},
  cooledDown() {},
};
