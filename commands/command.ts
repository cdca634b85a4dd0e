import type { APIApplicationCommandOptionChoice, RESTPostAPIApplicationCommandsJSONBody } from "discord-api-types/v10";
import type { AnswerContext } from "../src/answers/context.ts";
import type { Reply, Visibility } from "../src/replies/reply.ts";

/** A command as somebody used it. */
interface CommandRequest {
  /**
   * Text options by name. Discord checks them only in its own clients, so any may be missing and any may hold any text.
   */
  readonly options: ReadonlyMap<string, string>;
  /** Public where the person chose `share: true`. */
  readonly visibility: Visibility;
  /** The text of the message that a message command was used on. */
  readonly targetText: string;
}

/** An option that is being typed. */
interface CompletionRequest {
  readonly options: ReadonlyMap<string, string>;
  readonly focused: { readonly name: string; readonly text: string };
}

export interface Command {
  /** What Discord is told of the command. */
  readonly data: RESTPostAPIApplicationCommandsJSONBody;
  readonly execute: (request: CommandRequest, context: AnswerContext) => Reply;
  /** What to offer for an option that completes, best first. */
  readonly complete?: (
    request: CompletionRequest,
    context: AnswerContext,
  ) => APIApplicationCommandOptionChoice<string>[];
}
