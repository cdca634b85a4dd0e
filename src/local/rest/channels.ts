/** Channels and the messages that the bot reads, writes, edits and deletes in them. */
import { type APIMessage, MessageFlags, MessageType } from "discord-api-types/v10";
import type { Hono } from "hono";
import { z } from "zod";
import { channelObject } from "../discord-objects.ts";
import { asHeardWith } from "../message-content.ts";
import { composeMessage, editMessage, withReference } from "../messages.ts";
import { existingOf } from "../responses.ts";
import { type Channel, isEphemeral } from "../state.ts";
import { parseForm, snowflake } from "../validation/form.ts";
import { type MessageBody, parseMessage } from "../validation/message.ts";
import type { ApiContext, ApiEnv } from "./context.ts";
import {
  invalidFormBody,
  missingPermissions,
  notTheAuthor,
  unknownChannel,
  unknownMessage,
  unknownUser,
} from "./errors.ts";
import type { RateLimits } from "./rate-limits.ts";
import { readBody } from "./request-body.ts";

const CREATE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;
const EDIT_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
const DEFAULT_PAGE = 50;
const MAX_PAGE = 100;
/** "The past few minutes", as Discord says. */
const NONCE_MS = 5 * 60_000;

export function addChannelRoutes(app: Hono<ApiEnv>, api: ApiContext, limits: RateLimits): void {
  const { state } = api;
  const limit = (name: string, rule: "messages" | "other" = "other") =>
    limits.bucket(name, rule, (context) => context.req.param("channel") ?? "");

  const channelOf = (id: string): Channel => {
    const channel = state.channels.get(id);
    if (channel === undefined) throw unknownChannel();
    return channel;
  };
  /** Private replies are no part of a channel's history. */
  const messageOf = (channel: Channel, id: string): APIMessage => {
    const message = state.messagesIn(channel.id).get(id);
    if (message === undefined || isEphemeral(message)) throw unknownMessage();
    return message;
  };
  /** With `enforce_nonce`, a request that is sent again gets the message that the first one became. */
  const saidBefore = (channel: Channel, { nonce, enforce_nonce: isEnforced }: MessageBody): APIMessage | undefined => {
    if (!isEnforced || nonce == null) return undefined;
    const since = Date.now() - NONCE_MS;
    return [...state.messagesIn(channel.id).values()].find(
      (message) =>
        message.nonce === nonce && message.author.id === state.bot.id && Date.parse(message.timestamp) >= since,
    );
  };
  /** A message as the bot may read it. */
  const shown = (channel: Channel, message: APIMessage): APIMessage =>
    asHeardWith(api.grantedIntents, state, channel, withReference(state, message));
  const repliedTo = (channel: Channel, body: MessageBody): APIMessage | null => {
    const reference = body.message_reference;
    if (reference == null) return null;
    const message = state.messagesIn(reference.channel_id ?? channel.id).get(reference.message_id);
    if (message !== undefined && !isEphemeral(message) && message.channel_id === channel.id) return message;
    if (reference.fail_if_not_exists === false) return null;
    throw invalidFormBody([
      { path: ["message_reference"], code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message" },
    ]);
  };

  app.get("/channels/:channel", limit("channel"), (context) =>
    context.json(channelObject(state, channelOf(context.req.param("channel")))),
  );

  app.post("/channels/:channel/messages", limit("create message", "messages"), async (context) => {
    const channel = channelOf(context.req.param("channel"));
    const { json, files } = await readBody(context);
    const body = parseMessage(json, { flags: CREATE_FLAGS, files: files.length });
    const before = saidBefore(channel, body);
    if (before !== undefined) return context.json(shown(channel, before));
    const original = repliedTo(channel, body);
    const place = channel.kind === "guild" ? { guild_id: channel.guildId } : {};
    const message = composeMessage(api, {
      author: state.bot,
      channel,
      body,
      files,
      type: original === null ? MessageType.Default : MessageType.Reply,
      repliedTo: original?.author ?? null,
      ...(original === null
        ? {}
        : {
            provenance: { message_reference: { type: 0, channel_id: channel.id, message_id: original.id, ...place } },
          }),
    });
    state.addMessage(channel, message);
    return context.json(shown(channel, message));
  });

  app.get("/channels/:channel/messages", limit("list messages"), (context) => {
    const channel = channelOf(context.req.param("channel"));
    const query = parseForm(
      z.object({
        limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
        before: snowflake.optional(),
        after: snowflake.optional(),
        around: snowflake.optional(),
      }),
      context.req.query(),
    );
    const visible = [...state.messagesIn(channel.id).values()].filter((message) => !isEphemeral(message));
    const before = (id: string) => visible.filter((message) => BigInt(message.id) < BigInt(id));
    const after = (id: string) => visible.filter((message) => BigInt(message.id) > BigInt(id));
    const half = Math.floor(query.limit / 2);
    const page =
      query.around !== undefined
        ? [
            ...before(query.around).slice(-half),
            ...visible.filter(({ id }) => id === query.around),
            ...after(query.around).slice(0, half),
          ]
        : query.after !== undefined
          ? after(query.after).slice(0, query.limit)
          : (query.before === undefined ? visible : before(query.before)).slice(-query.limit);
    return context.json(page.reverse().map((message) => shown(channel, message)));
  });

  app.get("/channels/:channel/messages/:message", limit("read message"), (context) => {
    const channel = channelOf(context.req.param("channel"));
    return context.json(shown(channel, messageOf(channel, context.req.param("message"))));
  });

  app.patch("/channels/:channel/messages/:message", limit("edit message", "messages"), async (context) => {
    const channel = channelOf(context.req.param("channel"));
    const message = messageOf(channel, context.req.param("message"));
    if (message.author.id !== state.bot.id) throw notTheAuthor();
    const { json, files } = await readBody(context);
    const body = parseMessage(json, { flags: EDIT_FLAGS, files: files.length, existing: existingOf(message) });
    const edited = editMessage(api, channel, message, body, files);
    state.replaceMessage(channel, edited);
    return context.json(shown(channel, edited));
  });

  app.delete("/channels/:channel/messages/:message", limit("delete message"), (context) => {
    const channel = channelOf(context.req.param("channel"));
    const message = messageOf(channel, context.req.param("message"));
    if (message.author.id !== state.bot.id) throw missingPermissions();
    state.removeMessage(channel, message);
    return context.body(null, 204);
  });

  app.post("/channels/:channel/typing", limit("typing"), (context) => {
    state.announce({ type: "typing", channel: channelOf(context.req.param("channel")) });
    return context.body(null, 204);
  });

  app.post("/users/@me/channels", limit("open direct messages"), async (context) => {
    const { json } = await readBody(context);
    const { recipient_id } = parseForm(z.object({ recipient_id: snowflake }), json);
    if (recipient_id !== state.person.id) throw unknownUser();
    return context.json(channelObject(state, state.directChannel));
  });
}
