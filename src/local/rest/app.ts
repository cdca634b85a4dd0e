/**
 * Discord's REST API, as far as bots like this one use it.
 *
 * @see https://docs.discord.com/developers/reference
 */
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { addApplicationRoutes } from "./applications.ts";
import { addCallbackRoute } from "./callbacks.ts";
import { addChannelRoutes } from "./channels.ts";
import type { ApiContext, ApiEnv } from "./context.ts";
import { ApiError, methodNotAllowed, notFound, tooLarge, unauthorized } from "./errors.ts";
import { createRateLimits } from "./rate-limits.ts";
import { addWebhookRoutes } from "./webhooks.ts";

/** Ten attachments of the largest size do not fit, as on Discord. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

function errorResponse(error: ApiError): Response {
  return Response.json(error.body, { status: error.status });
}

/** Whether a path such as `/channels/1/messages` is one that `pattern` (`/channels/:channel/messages`) describes. */
function isDescribedBy(path: string, pattern: string): boolean {
  const parts = path.split("/");
  const expected = pattern.split("/");
  return parts.length === expected.length && expected.every((part, at) => part.startsWith(":") || part === parts[at]);
}

function requireToken(api: ApiContext): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const [scheme, token] = (context.req.header("authorization") ?? "").split(" ");
    if (scheme !== "Bot" || token === undefined || !api.isToken(token)) throw unauthorized();
    return next();
  };
}

/** The API without its prefix. */
export function createApi(api: ApiContext): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const limits = createRateLimits(api.limits);
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => errorResponse(tooLarge()) }));

  // These carry their right in the address: an interaction's token.
  addCallbackRoute(app, api, limits);
  addWebhookRoutes(app, api, limits);
  app.get("/gateway", (context) => context.json({ url: api.gateway.url() }));

  const known = new Set(app.routes.filter(({ method }) => method !== "ALL").map(({ path }) => path));
  const bot = new Hono<ApiEnv>();
  addApplicationRoutes(bot, api, limits);
  addChannelRoutes(bot, api, limits);
  const botPaths = new Set(bot.routes.map(({ path }) => path));
  const guard = requireToken(api);
  for (const path of botPaths) app.use(path, guard, limits.global);
  app.route("/", bot);

  app.notFound((context) => {
    const path = context.req.path.replace(/^\/api(\/v\d+)?/, "");
    const exists = [...known, ...botPaths].some((pattern) => isDescribedBy(path, pattern));
    return errorResponse(exists ? methodNotAllowed() : notFound());
  });
  app.onError((error, context) => {
    if (error instanceof ApiError) return errorResponse(error);
    const status: ContentfulStatusCode = 500;
    process.emitWarning(error);
    return context.json({ message: "500: Internal Server Error", code: 0 }, status);
  });
  return app;
}
