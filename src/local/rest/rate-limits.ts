/**
 * Rate limits: a bucket for each route and channel (or webhook), and one for everything the bot does.
 *
 * @see https://docs.discord.com/developers/topics/rate-limits
 */
import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import type { ApiContext, ApiEnv } from "./context.ts";

/** So many requests in so many milliseconds. */
export interface Rule {
  readonly limit: number;
  readonly windowMs: number;
}

interface Bucket {
  used: number;
  resetAtMs: number;
}

/** Buckets looked through for ones that are over, before another is added. */
const SWEEP_AT = 10_000;

/** The refusal, and everything Discord tells with it. @param waitMs How long to wait. */
export function rateLimited(waitMs: number, scope: "user" | "global" | "shared"): Response {
  const seconds = Math.ceil(waitMs) / 1000;
  return Response.json(
    { message: "You are being rate limited.", retry_after: seconds, global: scope === "global" },
    {
      status: 429,
      headers: {
        "Retry-After": String(Math.ceil(seconds)),
        "X-RateLimit-Scope": scope,
        ...(scope === "global" ? { "X-RateLimit-Global": "true" } : {}),
      },
    },
  );
}

/** Middlewares that count requests. */
export function createRateLimits(limits: ApiContext["limits"]) {
  const buckets = new Map<string, Bucket>();

  const take = (key: string, { limit, windowMs }: Rule): { readonly taken: boolean; readonly bucket: Bucket } => {
    const now = Date.now();
    let bucket = buckets.get(key);
    if (bucket === undefined || bucket.resetAtMs <= now) {
      if (buckets.size >= SWEEP_AT)
        for (const [old, { resetAtMs }] of buckets) if (resetAtMs <= now) buckets.delete(old);
      bucket = { used: 0, resetAtMs: now + windowMs };
      buckets.set(key, bucket);
    }
    if (bucket.used >= limit) return { taken: false, bucket };
    bucket.used++;
    return { taken: true, bucket };
  };

  /** Counts everything the bot does but interaction callbacks, which are not bound to the global limit. */
  const global: MiddlewareHandler<ApiEnv> = async (_, next) => {
    if (limits === null) return next();
    const { taken, bucket } = take("global", limits.global);
    return taken ? next() : rateLimited(bucket.resetAtMs - Date.now(), "global");
  };

  /**
   * Counts the requests of a route.
   *
   * @param name The route's name; routes of one name share a bucket for each `major`.
   * @param major What the bucket is for: the channel, the webhook.
   */
  const bucket = (
    name: string,
    rule: "messages" | "other",
    major: (context: Context<ApiEnv>) => string,
  ): MiddlewareHandler<ApiEnv> => {
    const hash = createHash("md5").update(name).digest("hex");
    return async (context, next) => {
      if (limits === null) return next();
      const { limit } = limits[rule];
      const { taken, bucket } = take(`${name} ${major(context)}`, limits[rule]);
      const leftMs = bucket.resetAtMs - Date.now();
      if (taken) await next();
      else context.res = rateLimited(leftMs, "user");
      context.header("X-RateLimit-Bucket", hash);
      context.header("X-RateLimit-Limit", String(limit));
      context.header("X-RateLimit-Remaining", String(Math.max(0, limit - bucket.used)));
      context.header("X-RateLimit-Reset", (bucket.resetAtMs / 1000).toFixed(3));
      context.header("X-RateLimit-Reset-After", (leftMs / 1000).toFixed(3));
      return undefined;
    };
  };

  return { global, bucket };
}

export type RateLimits = ReturnType<typeof createRateLimits>;
