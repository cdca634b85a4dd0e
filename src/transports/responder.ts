/**
 * What the bot says to whatever the gateway brings: interactions, and messages that are meant for it.
 */
import { commandBodies } from "../../commands/index.ts";
import { answerQuestion } from "../answers/answer-question.ts";
import type { AnswerContext } from "../answers/context.ts";
import { toReply } from "../replies/reply.ts";
import { serviceOfMessage } from "../replies/service-of-message.ts";
import { readAddressedMessage } from "./addressed-message.ts";
import { createDispatch } from "./dispatch.ts";
import type { Responder } from "./gateway.ts";

/**
 * @param context - what answers are made of
 * @param onError - told of what went wrong inside; it gets no text that anybody wrote
 */
export function createResponder(context: AnswerContext, onError: (error: unknown) => void): Responder {
  return {
    commands: commandBodies,
    respondToInteraction: createDispatch(context, onError),
    respondToMessage(message, botId) {
      const addressed = readAddressedMessage(message, botId);
      if (addressed === null) return null;
      const { text, repliesTo, byName } = addressed;
      const service = repliesTo && serviceOfMessage(repliesTo);
      const { match, answer } = answerQuestion(context, { text, service });
      // "thanks!" under an answer is no question; whoever spoke to the bot by name gets at least a hint.
      if (match.kind === "none" && !byName) return null;
      return toReply(answer, "public");
    },
  };
}
