/**
 * The rules for message components.
 *
 * @see https://docs.discord.com/developers/components/reference
 */
import { ButtonStyle, ChannelType, ComponentType, SeparatorSpacingSize } from "discord-api-types/v10";
import { z } from "zod";
import type { FieldError } from "../rest/errors.ts";
import { discordCheck, integer, lengthOf, list, snowflake, text, url } from "./form.ts";

/** Components in a message with IS_COMPONENTS_V2, nested ones too. */
const MAX_COMPONENTS = 40;
/** Characters of all text displays of a message together. */
const MAX_DISPLAYED_TEXT = 4000;
/**
 * UTF-8 bytes of all text displays, and 12 for each. Not documented: above it, Discord answers 500. Scripts of three
 * bytes a character come here before they come to 4,000 characters.
 *
 * @see https://github.com/discord/discord-api-docs/issues/8554
 */
const MAX_PROCESSED_BYTES = 10_170;
const BYTES_A_TEXT = 12;
const MAX_INT32 = 2 ** 31 - 1;

const id = integer(0, MAX_INT32).exactOptional();
const customId = text(1, 100);
const flag = z.boolean().exactOptional();

const emoji = z
  .object({ id: snowflake.nullish(), name: text(0, 32).nullish(), animated: z.boolean().exactOptional() })
  .transform(({ id, name, ...rest }) => ({
    ...rest,
    ...(id == null ? {} : { id }),
    ...(name == null ? {} : { name }),
  }));

const media = z.object({ url: url(["http", "https", "attachment"], 2048) });

const button = z
  .object({
    type: z.literal(ComponentType.Button),
    id,
    style: z.enum(ButtonStyle),
    label: text(0, 80).exactOptional(),
    emoji: emoji.exactOptional(),
    custom_id: customId.exactOptional(),
    sku_id: snowflake.exactOptional(),
    url: url(["http", "https", "discord"], 512).exactOptional(),
    disabled: flag,
  })
  .check(
    discordCheck((value, fail) => {
      const link = value.style === ButtonStyle.Link;
      const premium = value.style === ButtonStyle.Premium;
      if (link && value.url === undefined) fail("BUTTON_COMPONENT_URL_REQUIRED", "A url is required", ["url"]);
      if (!link && value.url !== undefined)
        fail("BUTTON_COMPONENT_URL_NOT_ALLOWED", "A url cannot be used with this button style", ["url"]);
      if (!link && !premium && value.custom_id === undefined)
        fail("BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required", ["custom_id"]);
      if ((link || premium) && value.custom_id !== undefined)
        fail("BUTTON_COMPONENT_INVALID_CUSTOM_ID", "A custom id cannot be used with this button style", ["custom_id"]);
      if (premium && value.sku_id === undefined) fail("BASE_TYPE_REQUIRED", "This field is required", ["sku_id"]);
      if (!premium && value.label === undefined && value.emoji === undefined)
        fail("BUTTON_COMPONENT_LABEL_REQUIRED", "A label or an emoji is required", ["label"]);
    }),
  );

const selectOption = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: text(0, 100).exactOptional(),
  emoji: emoji.exactOptional(),
  default: flag,
});

const selectBase = {
  id,
  custom_id: customId,
  placeholder: text(0, 150).exactOptional(),
  min_values: integer(0, 25).exactOptional(),
  max_values: integer(1, 25).exactOptional(),
  disabled: flag,
};

const stringSelect = z
  .object({ type: z.literal(ComponentType.StringSelect), ...selectBase, options: list(selectOption, 1, 25) })
  .check(
    discordCheck((value, fail) => {
      const seen = new Set<string>();
      for (const [index, option] of value.options.entries()) {
        if (seen.has(option.value))
          fail("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used", [
            "options",
            index,
            "value",
          ]);
        seen.add(option.value);
      }
      if ((value.max_values ?? 1) > value.options.length)
        fail("BASE_TYPE_BAD_LENGTH", "max_values must not be more than the number of options", ["max_values"]);
      if ((value.min_values ?? 1) > (value.max_values ?? 1))
        fail("BASE_TYPE_BAD_LENGTH", "min_values must not be more than max_values", ["min_values"]);
    }),
  );

const userSelect = z.object({ type: z.literal(ComponentType.UserSelect), ...selectBase });
const roleSelect = z.object({ type: z.literal(ComponentType.RoleSelect), ...selectBase });
const mentionableSelect = z.object({ type: z.literal(ComponentType.MentionableSelect), ...selectBase });
const channelSelect = z.object({
  type: z.literal(ComponentType.ChannelSelect),
  ...selectBase,
  channel_types: z.array(z.enum(ChannelType)).exactOptional(),
});

const actionRow = z
  .object({
    type: z.literal(ComponentType.ActionRow),
    id,
    components: list(
      z.discriminatedUnion("type", [button, stringSelect, userSelect, roleSelect, mentionableSelect, channelSelect]),
      1,
      5,
    ),
  })
  .check(
    discordCheck((row, fail) => {
      // A menu is as wide as a row.
      if (row.components.length > 1 && row.components.some((component) => component.type !== ComponentType.Button))
        fail("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width", ["components", 1]);
    }),
  );

