/**
 * What the bot says to whatever arrives: interactions, and messages that are meant for it.
 */
import type {
  APIInteraction,
  APIInteractionResponse,
  GatewayMessageCreateDispatchData,
  RESTPostAPIChannelMessageJSONBody,
  RESTPutAPIApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { commandBodies } from "../../commands/index.ts";
import { answerQuestion } from "../answers/answer-question.ts";
import type { AnswerContext } from "../answers/context.ts";
import { toReply } from "../replies/reply.ts";
import { serviceOfMessage } from "../replies/service-of-message.ts";
import { readAddressedMessage } from "./addressed-message.ts";
import { createDispatch } from "./dispatch.ts";
import { unwatched, type Watch } from "./watch.ts";

/** What the bot says to what arrives: synchronous, and it never throws on odd input. */
export interface Responder {
  /** All commands, as Discord is told of them. */
  readonly commands: RESTPutAPIApplicationCommandsJSONBody;
  /** Makes ready what else the first answer would have to wait for, some tenths of a second. */
  prepare(): void;
  /** Answers a command, a button, a menu, or completion. */
  respondToInteraction(interaction: APIInteraction): APIInteractionResponse;
  /** Answers a message, or returns null where it is not meant for the bot. */
  respondToMessage(message: GatewayMessageCreateDispatchData, botId: string): RESTPostAPIChannelMessageJSONBody | null;
}

/**
 * @param context - what answers are made of
 * @param onError - told of what went wrong inside; it gets no text that anybody wrote
 * @param watch - told how questions were understood
 */
export function createResponder(
  context: AnswerContext,
  onError: (error: unknown) => void,
  watch: Watch = unwatched,
): Responder {
  const watched: AnswerContext = { ...context, matcher: watchMatcher(context.matcher, watch) };
  return {
    commands: commandBodies,
    prepare: () => context.prepare?.(),
    respondToInteraction: createDispatch(watched, onError),
    respondToMessage(message, botId) {
      const addressed = readAddressedMessage(message, botId);
      if (addressed === null) return null;
      const { text, repliesTo, byName } = addressed;
      const service = repliesTo && serviceOfMessage(repliesTo);
      const { match, answer } = answerQuestion(watched, { text, service });
      // "thanks!" under an answer is no question; whoever spoke to the bot by name gets at least a hint.
      if (match.kind === "none" && !byName) return null;
      return toReply(answer, "public");
    },
  };
}

function watchMatcher(matcher: AnswerContext["matcher"], watch: Watch): AnswerContext["matcher"] {
  return {
    ...matcher,
    match(question) {
      const match = matcher.match(question);
      watch.matched(match);
      return match;
    },
  };
}
