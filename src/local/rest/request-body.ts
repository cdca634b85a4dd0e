/** Reads what a request carries: JSON, or a form with JSON and files. */
import type { Context } from "hono";
import { ATTACHMENT_SIZE_LIMIT } from "../discord-objects.ts";
import type { UploadedFile } from "../messages.ts";
import type { ApiEnv } from "./context.ts";
import { type ApiError, invalidFormBody, invalidJson, tooLarge } from "./errors.ts";

export interface RequestBody {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

const MAX_FILES = 10;
/** Ten files of the largest size do not fit, as on Discord. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

function tooManyFiles(): ApiError {
  return invalidFormBody([
    { path: ["files"], code: "BASE_TYPE_MAX_LENGTH", message: `Must be ${MAX_FILES} or fewer in length.` },
  ]);
}

function parseJson(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalidJson();
  }
}

/** @throws ApiError 413 where there is more than Discord would take. */
async function readBytes(context: Context<ApiEnv>): Promise<Buffer> {
  if (Number(context.req.header("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of context.env.incoming) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * @see https://docs.discord.com/developers/reference#uploading-files
 * @throws ApiError 50109 for what is no JSON, 50035 for files too many or too large, 413 for bodies too large.
 */
export async function readBody(context: Context<ApiEnv>): Promise<RequestBody> {
  const bytes = await readBytes(context);
  const contentType = context.req.header("content-type") ?? "";
  if (!contentType.startsWith("multipart/form-data")) return { json: parseJson(bytes.toString()), files: [] };
  const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData().catch(() => {
    throw invalidJson();
  });
  const payload = form.get("payload_json");
  const files: UploadedFile[] = [];
  for (const [key, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (index === undefined || typeof value === "string") continue;
    if (files.length === MAX_FILES) throw tooManyFiles();
    if (value.size > ATTACHMENT_SIZE_LIMIT)
      throw invalidFormBody([
        {
          path: ["files", files.length],
          code: "BASE_TYPE_FILE_TOO_LARGE",
          message: `Uploaded file exceeds maximum size of ${ATTACHMENT_SIZE_LIMIT} bytes.`,
        },
      ]);
    files.push({
      index,
      filename: value.name,
      contentType: value.type || "application/octet-stream",
      bytes: new Uint8Array(await value.arrayBuffer()),
    });
  }
  return { json: parseJson(typeof payload === "string" ? payload : ""), files };
}
