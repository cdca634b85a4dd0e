import { ApplicationCommandType } from "discord-api-types/v10";
import { answerForService } from "../src/answers/answer-question.ts";
import { toReply } from "../src/replies/reply.ts";
import type { Command } from "./command.ts";
import { completeService, everywhere, serviceOption, shareOption } from "./options.ts";

export const beforeYouDelete: Command = {
  data: {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: "before-you-delete",
    description: "What you would lose, what stays behind, and what to do first",
    options: [serviceOption, shareOption],
  },

  execute({ options, visibility }, context) {
    const typed = options.get("service") ?? "";
    return toReply(
      answerForService(context, typed, (service) => ({ kind: "before", service })),
      visibility,
    );
  },

  complete: ({ focused }, context) => completeService(focused.text, context),
};
