import type { APIInteractionResponse } from "discord-api-types/v10";
import { isKept } from "../replies/reply.ts";

/** What was written out of replies that are kept, for as long as they are: by how they are to be shown. */
const written = new WeakMap<object, Map<number, Buffer>>();

/**
 * A response as it travels: JSON in UTF-8. A reply that many get is written out once.
 */
export function toBody(response: APIInteractionResponse): Buffer {
  const data = "data" in response ? response.data : undefined;
  if (data === undefined || !isKept(data)) return Buffer.from(JSON.stringify(response));
  const known = written.get(data) ?? new Map<number, Buffer>();
  if (known.size === 0) written.set(data, known);
  const body = known.get(response.type) ?? Buffer.from(JSON.stringify(response));
  known.set(response.type, body);
  return body;
}
