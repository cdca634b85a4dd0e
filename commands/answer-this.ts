import { ApplicationCommandType } from "discord-api-types/v10";
import { answerQuestion } from "../src/answers/answer-question.ts";
import { toReply } from "../src/replies/reply.ts";
import type { Command } from "./command.ts";
import { everywhere } from "./options.ts";

/** Used on somebody's message: Discord sends its text along, so that no message has to be read otherwise. */
export const answerThis: Command = {
  data: { ...everywhere, type: ApplicationCommandType.Message, name: "Answer this question" },

  execute({ targetText, visibility }, context) {
    return toReply(answerQuestion(context, { text: targetText }).answer, visibility);
  },
};
