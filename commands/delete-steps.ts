import { ApplicationCommandOptionType, ApplicationCommandType } from "discord-api-types/v10";
import { answerForService } from "../src/answers/answer-question.ts";
import { entryOf } from "../src/answers/context.ts";
import { findMethod, suggestMethods } from "../src/answers/wording.ts";
import { MAX_CHOICES } from "../src/replies/limits.ts";
import { toReply } from "../src/replies/reply.ts";
import type { Command } from "./command.ts";
import { choiceName, completeService, everywhere, serviceOption, shareOption } from "./options.ts";

export const deleteSteps: Command = {
  data: {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: "delete-steps",
    description: "How to delete an account, step by step",
    options: [
      serviceOption,
      {
        type: ApplicationCommandOptionType.String,
        name: "method",
        description: "Where you want to do it, such as in the app or in a browser",
        autocomplete: true,
        max_length: 100,
      },
      shareOption,
    ],
  },

  execute({ options, visibility }, context) {
    const answer = answerForService(context, options.get("service") ?? "", (service) => {
      const entry = entryOf(context, service);
      return { kind: "steps", service, method: entry && findMethod(entry, options.get("method"))?.id };
    });
    return toReply(answer, visibility);
  },

  complete({ options, focused }, context) {
    if (focused.name === "service") return completeService(focused.text, context);
    const entry = entryOf(context, context.matcher.resolveService(options.get("service") ?? ""));
    if (!entry) return [];
    return suggestMethods(entry, focused.text)
      .slice(0, MAX_CHOICES)
      .map(({ id, title }) => ({ name: choiceName(title), value: id }));
  },
};
