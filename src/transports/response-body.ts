import type { APIInteractionResponse } from "discord-api-types/v10";

/** What was written out lately, for as long as the replies in it are kept: by the reply, and by how it is to be shown. */
const written = new WeakMap<object, Map<number, Buffer>>();

/**
 * A response as it travels: JSON in UTF-8. A reply that many get is written out once.
 */
export function toBody(response: APIInteractionResponse): Buffer {
  const { type } = response;
  const data = "data" in response ? response.data : undefined;
  // Choices and the like are made for one person's typing.
  if (data === undefined || !("components" in data)) return Buffer.from(JSON.stringify(response));
  const known = written.get(data) ?? new Map<number, Buffer>();
  written.set(data, known);
  const body = known.get(type) ?? Buffer.from(JSON.stringify(response));
  known.set(type, body);
  return body;
}
