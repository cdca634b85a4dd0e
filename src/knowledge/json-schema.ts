/**
 * The JSON Schema of an entry, made from the zod schema, so that editors complete and check entries while they are
 * written. Kept in the repository as `knowledge/schema.json`.
 */
import { z } from "zod";
import { entrySchema } from "./schema.ts";

/** The content of `knowledge/schema.json`. */
export function renderEntryJsonSchema(): string {
  const schema = z.toJSONSchema(entrySchema, { io: "input", target: "draft-7" });
  return `${JSON.stringify({ title: "Wayout entry", ...schema }, null, 2)}\n`;
}
