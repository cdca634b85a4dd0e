/**
 * Message components as Discord draws them: containers, sections, text, separators, galleries, buttons and menus.
 * Form: https://docs.discord.com/developers/components/reference
 */
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  type APIThumbnailComponent,
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
} from "discord-api-types/v10";
import { html, nothing, type TemplateResult } from "lit";
import { fileIcon, outwardIcon } from "../icons.ts";
import type { Mentions } from "../markdown.ts";
import { markdownView } from "./markdown-view.ts";
import "./select-menu.ts";

/** Where the components stand and what using them does. */
export interface ComponentContext {
  readonly mentions: Mentions;
  /** The component that waits for the bot's answer; meanwhile all of the message rest. */
  readonly pending: string | null;
  /** A button was pressed, or `values` were picked from a menu. */
  readonly onUse: (customId: string, values?: readonly string[]) => void;
}

/** All components of a message. */
export function componentsView(
  components: readonly APIMessageTopLevelComponent[],
  context: ComponentContext,
): TemplateResult {
  return html`${components.map((component) => componentView(component, context))}`;
}

function componentView(
  component: APIMessageTopLevelComponent | APIComponentInContainer,
  context: ComponentContext,
): TemplateResult | typeof nothing {
  switch (component.type) {
    case ComponentType.Container:
      return containerView(component, context);
    case ComponentType.Section:
      return sectionView(component, context);
    case ComponentType.TextDisplay:
      return html`<div class="text-display">${markdownView(component.content, context.mentions)}</div>`;
    case ComponentType.Separator: {
      const large = component.spacing === SeparatorSpacingSize.Large;
      return html`<div
        class="separator ${large ? "large" : ""} ${component.divider === false ? "" : "divider"}"
        role=${component.divider === false ? "presentation" : "separator"}
      ></div>`;
    }
    case ComponentType.MediaGallery:
      return html`<div class="gallery">
        ${component.items.map((item) => html`<img src=${item.media.url} alt=${item.description ?? ""} />`)}
      </div>`;
    case ComponentType.ActionRow:
      return rowView(component, context);
    case ComponentType.File:
      return fileView(component.file.url, component.name ?? "file");
  }
}

/** A file to save. */
export function fileView(url: string, name: string): TemplateResult {
  return html`<a class="file" href=${url} download=${name}>${fileIcon}<span>${name}</span></a>`;
}

function containerView(container: APIContainerComponent, context: ComponentContext): TemplateResult {
  const color = container.accent_color;
  // Set as a property: a style attribute would need a hole in the page's Content-Security-Policy.
  const accent = color == null ? "" : `--accent: #${color.toString(16).padStart(6, "0")}`;
  return html`<div class="container ${color == null ? "" : "accented"}" .style=${accent}>
    ${container.components.map((component) => componentView(component, context))}
  </div>`;
}

function sectionView(section: APISectionComponent, context: ComponentContext): TemplateResult {
  const { accessory } = section;
  return html`<div class="section">
    <div class="section-text">${section.components.map((component) => componentView(component, context))}</div>
    <div class="section-accessory">
      ${accessory.type === ComponentType.Button ? buttonView(accessory, context) : thumbnailView(accessory)}
    </div>
  </div>`;
}

function thumbnailView(thumbnail: APIThumbnailComponent): TemplateResult {
  return html`<img class="thumbnail" src=${thumbnail.media.url} alt=${thumbnail.description ?? ""} />`;
}

function rowView(
  row: APIActionRowComponent<APIComponentInMessageActionRow>,
  context: ComponentContext,
): TemplateResult {
  return html`<div class="action-row">
    ${row.components.map((component) => {
      if (component.type === ComponentType.Button) return buttonView(component, context);
      // The menus of users, roles and channels are Discord's own; no bot that answers questions needs them.
      if (component.type !== ComponentType.StringSelect) return nothing;
      return html`<select-menu
        .menu=${component}
        ?disabled=${component.disabled === true || context.pending !== null}
        @pick=${(event: CustomEvent<readonly string[]>) => context.onUse(component.custom_id, event.detail)}
      ></select-menu>`;
    })}
  </div>`;
}

const BUTTON_CLASSES: Readonly<Record<ButtonStyle, string>> = {
  [ButtonStyle.Primary]: "primary",
  [ButtonStyle.Secondary]: "secondary",
  [ButtonStyle.Success]: "success",
  [ButtonStyle.Danger]: "danger",
  [ButtonStyle.Link]: "secondary",
  [ButtonStyle.Premium]: "primary",
};

function buttonView(button: APIButtonComponent, context: ComponentContext): TemplateResult | typeof nothing {
  if (button.style === ButtonStyle.Premium) return nothing;
  const label = html`${button.emoji?.name === undefined ? nothing : html`<span class="button-emoji">${button.emoji.name}</span>`}
    <span>${button.label}</span>`;
  if (button.style === ButtonStyle.Link) {
    return html`<a
      class="button secondary"
      href=${button.url}
      title=${button.url}
      target="_blank"
      rel="noopener noreferrer"
      >${label}${outwardIcon}<span class="hidden">(opens in a new tab)</span></a
    >`;
  }
  const busy = context.pending === button.custom_id;
  return html`<button
    type="button"
    class="button ${BUTTON_CLASSES[button.style]} ${busy ? "busy" : ""}"
    ?disabled=${button.disabled === true}
    aria-disabled=${context.pending !== null}
    aria-busy=${busy}
    @click=${() => {
      if (context.pending === null) context.onUse(button.custom_id);
    }}
  >
    ${label}
  </button>`;
}
