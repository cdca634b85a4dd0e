/** Discord's error bodies. @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */

/** What is wrong with one field of a body. */
export interface FieldError {
  readonly path: readonly PropertyKey[];
  /** Discord's name for the rule, such as BASE_TYPE_MAX_LENGTH. */
  readonly code: string;
  readonly message: string;
}

/** An answer that refuses a request; routes throw it. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, code: number, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.body = { message, code, ...more };
  }
}

interface ErrorTree {
  [key: string]: ErrorTree | { code: string; message: string }[];
}

/** Nests the errors as Discord does: `{ components: { 0: { custom_id: { _errors: [{ code, message }] } } } }`. */
function nest(fields: readonly FieldError[]): ErrorTree {
  // Without a prototype, so that a field called `__proto__` is a field.
  const root: ErrorTree = Object.create(null);
  for (const { path, code, message } of fields) {
    let node = root;
    for (const key of path) {
      const next = node[String(key)];
      if (next !== undefined && !Array.isArray(next)) node = next;
      else {
        const child: ErrorTree = Object.create(null);
        node[String(key)] = child;
        node = child;
      }
    }
    const errors = node["_errors"];
    if (Array.isArray(errors)) errors.push({ code, message });
    else node["_errors"] = [{ code, message }];
  }
  return root;
}

/** 400, code 50035: the body breaks the rules at these fields. */
export function invalidFormBody(fields: readonly FieldError[]): ApiError {
  return new ApiError(400, 50035, "Invalid Form Body", { errors: nest(fields) });
}

export const unauthorized = () => new ApiError(401, 0, "401: Unauthorized");
export const internalServerError = () => new ApiError(500, 0, "500: Internal Server Error");
export const notFound = () => new ApiError(404, 0, "404: Not Found");
export const methodNotAllowed = () => new ApiError(405, 0, "405: Method Not Allowed");
export const invalidJson = () => new ApiError(400, 50109, "The request body contains invalid JSON.");
export const tooLarge = () =>
  new ApiError(413, 40005, "Request entity too large. Try sending something smaller in size");
export const invalidApiVersion = () => new ApiError(400, 50041, "Invalid API version");
export const emptyMessage = () => new ApiError(400, 50006, "Cannot send an empty message");
export const notTheAuthor = () => new ApiError(403, 50005, "Cannot edit a message authored by another user");
export const missingPermissions = () => new ApiError(403, 50013, "Missing Permissions");
export const unknownApplication = () => new ApiError(404, 10002, "Unknown Application");
export const unknownChannel = () => new ApiError(404, 10003, "Unknown Channel");
export const unknownGuild = () => new ApiError(404, 10004, "Unknown Guild");
export const unknownMessage = () => new ApiError(404, 10008, "Unknown Message");
export const unknownUser = () => new ApiError(404, 10013, "Unknown User");
export const unknownWebhook = () => new ApiError(404, 10015, "Unknown Webhook");
export const unknownInteraction = () => new ApiError(404, 10062, "Unknown interaction");
export const unknownCommand = () => new ApiError(404, 10063, "Unknown application command");
export const alreadyAcknowledged = () => new ApiError(400, 40060, "Interaction has already been acknowledged.");
export const invalidWebhookToken = () => new ApiError(401, 50027, "Invalid Webhook Token");
