import { ApplicationCommandOptionType, ApplicationCommandType } from "discord-api-types/v10";
import { answerForService } from "../src/answers/answer-question.ts";
import { OPTION_TOPICS } from "../src/answers/view.ts";
import { toReply } from "../src/replies/reply.ts";
import type { Command } from "./command.ts";
import { completeService, everywhere, serviceOption, shareOption } from "./options.ts";

export const privacyOptions: Command = {
  data: {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: "privacy-options",
    description: "What you can do instead of deleting: hide, limit, take a break",
    options: [
      serviceOption,
      {
        type: ApplicationCommandOptionType.String,
        name: "topic",
        description: "What you want to change; without it, you get all options",
        choices: [
          { name: "All", value: "alternatives" },
          { name: "Take a break", value: "deactivate" },
          { name: "Who sees my posts", value: "private" },
          { name: "Not be found", value: "discoverability" },
          { name: "Who can contact me", value: "contact-limits" },
          { name: "Other", value: "other" },
        ],
      },
      shareOption,
    ],
  },

  execute({ options, visibility }, context) {
    const topic = OPTION_TOPICS.find((known) => known === options.get("topic")) ?? "alternatives";
    const typed = options.get("service") ?? "";
    return toReply(
      answerForService(context, typed, (service) => ({ kind: "options", service, topic })),
      visibility,
    );
  },

  complete: ({ focused }, context) => completeService(focused.text, context),
};
