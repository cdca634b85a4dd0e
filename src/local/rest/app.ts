/**
 * Discord's REST API, as far as bots like this one use it.
 *
 * @see https://docs.discord.com/developers/reference
 */
import { Hono, type MiddlewareHandler } from "hono";
import { addApplicationRoutes } from "./applications.ts";
import { addCallbackRoute } from "./callbacks.ts";
import { addChannelRoutes } from "./channels.ts";
import type { ApiContext, ApiEnv } from "./context.ts";
import {
  ApiError,
  internalServerError,
  invalidApiVersion,
  methodNotAllowed,
  notFound,
  unauthorized,
} from "./errors.ts";
import { createRateLimits, type RateLimits } from "./rate-limits.ts";
import { addWebhookRoutes } from "./webhooks.ts";

function errorResponse(error: ApiError): Response {
  return Response.json(error.body, { status: error.status });
}

/** Whether a path such as `/channels/1/messages` is one that `pattern` (`/channels/:channel/messages`) describes. */
function isDescribedBy(path: string, pattern: string): boolean {
  const parts = path.split("/");
  const expected = pattern.split("/");
  return parts.length === expected.length && expected.every((part, at) => part.startsWith(":") || part === parts[at]);
}

/** Lets the bot in, and counts what it does. */
function requireToken(api: ApiContext, limits: RateLimits): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    // Some addresses match two patterns, such as `/users/@me` and `/users/:user`.
    if (context.get("isLetIn")) return next();
    const [scheme, token] = (context.req.header("authorization") ?? "").split(" ");
    if (scheme !== "Bot" || token === undefined || !api.isToken(token)) throw unauthorized();
    context.set("isLetIn", true);
    return limits.global(context, next);
  };
}

/** The versions that are served; without one, Discord takes an old one. */
const PREFIXES = ["/api/v10", "/api/v9", "/api"];

/** Adds the API below `/api`, and what it says of unknown addresses. */
export function addApi(app: Hono<ApiEnv>, api: ApiContext): void {
  const limits = createRateLimits(api.limits);

  const open = new Hono<ApiEnv>();
  // These carry their right in the address: an interaction's token.
  addCallbackRoute(open, api, limits);
  addWebhookRoutes(open, api, limits);
  open.get("/gateway", (context) => context.json({ url: api.gateway.url() }));

  const guarded = new Hono<ApiEnv>();
  addApplicationRoutes(guarded, api, limits);
  addChannelRoutes(guarded, api, limits);

  const guard = requireToken(api, limits);
  const guardedPaths = new Set(guarded.routes.map(({ path }) => path));
  for (const prefix of PREFIXES) {
    app.route(prefix, open);
    for (const path of guardedPaths) app.use(`${prefix}${path}`, guard);
    app.route(prefix, guarded);
  }

  const paths = [...guardedPaths, ...new Set(open.routes.map(({ path }) => path))];
  app.notFound((context) => {
    const [, version, path] = /^\/api(\/v\d+)?(\/.*)?$/.exec(context.req.path) ?? [];
    if (!context.req.path.startsWith("/api")) return context.text("Not found.", 404);
    if (version !== undefined && !PREFIXES.includes(`/api${version}`)) return errorResponse(invalidApiVersion());
    const exists = paths.some((pattern) => isDescribedBy(path ?? "/", pattern));
    return errorResponse(exists ? methodNotAllowed() : notFound());
  });
  app.onError((error) => {
    if (error instanceof ApiError) return errorResponse(error);
    process.emitWarning(error);
    return errorResponse(internalServerError());
  });
}
