/**
 * The rules for a message that an app sends or edits.
 *
 * @see https://docs.discord.com/developers/resources/message#create-message
 */
import { AllowedMentionsTypes, MessageFlags, MessageReferenceType } from "discord-api-types/v10";
import { z } from "zod";
import { emptyMessage, type FieldError, internalServerError, invalidFormBody } from "../rest/errors.ts";
import {
  classicComponents,
  isTooLongToProcess,
  type RequestLayout,
  v2Components,
  wholeLayoutErrors,
} from "./components.ts";
import { discordCheck, integer, lengthOf, list, parseForm, snowflake, text, url } from "./form.ts";

const MAX_EMBED_TEXT = 6000;
const webUrl = url(["http", "https", "attachment"], 2048);

const embed = z.object({
  title: text(0, 256).exactOptional(),
  type: z.string().exactOptional(),
  description: text(0, 4096).exactOptional(),
  url: webUrl.exactOptional(),
  timestamp: z.string().exactOptional(),
  color: integer(0, 0xffffff).exactOptional(),
  footer: z.object({ text: text(1, 2048), icon_url: webUrl.exactOptional() }).exactOptional(),
  image: z.object({ url: webUrl }).exactOptional(),
  thumbnail: z.object({ url: webUrl }).exactOptional(),
  author: z
    .object({ name: text(1, 256), url: webUrl.exactOptional(), icon_url: webUrl.exactOptional() })
    .exactOptional(),
  fields: list(
    z.object({ name: text(1, 256), value: text(1, 1024), inline: z.boolean().exactOptional() }),
    0,
    25,
  ).exactOptional(),
});

const embeds = list(embed, 0, 10).check(
  discordCheck((all, fail) => {
    const total = all
      .flatMap((one) => [
        one.title ?? "",
        one.description ?? "",
        one.footer?.text ?? "",
        one.author?.name ?? "",
        ...(one.fields ?? []).flatMap((field) => [field.name, field.value]),
      ])
      .reduce((sum, part) => sum + lengthOf(part), 0);
    if (total > MAX_EMBED_TEXT) fail("MAX_EMBED_SIZE_EXCEEDED", `Embed size exceeds maximum size of ${MAX_EMBED_TEXT}`);
  }),
);

const allowedMentions = z
  .object({
    parse: z.array(z.enum(AllowedMentionsTypes)).exactOptional(),
    users: list(snowflake, 0, 100).exactOptional(),
    roles: list(snowflake, 0, 100).exactOptional(),
    replied_user: z.boolean().exactOptional(),
  })
  .check(
    discordCheck((value, fail) => {
      for (const [kind, ids] of [
        [AllowedMentionsTypes.User, value.users],
        [AllowedMentionsTypes.Role, value.roles],
      ] as const)
        if (value.parse?.includes(kind) && ids !== undefined && ids.length > 0)
          fail(
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
            `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          );
    }),
  );

const reference = z.object({
  type: z.enum(MessageReferenceType).exactOptional(),
  message_id: snowflake,
  channel_id: snowflake.exactOptional(),
  guild_id: snowflake.exactOptional(),
  fail_if_not_exists: z.boolean().exactOptional(),
});

const attachment = z.object({
  id: snowflake,
  filename: text(0, 1024).exactOptional(),
  description: text(0, 1024).nullish(),
});

/** All but the components, whose rules depend on the flags. */
const messageSchema = z.object({
  content: text(0, 2000).nullish(),
  nonce: z.union([z.int(), text(0, 25)]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  tts: z.boolean().nullish(),
  embeds: embeds.nullish(),
  allowed_mentions: allowedMentions.nullish(),
  message_reference: reference.nullish(),
  components: z.array(z.unknown()).nullish(),
  sticker_ids: z.array(snowflake).nullish(),
  attachments: list(attachment, 0, 10).nullish(),
  flags: z.int().nullish(),
  poll: z.record(z.string(), z.unknown()).nullish(),
});

export type AllowedMentions = z.output<typeof allowedMentions>;
export type MessageBody = Omit<z.output<typeof messageSchema>, "components"> & { components?: RequestLayout | null };

export interface MessageRules {
  /** The flags that a message may be given here. Others are ignored on Discord; 1 << 6 matters outside interactions. */
  readonly flags: number;
  /** Files that come with the request. */
  readonly files: number;
  /** Where the message is in the request's body. */
  readonly under?: readonly PropertyKey[];
  /** For edits: the message as it is. */
  readonly existing?: ExistingMessage;
}

/** What the rules must know of a message that is to be edited. */
export interface ExistingMessage {
  readonly flags: number;
  readonly hasContent: boolean;
  readonly hasEmbeds: boolean;
  readonly hasComponents: boolean;
  readonly hasFiles: boolean;
}

function legacyFieldErrors(body: z.output<typeof messageSchema>, rules: MessageRules): FieldError[] {
  const { existing } = rules;
  const errors: FieldError[] = [];
  const refuse = (field: string) =>
    errors.push({
      path: [field],
      code: "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
      message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    });
  if (body.content || (body.content === undefined && existing?.hasContent)) refuse("content");
  if (body.embeds?.length || (body.embeds === undefined && existing?.hasEmbeds)) refuse("embeds");
  if (body.sticker_ids?.length) refuse("sticker_ids");
  if (body.poll) refuse("poll");
  return errors;
}

/** Whether nothing would be left to show. What an edit does not name stays. */
function isEmpty(body: z.output<typeof messageSchema>, rules: MessageRules, v2: boolean): boolean {
  const { existing } = rules;
  const has = (given: unknown, before: boolean | undefined): boolean =>
    given === undefined ? before === true : typeof given === "string" ? given.trim() !== "" : isFilled(given);
  if (v2) return !has(body.components, existing?.hasComponents);
  return !(
    has(body.content, existing?.hasContent) ||
    has(body.embeds, existing?.hasEmbeds) ||
    has(body.attachments, existing?.hasFiles) ||
    rules.files > 0 ||
    isFilled(body.sticker_ids) ||
    body.poll
  );
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/**
 * Checks the body of a message.
 *
 * @throws ApiError 50035 with the fields at fault; 50006 where a new message would be empty.
 */
export function parseMessage(raw: unknown, rules: MessageRules): MessageBody {
  const under = rules.under ?? [];
  const body = parseForm(messageSchema, raw, under);
  const flags = ((body.flags ?? 0) & rules.flags) | ((rules.existing?.flags ?? 0) & MessageFlags.IsComponentsV2);
  const v2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  const { components: rawComponents, ...rest } = body;
  const checked =
    rawComponents === undefined || rawComponents === null
      ? rawComponents
      : parseForm(v2 ? v2Components : classicComponents, { components: rawComponents }, under).components;
  const errors = [...(v2 ? legacyFieldErrors(body, rules) : []), ...(checked ? wholeLayoutErrors(checked, v2) : [])];
  if (errors.length > 0) throw invalidFormBody(errors.map((error) => ({ ...error, path: [...under, ...error.path] })));
  if (isEmpty(body, rules, v2)) throw emptyMessage();
  if (checked && isTooLongToProcess(checked)) throw internalServerError();
  return { ...rest, flags, ...(checked === undefined ? {} : { components: checked }) };
}
