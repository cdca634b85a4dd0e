/** What becomes of a request's components: Discord sends them back with ids, and with what it knows of their media. */
import {
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  type APISectionAccessoryComponent,
  type APIUnfurledMediaItem,
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
} from "discord-api-types/v10";
import {
  type RequestAccessory,
  type RequestLayout,
  type RequestRowComponent,
  type RequestTopLevel,
  walkComponents,
} from "./validation/components.ts";

/** What Discord knows of a picture or file that a component shows. */
export interface Media {
  readonly item: APIUnfurledMediaItem;
  /** For attachments. */
  readonly file?: { readonly name: string; readonly size: number };
}

/**
 * Components as Discord sends them back: each with an id, what was left out at its default, media with what became of
 * them.
 *
 * @param mediaOf Looks up an address, also `attachment://name`.
 */
export function finishComponents(
  components: RequestLayout,
  mediaOf: (url: string) => Media,
): APIMessageTopLevelComponent[] {
  const taken = new Set<number>();
  for (const [component] of walkComponents(components)) if (component.id) taken.add(component.id);
  let last = 0;
  const idOf = (component: { readonly id?: number }): number => {
    if (component.id) return component.id;
    do last++;
    while (taken.has(last));
    return last;
  };

  const button = (component: Extract<RequestRowComponent, { type: ComponentType.Button }>): APIButtonComponent => {
    const { type, style, url, custom_id, sku_id, label, emoji, disabled } = component;
    const common = { type, id: idOf(component), ...(disabled === undefined ? {} : { disabled }) };
    const face = { ...(label === undefined ? {} : { label }), ...(emoji === undefined ? {} : { emoji }) };
    if (style === ButtonStyle.Link) return { ...common, ...face, style, url: url ?? "" };
    if (style === ButtonStyle.Premium) return { ...common, style, sku_id: sku_id ?? "" };
    return { ...common, ...face, style, custom_id: custom_id ?? "" };
  };
  const inRow = (component: RequestRowComponent): APIComponentInMessageActionRow =>
    component.type === ComponentType.Button
      ? button(component)
      : { min_values: 1, max_values: 1, ...component, id: idOf(component) };
  const accessory = (component: RequestAccessory): APISectionAccessoryComponent =>
    component.type === ComponentType.Button
      ? button(component)
      : {
          description: null,
          spoiler: false,
          ...component,
          id: idOf(component),
          media: mediaOf(component.media.url).item,
        };
  const inContainer = (
    component: Exclude<RequestTopLevel, { type: ComponentType.Container }>,
  ): APIComponentInContainer => {
    const id = idOf(component);
    switch (component.type) {
      case ComponentType.ActionRow:
        return { ...component, id, components: component.components.map(inRow) };
      case ComponentType.Section: {
        const texts = component.components.map((part) => ({ ...part, id: idOf(part) }));
        return { ...component, id, components: texts, accessory: accessory(component.accessory) };
      }
      case ComponentType.MediaGallery: {
        const items = component.items.map((item) => ({
          description: null,
          spoiler: false,
          ...item,
          media: mediaOf(item.media.url).item,
        }));
        return { ...component, id, items };
      }
      case ComponentType.File: {
        const { item, file } = mediaOf(component.file.url);
        return { spoiler: false, ...component, id, file: item, ...file };
      }
      case ComponentType.Separator:
        return { divider: true, spacing: SeparatorSpacingSize.Small, ...component, id };
      case ComponentType.TextDisplay:
        return { ...component, id };
    }
  };
  return components.map((component) => {
    if (component.type !== ComponentType.Container) return inContainer(component);
    const id = idOf(component);
    const inner = component.components.map(inContainer);
    return { accent_color: null, spoiler: false, ...component, id, components: inner };
  });
}
