import type { RESTPutAPIApplicationCommandsJSONBody } from "discord-api-types/v10";
import { answerThis } from "./answer-this.ts";
import { ask } from "./ask.ts";
import { beforeYouDelete } from "./before-you-delete.ts";
import type { Command } from "./command.ts";
import { deleteSteps } from "./delete-steps.ts";
import { privacyOptions } from "./privacy-options.ts";
import { services } from "./services.ts";

/** All commands; registration and dispatch read this list. */
export const commands: readonly Command[] = [deleteSteps, privacyOptions, beforeYouDelete, services, ask, answerThis];

/** All commands as Discord is told of them. */
export const commandBodies: RESTPutAPIApplicationCommandsJSONBody = commands.map(({ data }) => data);
