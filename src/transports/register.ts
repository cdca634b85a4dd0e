/**
 * Tells Discord which commands there are, only when they changed: Discord allows 200 command creations a day, and
 * updates of global commands take a moment to reach every client.
 */
import { isDeepStrictEqual } from "node:util";
import type { REST } from "@discordjs/rest";
import {
  type APIApplication,
  type APIApplicationCommand,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from "discord-api-types/v10";
import { StartError, TOKEN_REFUSED } from "./start-error.ts";

/**
 * Brings Discord's list of global commands in line with ours, in one bulk overwrite.
 * Source: https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands
 *
 * @param rest - client that knows the token
 * @param applicationId - the application's id (a snowflake)
 * @param commands - all commands, as they should be
 * @returns whether anything had to be changed
 * @throws {DiscordAPIError} where Discord refuses
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  commands: RESTPutAPIApplicationCommandsJSONBody,
): Promise<"unchanged" | "updated"> {
  const route = Routes.applicationCommands(applicationId);
  const registered = (await rest.get(route, {
    query: new URLSearchParams({ with_localizations: "true" }),
  })) as APIApplicationCommand[];
  if (isSameList(registered, commands)) return "unchanged";
  await rest.put(route, { body: commands });
  return "updated";
}

/**
 * The same with nothing but a token: the application is asked for its id.
 *
 * @param apiUrl - base URL of the REST API, without its version
 * @throws {StartError} where Discord refuses the token, {@link DiscordAPIError} where it refuses anything else
 */
export async function registerByToken(
  token: string,
  apiUrl: string,
  commands: RESTPutAPIApplicationCommandsJSONBody,
): Promise<"unchanged" | "updated"> {
  // Loaded only here: beside discord.js it would be a second copy of what that has.
  const { DiscordAPIError, REST } = await import("@discordjs/rest");
  const rest = new REST({ api: apiUrl }).setToken(token);
  try {
    const { id } = (await rest.get(Routes.currentApplication())) as APIApplication;
    return await registerCommands(rest, id, commands);
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 401) throw new StartError(TOKEN_REFUSED, { cause: error });
    throw error;
  }
}

/** Whether two lists declare the same commands, in whatever order and with whatever fields Discord adds. */
export function isSameList(registered: readonly object[], declared: readonly object[]): boolean {
  const byKindAndName = (command: Normal): string => `${command["type"] ?? 1} ${command["name"]}`;
  const sorted = (list: readonly object[]): Normal[] =>
    list.map(normalizeCommand).sort((a, b) => (byKindAndName(a) < byKindAndName(b) ? -1 : 1));
  return isDeepStrictEqual(sorted(registered), sorted(declared));
}

type Normal = Record<string, unknown>;

// What we declare. Discord adds ids, versions and defaults of its own, which say nothing about a change.
const COMMAND_FIELDS = [
  "type",
  "name",
  "name_localizations",
  "description",
  "description_localizations",
  "default_member_permissions",
  "nsfw",
  "integration_types",
  "contexts",
] as const;
const OPTION_FIELDS = [
  "type",
  "name",
  "name_localizations",
  "description",
  "description_localizations",
  "required",
  "autocomplete",
  "choices",
  "min_value",
  "max_value",
  "min_length",
  "max_length",
  "channel_types",
] as const;

function normalizeCommand(command: object): Normal {
  const normal = pick(command, COMMAND_FIELDS);
  normal["type"] ??= 1;
  for (const field of ["integration_types", "contexts"]) {
    const list = normal[field];
    if (Array.isArray(list)) normal[field] = [...list].sort();
  }
  return addOptions(normal, command);
}

function addOptions(normal: Normal, source: object): Normal {
  const options = (source as { options?: readonly object[] }).options;
  if (options && options.length > 0) {
    normal["options"] = options.map((option) => addOptions(pick(option, OPTION_FIELDS), option));
  }
  return normal;
}

/** Keeps the named fields that say something: Discord sends null, false or "" where we leave a field out. */
function pick(source: object, fields: readonly string[]): Normal {
  const normal: Normal = {};
  for (const field of fields) {
    const value = (source as Normal)[field];
    const isEmpty =
      value === undefined ||
      value === null ||
      value === false ||
      value === "" ||
      (typeof value === "object" && Object.keys(value).length === 0);
    if (!isEmpty) normal[field] = field === "choices" ? simplifyChoices(value) : value;
  }
  return normal;
}

function simplifyChoices(choices: unknown): unknown {
  return Array.isArray(choices)
    ? choices.map((choice) => pick(choice, ["name", "name_localizations", "value"]))
    : choices;
}
