/** Discord's components, each from what differs. https://docs.discord.com/developers/components/reference */
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APISectionComponent,
  type APISelectMenuOption,
  type APISeparatorComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
} from "discord-api-types/v10";
import type { Action, Link, Menu } from "../answers/answer.ts";
import { encodeMenu, encodeView } from "./custom-id.ts";
import { MAX_BUTTON_LABEL, MAX_OPTION_TEXT, MAX_OPTIONS, MAX_PLACEHOLDER, MAX_ROW_BUTTONS } from "./limits.ts";
import { shorten, toPlainText } from "./markdown.ts";

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

export const divider: APISeparatorComponent = {
  type: ComponentType.Separator,
  divider: true,
  spacing: SeparatorSpacingSize.Small,
};

export function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

/** A text with a button beside it. */
export function section(content: string, accessory: APIButtonComponent): APISectionComponent {
  return { type: ComponentType.Section, components: [textDisplay(content)], accessory };
}

export function linkButton({ label, url }: Link): APIButtonComponent {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label: buttonLabel(label), url };
}

export function viewButton({ label, view, isPrimary, isDisabled }: Action): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: isPrimary ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label: buttonLabel(label),
    custom_id: encodeView(view),
    ...(isDisabled ? { disabled: true } : {}),
  };
}

/** As many rows as the buttons need. */
export function buttonRows(buttons: readonly APIButtonComponent[]): Row[] {
  const rows: Row[] = [];
  for (let start = 0; start < buttons.length; start += MAX_ROW_BUTTONS) {
    rows.push({ type: ComponentType.ActionRow, components: buttons.slice(start, start + MAX_ROW_BUTTONS) });
  }
  return rows;
}

/** A menu; what it shows next stands in its options' values. */
export function menuRow({ name, label, options }: Menu, service: string | null): Row {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: encodeMenu(service, name),
        placeholder: shorten(label, MAX_PLACEHOLDER),
        options: options.slice(0, MAX_OPTIONS).map(menuOption),
      },
    ],
  };
}

function menuOption({ label, description, view, isCurrent }: Menu["options"][number]): APISelectMenuOption {
  return {
    label: shorten(toPlainText(label), MAX_OPTION_TEXT),
    value: encodeView(view),
    ...(description ? { description: shorten(description, MAX_OPTION_TEXT) } : {}),
    ...(isCurrent ? { default: true } : {}),
  };
}

function buttonLabel(label: string): string {
  return shorten(toPlainText(label), MAX_BUTTON_LABEL);
}
