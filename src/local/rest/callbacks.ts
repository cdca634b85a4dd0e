/**
 * The bot's first answer to an interaction.
 *
 * @see https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response
 */
import {
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from "discord-api-types/v10";
import type { Hono } from "hono";
import { z } from "zod";
import type { InteractionRecord } from "../interactions.ts";
import { change, existingOf, messageOfInteraction, post, postThinking } from "../responses.ts";
import { isEphemeral } from "../state.ts";
import { list, parseForm, text } from "../validation/form.ts";
import { parseMessage } from "../validation/message.ts";
import type { ApiContext, ApiEnv } from "./context.ts";
import { alreadyAcknowledged, invalidFormBody, unknownInteraction } from "./errors.ts";
import type { RateLimits } from "./rate-limits.ts";
import { type RequestBody, readBody } from "./request-body.ts";

const MESSAGE_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;
const UPDATE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

const callbackSchema = z.object({ type: z.enum(InteractionResponseType), data: z.unknown().optional() });
const choicesSchema = z.object({
  choices: list(
    z.object({
      name: text(1, 100),
      name_localizations: z.record(z.string(), z.string().nullable()).nullish(),
      value: z.union([text(0, 100), z.number()]),
    }),
    0,
    25,
  ),
});
const deferSchema = z.object({ flags: z.int().nullish() }).nullish();

/** Which answers suit which interaction. Modals, activities and payments are not imitated. */
const SUITABLE: Readonly<Partial<Record<InteractionType, readonly InteractionResponseType[]>>> = {
  [InteractionType.ApplicationCommand]: [
    InteractionResponseType.ChannelMessageWithSource,
    InteractionResponseType.DeferredChannelMessageWithSource,
  ],
  [InteractionType.MessageComponent]: [
    InteractionResponseType.ChannelMessageWithSource,
    InteractionResponseType.DeferredChannelMessageWithSource,
    InteractionResponseType.DeferredMessageUpdate,
    InteractionResponseType.UpdateMessage,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [InteractionResponseType.ApplicationCommandAutocompleteResult],
};

interface Answer {
  readonly message: APIMessage | null;
  readonly choices: readonly APIApplicationCommandOptionChoice[];
}

function carryOut(
  api: ApiContext,
  record: InteractionRecord,
  type: InteractionResponseType,
  data: unknown,
  files: RequestBody["files"],
): Answer {
  const said = (message: APIMessage): Answer => ({ message, choices: [] });
  switch (type) {
    case InteractionResponseType.ChannelMessageWithSource: {
      const body = parseMessage(data ?? {}, { flags: MESSAGE_FLAGS, files: files.length, under: ["data"] });
      return said(post(api, record, body, files));
    }
    case InteractionResponseType.DeferredChannelMessageWithSource: {
      const flags = parseForm(deferSchema, data, ["data"])?.flags ?? 0;
      return said(postThinking(api, record, (flags & MessageFlags.Ephemeral) !== 0));
    }
    case InteractionResponseType.DeferredMessageUpdate: {
      record.originalId = record.sourceId;
      return said(messageOfInteraction(api, record, record.sourceId));
    }
    case InteractionResponseType.UpdateMessage: {
      const source = messageOfInteraction(api, record, record.sourceId);
      const body = parseMessage(data ?? {}, {
        flags: UPDATE_FLAGS,
        files: files.length,
        under: ["data"],
        existing: existingOf(source),
      });
      record.originalId = source.id;
      return said(change(api, record, source, body, files));
    }
    default: {
      const { choices } = parseForm(choicesSchema, data, ["data"]);
      return { message: null, choices: choices.map(({ name, value }) => ({ name, value })) };
    }
  }
}

export function addCallbackRoute(app: Hono<ApiEnv>, api: ApiContext, limits: RateLimits): void {
  const limit = limits.bucket("interaction callback", "other", (context) => context.req.param("token") ?? "");
  app.post("/interactions/:interaction/:token/callback", limit, async (context) => {
    const { json, files } = await readBody(context);
    const record = api.interactions.find(context.req.param("token"));
    if (record === undefined || record.id !== context.req.param("interaction") || record.status === "expired")
      throw unknownInteraction();
    if (record.status === "answered") throw alreadyAcknowledged();
    const { type, data } = parseForm(callbackSchema, json);
    if (!SUITABLE[record.type]?.includes(type))
      throw invalidFormBody([
        {
          path: ["type"],
          code: "BASE_TYPE_CHOICES",
          message: `Value must be one of {${SUITABLE[record.type]?.join(", ")}}.`,
        },
      ]);
    const { message, choices } = carryOut(api, record, type, data, files);
    api.interactions.settle(record, { ok: true, message, choices });
    if (context.req.query("with_response") !== "true") return context.body(null, 204);
    return context.json({
      interaction: {
        id: record.id,
        type: record.type,
        channel_id: record.channel.id,
        ...(record.channel.kind === "guild" ? { guild_id: record.channel.guildId } : {}),
        ...(message === null
          ? {}
          : {
              response_message_id: message.id,
              response_message_loading: ((message.flags ?? 0) & MessageFlags.Loading) !== 0,
              response_message_ephemeral: isEphemeral(message),
            }),
      },
      ...(message === null ? {} : { resource: { type, message } }),
    });
  });
}
