/** Reads what a request carries: JSON, or a form with JSON and files. */
import type { Context } from "hono";
import { ATTACHMENT_SIZE_LIMIT } from "../discord-objects.ts";
import type { UploadedFile } from "../messages.ts";
import type { ApiEnv } from "./context.ts";
import { type ApiError, invalidFormBody, invalidJson } from "./errors.ts";

export interface RequestBody {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

const MAX_FILES = 10;

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

/**
 * @see https://docs.discord.com/developers/reference#uploading-files
 * @throws ApiError 50109 for what is no JSON, 50035 for files too many or too large.
 */
export async function readBody(context: Context<ApiEnv>): Promise<RequestBody> {
  if (!context.req.header("content-type")?.startsWith("multipart/form-data"))
    return { json: parseJson(await context.req.text()), files: [] };
  const form = await context.req.formData().catch(() => {
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
