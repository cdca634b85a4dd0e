/** What becomes of a request's components: Discord sends them back with ids, and with what it knows of their media. */
import {
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  type APISectionAccessoryComponent,
  type APIUnfurledMediaItem,
  ButtonStyle,
  ComponentType,
} from "discord-api-types/v10";
import {
  type RequestAccessory,
  type RequestLayout,
  type RequestRowComponent,
  type RequestTopLevel,
  walkComponents,
} from "./validation/components.ts";

/** Components as Discord sends them back: each with its id, media with what became of them. */
export function finishComponents(
  components: RequestLayout,
  mediaOf: (url: string) => APIUnfurledMediaItem,
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

  const rowComponent = (component: RequestRowComponent): APIComponentInMessageActionRow => {
    const id = idOf(component);
    switch (component.type) {
      case ComponentType.Button: {
        const { style, url, custom_id, sku_id, label, emoji, disabled } = component;
        const common = { type: component.type, id, ...(disabled === undefined ? {} : { disabled }) };
        const face = { ...(label === undefined ? {} : { label }), ...(emoji === undefined ? {} : { emoji }) };
        if (style === ButtonStyle.Link) return { ...common, ...face, style, url: url ?? "" };
        if (style === ButtonStyle.Premium) return { ...common, style, sku_id: sku_id ?? "" };
        return { ...common, ...face, style, custom_id: custom_id ?? "" };
      }
      case ComponentType.ChannelSelect:
      case ComponentType.StringSelect:
      case ComponentType.UserSelect:
      case ComponentType.RoleSelect:
      case ComponentType.MentionableSelect:
        return { ...component, id };
    }
  };
  const accessory = (component: RequestAccessory): APISectionAccessoryComponent => {
    if (component.type === ComponentType.Thumbnail)
      return { ...component, id: idOf(component), media: mediaOf(component.media.url) };
    const finished = rowComponent(component);
    if (finished.type !== ComponentType.Button) throw new Error("A button stayed no button.");
    return finished;
  };
  const inContainer = (
    component: Exclude<RequestTopLevel, { type: ComponentType.Container }>,
  ): APIComponentInContainer => {
    const id = idOf(component);
    switch (component.type) {
      case ComponentType.ActionRow:
        return { ...component, id, components: component.components.map(rowComponent) };
      case ComponentType.Section:
        return {
          ...component,
          id,
          components: component.components.map((part) => ({ ...part, id: idOf(part) })),
          accessory: accessory(component.accessory),
        };
      case ComponentType.MediaGallery:
        return {
          ...component,
          id,
          items: component.items.map((item) => ({ ...item, media: mediaOf(item.media.url) })),
        };
      case ComponentType.File:
        return { ...component, id, file: mediaOf(component.file.url) };
      case ComponentType.Separator:
      case ComponentType.TextDisplay:
        return { ...component, id };
    }
  };
  return components.map((component) => {
    if (component.type !== ComponentType.Container) return inContainer(component);
    const id = idOf(component);
    return { ...component, id, components: component.components.map(inContainer) };
  });
}
