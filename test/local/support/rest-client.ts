/** REST requests with no comfort. */
import type { LocalDiscord } from "../../../src/local/server.ts";

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Request = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Requests with the bot's token; `headers` override. */
export function restClient(local: LocalDiscord): Request {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${local.apiUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${local.token}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
  };
}

/** What is at a path such as `guilds.0.id` of something received. */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split(".")) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** The text at a path, which must be there. */
export function textAt(value: unknown, path: string): string {
  const found = at(value, path);
  if (typeof found !== "string") throw new Error(`Expected a text at "${path}", found ${JSON.stringify(found)}.`);
  return found;
}
