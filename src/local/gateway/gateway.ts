/** The gateway: what happens in the local Discord, told to the bot's sessions. */
import type { APIMessage } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import { memberObject } from "../discord-objects.ts";
import { asHeardWith } from "../message-content.ts";
import { withReference } from "../messages.ts";
import { type Change, type Channel, isEphemeral, type State } from "../state.ts";
import { type GatewaySettings, type Hub, serveConnection } from "./connection.ts";
import { messageIntent, typingIntent } from "./intents.ts";
import { createSessions, type Dispatch, type Scope, type SessionSettings } from "./sessions.ts";

/** Faults that last until they are switched off. */
export interface GatewayFlags {
  /** Sockets stay open, nothing is sent or heard any more: half-open connections. */
  silent: boolean;
  /** Each event is sent twice. */
  duplicateEvents: boolean;
}

export function scopeOf(channel: Channel): Scope {
  return channel.kind === "dm" ? "dm" : { guildId: channel.guildId };
}

/** A message with what only the gateway adds: the server, and the members' memberships. */
function messageData(state: State, channel: Channel, message: APIMessage): object {
  if (channel.kind === "dm") return { ...message, channel_type: 1 };
  const guild = state.guilds.get(channel.guildId);
  if (guild === undefined) return message;
  return {
    ...message,
    channel_type: 0,
    guild_id: guild.id,
    ...(message.webhook_id === undefined ? { member: memberObject(state, guild, message.author.id) } : {}),
    mentions: message.mentions.map((user) => ({ ...user, member: memberObject(state, guild, user.id) })),
  };
}

export function createGateway(
  state: State,
  settings: GatewaySettings & Omit<SessionSettings, "onPresence">,
  flags: GatewayFlags,
) {
  const sessions = createSessions({ ...settings, onPresence: () => state.announce({ type: "presence" }) }, flags);
  const hub: Hub = { state, sessions, settings, flags, identifiedAt: new Map(), identified: 0 };

  const tell = (change: Change): void => {
    switch (change.type) {
      case "message-create":
      case "message-update": {
        const { channel, message } = change;
        if (isEphemeral(message)) return;
        const whole = withReference(state, message);
        sessions.dispatch({
          t: change.type === "message-create" ? "MESSAGE_CREATE" : "MESSAGE_UPDATE",
          scope: scopeOf(channel),
          intent: messageIntent(channel),
          data: (intents) => messageData(state, channel, asHeardWith(intents, state, channel, whole)),
        });
        return;
      }
      case "message-delete": {
        const { channel, message } = change;
        if (isEphemeral(message)) return;
        const place = channel.kind === "guild" ? { guild_id: channel.guildId } : {};
        sessions.dispatch({
          t: "MESSAGE_DELETE",
          scope: scopeOf(channel),
          intent: messageIntent(channel),
          data: () => ({ id: message.id, channel_id: channel.id, ...place }),
        });
        return;
      }
      case "typing": {
        const { channel } = change;
        const place = channel.kind === "guild" ? { guild_id: channel.guildId } : {};
        sessions.dispatch({
          t: "TYPING_START",
          scope: scopeOf(channel),
          intent: typingIntent(channel),
          data: () => ({
            channel_id: channel.id,
            user_id: state.bot.id,
            timestamp: Math.floor(Date.now() / 1000),
            ...place,
          }),
        });
        return;
      }
      case "commands":
      case "presence":
        return;
    }
  };
  const stopListening = state.listen(tell);

  return {
    sessions,
    /** Takes a client that has connected. */
    accept: (socket: WebSocket, query: URLSearchParams) => serveConnection(hub, socket, query),
    dispatch: (event: Dispatch) => sessions.dispatch(event),
    /** IDENTIFYs so far. */
    identified: () => hub.identified,
    close(): void {
      stopListening();
      for (const session of [...sessions.all()]) {
        session.line?.cut();
        sessions.end(session);
      }
    },
  };
}
