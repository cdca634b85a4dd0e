/**
 * What the bot does after its first answer: edits, follow-ups, deletions, with the interaction's token.
 *
 * @see https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
 */
import { MessageFlags } from "discord-api-types/v10";
import type { Hono } from "hono";
import type { InteractionRecord } from "../interactions.ts";
import { change, existingOf, followUp, messageOfInteraction, withdraw } from "../responses.ts";
import { parseMessage } from "../validation/message.ts";
import type { ApiContext, ApiEnv } from "./context.ts";
import { invalidWebhookToken, unknownWebhook } from "./errors.ts";
import type { RateLimits } from "./rate-limits.ts";
import { readBody } from "./request-body.ts";

const FOLLOW_UP_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;
const EDIT_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

export function addWebhookRoutes(app: Hono<ApiEnv>, api: ApiContext, limits: RateLimits): void {
  const limit = limits.bucket("interaction webhook", "messages", (context) => context.req.param("token") ?? "");

  /** @throws ApiError where the token is none, has run out, or its interaction is not answered yet. */
  const recordOf = (param: (name: string) => string | undefined): InteractionRecord => {
    if (param("application") !== api.state.application.id) throw unknownWebhook();
    const record = api.interactions.find(param("token") ?? "");
    if (record === undefined) throw invalidWebhookToken();
    if (record.status !== "answered") throw unknownWebhook();
    return record;
  };
  const messageOf = (record: InteractionRecord, id: string) => {
    const message = messageOfInteraction(api, record, id === "@original" ? record.originalId : id);
    // A token gives no right over anybody else's messages.
    return messageOfInteraction(api, record, message.author.id === api.state.bot.id ? message.id : null);
  };

  app.post("/webhooks/:application/:token", limit, async (context) => {
    const record = recordOf((name) => context.req.param(name));
    const { json, files } = await readBody(context);
    const body = parseMessage(json, { flags: FOLLOW_UP_FLAGS, files: files.length });
    return context.json(followUp(api, record, body, files));
  });

  const path = "/webhooks/:application/:token/messages/:message";
  app.get(path, limit, (context) =>
    context.json(
      messageOf(
        recordOf((name) => context.req.param(name)),
        context.req.param("message"),
      ),
    ),
  );
  app.patch(path, limit, async (context) => {
    const record = recordOf((name) => context.req.param(name));
    const message = messageOf(record, context.req.param("message"));
    const { json, files } = await readBody(context);
    const body = parseMessage(json, { flags: EDIT_FLAGS, files: files.length, existing: existingOf(message) });
    return context.json(change(api, record, message, body, files));
  });
  app.delete(path, limit, (context) => {
    const record = recordOf((name) => context.req.param(name));
    withdraw(api, record, messageOf(record, context.req.param("message")));
    return context.body(null, 204);
  });
}
