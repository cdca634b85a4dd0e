import { ApplicationCommandOptionType, ApplicationCommandType } from "discord-api-types/v10";
import { answerView } from "../src/answers/answer-view.ts";
import { cleanSearch } from "../src/answers/view.ts";
import { CATEGORY_WORDS, gradeOf } from "../src/answers/wording.ts";
import { LISTING_DIFFICULTIES } from "../src/knowledge/directory.ts";
import { CATEGORIES } from "../src/knowledge/schema.ts";
import { toReply } from "../src/replies/reply.ts";
import type { Command } from "./command.ts";
import { everywhere, shareOption } from "./options.ts";

export const services: Command = {
  data: {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: "services",
    description: "All services that I know the way out of, to browse and to search",
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: "search",
        description: "A part of the service's name or of its web address",
        max_length: 40,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: "kind",
        description: "What kind of service it is",
        choices: CATEGORIES.map((category) => ({ name: CATEGORY_WORDS[category], value: category })),
      },
      {
        type: ApplicationCommandOptionType.String,
        name: "difficulty",
        description: "How hard it is to get out",
        choices: LISTING_DIFFICULTIES.map((difficulty) => ({ name: gradeOf(difficulty), value: difficulty })),
      },
      shareOption,
    ],
  },

  execute({ options, visibility }, context) {
    const answer = answerView(context, {
      kind: "browse",
      page: 1,
      category: CATEGORIES.find((category) => category === options.get("kind")) ?? null,
      difficulty: LISTING_DIFFICULTIES.find((difficulty) => difficulty === options.get("difficulty")) ?? null,
      search: cleanSearch(options.get("search") ?? ""),
    });
    return toReply(answer, visibility);
  },
};