const textDisplay = z.object({ type: z.literal(ComponentType.TextDisplay), id, content: text(1, MAX_DISPLAYED_TEXT) });

const thumbnail = z.object({
  type: z.literal(ComponentType.Thumbnail),
  id,
  media,
  description: text(0, 1024).nullable().exactOptional(),
  spoiler: flag,
});

const section = z.object({
  type: z.literal(ComponentType.Section),
  id,
  components: list(z.discriminatedUnion("type", [textDisplay]), 1, 3),
  accessory: z.discriminatedUnion("type", [button, thumbnail]),
});

const mediaGallery = z.object({
  type: z.literal(ComponentType.MediaGallery),
  id,
  items: list(z.object({ media, description: text(0, 1024).nullable().exactOptional(), spoiler: flag }), 1, 10),
});

const file = z.object({
  type: z.literal(ComponentType.File),
  id,
  file: z.object({ url: url(["attachment"], 2048) }),
  spoiler: flag,
});

const separator = z.object({
  type: z.literal(ComponentType.Separator),
  id,
  divider: flag,
  spacing: z.enum(SeparatorSpacingSize).exactOptional(),
});

const container = z.object({
  type: z.literal(ComponentType.Container),
  id,
  components: list(
    z.discriminatedUnion("type", [actionRow, textDisplay, section, mediaGallery, separator, file]),
    1,
    MAX_COMPONENTS,
  ),
  accent_color: integer(0, 0xffffff).nullable().exactOptional(),
  spoiler: flag,
});

/** What a message without IS_COMPONENTS_V2 may carry. */
const classicLayout = list(z.discriminatedUnion("type", [actionRow]), 0, 5);

/** What a message with IS_COMPONENTS_V2 may carry. */
const layout = list(
  z.discriminatedUnion("type", [actionRow, textDisplay, section, mediaGallery, separator, file, container]),
  0,
  MAX_COMPONENTS,
);

export type RequestLayout = z.output<typeof layout>;
export type RequestTopLevel = RequestLayout[number];
type RequestRow = z.output<typeof actionRow>;
export type RequestRowComponent = RequestRow["components"][number];
export type RequestAccessory = z.output<typeof section>["accessory"];
export type RequestComponent = RequestTopLevel | RequestRowComponent | RequestAccessory;

/** The part of a message that is its components, without and with IS_COMPONENTS_V2. */
export const classicComponents = z.object({ components: classicLayout });
export const v2Components = z.object({ components: layout });

/** Every component with its path in the message, outer before inner. */
export function* walkComponents(
  components: readonly RequestComponent[],
  path: readonly PropertyKey[] = ["components"],
): Generator<readonly [RequestComponent, readonly PropertyKey[]]> {
  for (const [index, component] of components.entries()) {
    const here = [...path, index];
    yield [component, here];
    if ("components" in component) yield* walkComponents(component.components, [...here, "components"]);
    if ("accessory" in component) yield [component.accessory, [...here, "accessory"]];
  }
}

/** Whether Discord would fail over the length of these texts, though no rule of its own forbids it. */
export function isTooLongToProcess(components: RequestLayout): boolean {
  let bytes = 0;
  for (const [component] of walkComponents(components))
    if (component.type === ComponentType.TextDisplay) bytes += Buffer.byteLength(component.content) + BYTES_A_TEXT;
  return bytes > MAX_PROCESSED_BYTES;
}

/** The rules that concern a message's components as a whole. */
export function wholeLayoutErrors(components: RequestLayout, v2: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const customIds = new Set<string>();
  const ids = new Set<number>();
  let count = 0;
  let displayed = 0;
  for (const [component, path] of walkComponents(components)) {
    count++;
    if (component.type === ComponentType.TextDisplay) displayed += lengthOf(component.content);
    if ("custom_id" in component && component.custom_id !== undefined) {
      if (customIds.has(component.custom_id))
        errors.push({
          path: [...path, "custom_id"],
          code: "COMPONENT_CUSTOM_ID_DUPLICATED",
          message: "Component custom id cannot be duplicated",
        });
      customIds.add(component.custom_id);
    }
    if (component.id !== undefined && component.id !== 0) {
      if (ids.has(component.id))
        errors.push({
          path: [...path, "id"],
          code: "COMPONENT_ID_DUPLICATED",
          message: "Component id cannot be duplicated",
        });
      ids.add(component.id);
    }
  }
  if (v2 && count > MAX_COMPONENTS)
    errors.push({
      path: ["components"],
      code: "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
      message: `The total number of components cannot exceed ${MAX_COMPONENTS}`,
    });
  if (displayed > MAX_DISPLAYED_TEXT)
    errors.push({
      path: ["components"],
      code: "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
      message: `The total size of displayable text cannot exceed ${MAX_DISPLAYED_TEXT}`,
    });
  return errors;
}
