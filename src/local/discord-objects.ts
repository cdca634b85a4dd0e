/** The people and places of the local Discord in the form in which Discord's API sends them. */
import {
  type APIChannel,
  type APIDMChannel,
  type APIGuild,
  type APIGuildMember,
  type APIGuildTextChannel,
  type ApplicationFlags,
  type ChannelFlags,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  type GuildMemberFlags,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  type GuildSystemChannelFlags,
  GuildVerificationLevel,
  Locale,
  PermissionFlagsBits,
  type RoleFlags,
} from "discord-api-types/v10";
import { timestampOf } from "./snowflake.ts";
import { type Channel, type Guild, type GuildChannel, isEphemeral, type State } from "./state.ts";

const EVERYONE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseExternalEmojis |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.UseApplicationCommands;

/** What an invited bot may do in a server: what everyone may. */
export const BOT_GUILD_PERMISSIONS = EVERYONE_PERMISSIONS.toString();

/** What a bot may do in its direct messages. */
export const BOT_DIRECT_PERMISSIONS = (
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.MentionEveryone |
  PermissionFlagsBits.UseExternalEmojis
).toString();

/** The person owns the servers, and an owner may do everything. */
export const OWNER_PERMISSIONS = Object.values(PermissionFlagsBits)
  .reduce((all, bit) => all | bit, 0n)
  .toString();

/** Bytes of one attachment that a server without boosts allows. */
export const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

/** The last message of a channel that everyone can see, or null. */
function lastMessageId(state: State, channelId: string): string | null {
  let last: string | null = null;
  for (const message of state.messagesIn(channelId).values()) if (!isEphemeral(message)) last = message.id;
  return last;
}

function guildChannelObject(state: State, channel: GuildChannel): APIGuildTextChannel<ChannelType.GuildText> {
  return {
    id: channel.id,
    type: ChannelType.GuildText,
    guild_id: channel.guildId,
    name: channel.name,
    topic: channel.topic,
    position: channel.position,
    permission_overwrites: [],
    parent_id: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: lastMessageId(state, channel.id),
    last_pin_timestamp: null,
    flags: 0 as ChannelFlags,
  };
}

function directChannelObject(state: State, id: string): APIDMChannel {
  return {
    id,
    type: ChannelType.DM,
    name: null,
    last_message_id: lastMessageId(state, id),
    flags: 0 as ChannelFlags,
    recipients: [state.person],
  };
}

/** A channel as `GET /channels/:id` and the gateway send it. */
export function channelObject(state: State, channel: Channel): APIChannel {
  return channel.kind === "guild" ? guildChannelObject(state, channel) : directChannelObject(state, channel.id);
}

/** The membership of the bot or the person in a server, without the user. */
export function memberObject(state: State, guild: Guild, userId: string): Omit<APIGuildMember, "user"> {
  return {
    nick: null,
    avatar: null,
    banner: null,
    roles: userId === state.bot.id ? [guild.botRoleId] : [],
    joined_at: new Date(guild.createdAtMs + 1000).toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    communication_disabled_until: null,
    flags: 0 as GuildMemberFlags,
  };
}

function roleObjects(state: State, guild: Guild): APIGuild["roles"] {
  const common = {
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    permissions: EVERYONE_PERMISSIONS.toString(),
    mentionable: false,
    flags: 0 as RoleFlags,
  };
  return [
    { ...common, id: guild.id, name: "@everyone", position: 0, managed: false },
    {
      ...common,
      id: guild.botRoleId,
      name: state.application.name,
      position: 1,
      managed: true,
      tags: { bot_id: state.bot.id },
    },
  ];
}

/** A server as `GET /guilds/:id` sends it. */
export function guildObject(state: State, guild: Guild): APIGuild {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    icon_hash: null,
    splash: null,
    discovery_splash: null,
    owner_id: state.person.id,
    region: "",
    afk_channel_id: null,
    afk_timeout: 300,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: GuildVerificationLevel.None,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    roles: roleObjects(state, guild),
    emojis: [],
    features: [],
    mfa_level: GuildMFALevel.None,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0 as GuildSystemChannelFlags,
    rules_channel_id: null,
    max_presences: null,
    max_members: 500_000,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: GuildPremiumTier.None,
    premium_subscription_count: 0,
    preferred_locale: Locale.EnglishUS,
    public_updates_channel_id: null,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    nsfw_level: GuildNSFWLevel.Default,
    stickers: [],
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
    incidents_data: null,
    hub_type: null,
  };
}

/** A server as GUILD_CREATE sends it. Without the privileged intents, the bot is the only member named. */
export function guildCreateData(state: State, guild: Guild): GatewayGuildCreateDispatchData {
  return {
    ...guildObject(state, guild),
    joined_at: new Date(guild.createdAtMs + 1000).toISOString(),
    large: false,
    unavailable: false,
    member_count: 2,
    voice_states: [],
    members: [{ ...memberObject(state, guild, state.bot.id), user: state.bot }],
    channels: guild.channels.map((channel) => guildChannelObject(state, channel)),
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** The bot's application as `GET /applications/@me` sends it. */
export function applicationObject(state: State) {
  const { id, name, description } = state.application;
  return {
    id,
    name,
    description,
    icon: null,
    type: null,
    summary: "",
    bot: state.bot,
    owner: state.person,
    team: null,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    flags: 0 as ApplicationFlags,
    flags_new: "0",
    explicit_content_filter: 0,
    eligible_oauth2_scopes: ["applications.commands", "bot"],
    hook: true,
    rpc_origins: [],
    redirect_uris: [],
    tags: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    event_webhooks_url: null,
    event_webhooks_status: 1,
    approximate_guild_count: state.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    integration_types_config: { "0": {}, "1": {} },
    install_params: { scopes: ["applications.commands", "bot"], permissions: BOT_GUILD_PERMISSIONS },
    created_at: new Date(timestampOf(id)).toISOString(),
  };
}
