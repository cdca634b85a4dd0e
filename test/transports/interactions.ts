/** Interactions as Discord sends them, as far as dispatch reads them. */
import {
  type APIInteraction,
  ApplicationCommandType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  MessageFlags,
} from "discord-api-types/v10";

type Json = Readonly<Record<string, unknown>>;

/** Fields that every interaction has. */
const COMMON: Json = {
  id: "1001",
  application_id: "2002",
  token: "a-token",
  version: 1,
  channel_id: "3003",
  channel: { id: "3003", type: 0 },
  guild_id: "4004",
  context: InteractionContextType.Guild,
  member: { user: { id: "5005", username: "someone" }, roles: [], permissions: "0" },
  app_permissions: "0",
  entitlements: [],
  authorizing_integration_owners: { 0: "4004" },
  attachment_size_limit: 10_485_760,
  locale: "de",
  guild_locale: "en-US",
};

/** Whatever arrives: the type system cannot know what a stranger's JSON holds. */
export function interaction(fields: Json): APIInteraction {
  return { ...COMMON, ...fields } as unknown as APIInteraction;
}

export function slashCommand(name: string, options: Readonly<Record<string, string | boolean>> = {}): APIInteraction {
  return interaction({
    type: InteractionType.ApplicationCommand,
    data: {
      id: "6006",
      type: ApplicationCommandType.ChatInput,
      name,
      options: Object.entries(options).map(([key, value]) => ({
        name: key,
        type: typeof value === "string" ? 3 : 5,
        value,
      })),
    },
  });
}

/** @param options - by name; the last one is being typed */
export function completion(name: string, options: Readonly<Record<string, string>>): APIInteraction {
  const last = Object.keys(options).at(-1);
  return interaction({
    type: InteractionType.ApplicationCommandAutocomplete,
    data: {
      id: "6006",
      type: ApplicationCommandType.ChatInput,
      name,
      options: Object.entries(options).map(([key, value]) => ({
        name: key,
        type: 3,
        value,
        ...(key === last ? { focused: true } : {}),
      })),
    },
  });
}

export function messageCommand(name: string, content: string): APIInteraction {
  return interaction({
    type: InteractionType.ApplicationCommand,
    data: {
      id: "6006",
      type: ApplicationCommandType.Message,
      name,
      target_id: "7007",
      resolved: { messages: { 7007: { id: "7007", content } } },
    },
  });
}

/** A press on a button of a message that only the person sees, unless told otherwise. */
export function press(customId: string, fields: Json = {}): APIInteraction {
  return interaction({
    type: InteractionType.MessageComponent,
    data: { component_type: ComponentType.Button, custom_id: customId },
    message: { id: "8008", flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral },
    ...fields,
  });
}

/** A choice from a menu of a message that only the person sees. */
export function choose(customId: string, value: string): APIInteraction {
  return press(customId, {
    data: { component_type: ComponentType.StringSelect, custom_id: customId, values: [value] },
  });
}
