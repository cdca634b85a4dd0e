import { ApplicationCommandOptionType, ApplicationCommandType } from "discord-api-types/v10";
import { answerQuestion } from "../src/answers/answer-question.ts";
import { toReply } from "../src/replies/reply.ts";
import type { Command } from "./command.ts";
import { everywhere, shareOption } from "./options.ts";

export const ask: Command = {
  data: {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: "ask",
    description: "Ask in your own words about leaving or hiding an account",
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: "question",
        description: "Name the account and what you want to know",
        required: true,
        max_length: 2000,
      },
      shareOption,
    ],
  },

  execute({ options, visibility }, context) {
    const { answer } = answerQuestion(context, { text: options.get("question") ?? "" });
    return toReply(answer, visibility);
  },
};
