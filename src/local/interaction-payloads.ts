/**
 * INTERACTION_CREATE, as Discord sends it: every field, since libraries count on them (discord.js throws without
 * `entitlements`).
 *
 * @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
 */
import {
  ApplicationIntegrationType,
  InteractionContextType,
  type InteractionType,
  type Locale,
  Locale as Locales,
} from "discord-api-types/v10";
import {
  ATTACHMENT_SIZE_LIMIT,
  BOT_DIRECT_PERMISSIONS,
  BOT_GUILD_PERMISSIONS,
  channelObject,
  memberObject,
  OWNER_PERMISSIONS,
} from "./discord-objects.ts";
import type { Channel, State } from "./state.ts";

/** The installation that an interaction in this channel goes back to: the bot is invited, not installed by a user. */
export function integrationOwners(channel: Channel): Record<string, string> {
  // In the bot's direct messages, Discord writes "0" for the server.
  return { [ApplicationIntegrationType.GuildInstall]: channel.kind === "guild" ? channel.guildId : "0" };
}

/** What every interaction carries, whatever was done. */
export function interactionPayload(
  state: State,
  about: {
    readonly id: string;
    readonly token: string;
    readonly type: InteractionType;
    readonly channel: Channel;
    readonly locale: Locale;
    readonly data: object;
    /** For components: the message they are on. */
    readonly message?: object;
  },
): object {
  const { id, token, type, channel, locale, data, message } = about;
  const common = {
    id,
    application_id: state.application.id,
    type,
    token,
    version: 1,
    data,
    ...(message === undefined ? {} : { message }),
    locale,
    channel: channelObject(state, channel),
    channel_id: channel.id,
    entitlements: [],
    authorizing_integration_owners: integrationOwners(channel),
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
  };
  const guild = channel.kind === "guild" ? state.guilds.get(channel.guildId) : undefined;
  if (guild === undefined)
    return {
      ...common,
      context: InteractionContextType.BotDM,
      app_permissions: BOT_DIRECT_PERMISSIONS,
      user: state.person,
    };
  return {
    ...common,
    channel: { ...channelObject(state, channel), permissions: OWNER_PERMISSIONS },
    context: InteractionContextType.Guild,
    app_permissions: BOT_GUILD_PERMISSIONS,
    guild_id: guild.id,
    guild: { id: guild.id, locale: Locales.EnglishUS, features: [] },
    guild_locale: Locales.EnglishUS,
    member: { ...memberObject(state, guild, state.person.id), user: state.person, permissions: OWNER_PERMISSIONS },
  };
}
