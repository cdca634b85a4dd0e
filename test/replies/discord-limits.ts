/** Checks a reply against Discord's limits: by discord.js's builders, which refuse what is wrong, and by counting. */

import { ActionRowBuilder, ButtonBuilder, ContainerBuilder, StringSelectMenuBuilder } from "discord.js";
import {
  type APIButtonComponent,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ComponentType,
  MessageFlags,
} from "discord-api-types/v10";
import { expect } from "vitest";
import { MAX_COMPONENTS, MAX_CUSTOM_ID, MAX_TEXT } from "../../src/replies/limits.ts";
import type { Reply } from "../../src/replies/reply.ts";

type Json = Readonly<Record<string, unknown>>;

/** @throws where Discord would refuse the reply */
export function expectValidReply(reply: Reply): void {
  expect(reply.flags & MessageFlags.IsComponentsV2).toBeTruthy();
  expect(reply.allowed_mentions).toEqual({ parse: [] });
  for (const component of reply.components) rebuild(component);

  const components = listComponents(reply.components);
  expect(components.length).toBeLessThanOrEqual(MAX_COMPONENTS);
  const texts = components
    .filter(({ type }) => type === ComponentType.TextDisplay)
    .map(({ content }) => String(content));
  expect(texts.join("").length).toBeLessThanOrEqual(MAX_TEXT);
  const ids = components.flatMap((component) =>
    typeof component["custom_id"] === "string" ? [component["custom_id"]] : [],
  );
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of [...ids, ...optionValues(components)]) expect(id.length).toBeLessThanOrEqual(MAX_CUSTOM_ID);
}

/**
 * Whether a reply shows strangers' texts and nothing more: no mention, no link whose text hides another address than a
 * source's, no mark-up but bold, and each block of code ends where it should.
 *
 * @throws where it does more
 */
export function expectHarmless(reply: Reply): void {
  for (const component of listComponents(reply.components)) {
    if (typeof component["url"] === "string") expect(component["url"]).toMatch(/^https:\/\//);
    if (typeof component["content"] !== "string") continue;
    const content = component["content"];
    const bare = content
      .replace(/^```\n[^`]+\n```$/gm, "")
      // What is escaped is only shown, and addresses are shown as they are.
      .replace(/\\[!-/:-@[-`{-~]/g, "x")
      .replace("[justdeleteme.xyz](https://justdeleteme.xyz)", "")
      .replace(/https?:\/\/[^\s()<>[\]|`*]+/g, "x")
      .replace(/\*\*[^*]+\*\*/g, "");
    expect(bare).not.toMatch(/[`<>|~_[\]*]|@everyone|@here/);
    // A title, small print and what lists consist of are the bot's own; no other sign that begins a line is left.
    expect(bare).not.toMatch(/^(?:\d+\. |#{4,}|- [#-])/m);
  }
}

/** All components of a message, nested ones too. */
function listComponents(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(listComponents);
  if (typeof value !== "object" || value === null || !("type" in value)) return [];
  const component: Json = { ...value };
  return [component, ...listComponents(component["components"]), ...listComponents(component["accessory"])];
}

/** All text of a reply. */
export function textOf(reply: Reply): string {
  return listComponents(reply.components)
    .flatMap(({ content }) => (typeof content === "string" ? [content] : []))
    .join("\n");
}

/** The labels of all buttons of a reply. */
export function labelsOf(reply: Reply): string[] {
  return listComponents(reply.components).flatMap(({ type, label }) =>
    type === ComponentType.Button && typeof label === "string" ? [label] : [],
  );
}

function optionValues(components: readonly Json[]): string[] {
  return components.flatMap(({ options }) =>
    Array.isArray(options) ? options.map((option: { value: string }) => option.value) : [],
  );
}

/** The builders check some things when they are told them and others when they are done: so both. */
function rebuild(component: APIMessageTopLevelComponent): void {
  expect(component.type).toBe(ComponentType.Container);
  if (component.type !== ComponentType.Container) return;
  expect(new ContainerBuilder(component).toJSON()).toEqual(component);
  for (const part of component.components) {
    if (part.type === ComponentType.Section && part.accessory.type === ComponentType.Button)
      rebuildButton(part.accessory);
    if (part.type !== ComponentType.ActionRow) continue;
    expect(part.components.length).toBeLessThanOrEqual(5);
    new ActionRowBuilder<ButtonBuilder | StringSelectMenuBuilder>(part).toJSON();
    for (const inner of part.components) {
      if (inner.type === ComponentType.Button) rebuildButton(inner);
      else if (inner.type === ComponentType.StringSelect) rebuildMenu(inner);
      else throw new Error(`A component of type ${inner.type} was not expected.`);
    }
  }
}

function rebuildButton(button: APIButtonComponent): void {
  if (!("label" in button) || button.label === undefined) throw new Error("A button without a label was not expected.");
  const builder = new ButtonBuilder().setStyle(button.style).setLabel(button.label);
  if ("url" in button) builder.setURL(button.url);
  if ("custom_id" in button) builder.setCustomId(button.custom_id);
  if (button.disabled) builder.setDisabled(true);
  expect(builder.toJSON()).toEqual(button);
}

function rebuildMenu(menu: APIStringSelectComponent): void {
  const builder = new StringSelectMenuBuilder().setCustomId(menu.custom_id).addOptions(...menu.options);
  if (menu.placeholder !== undefined) builder.setPlaceholder(menu.placeholder);
  expect(builder.toJSON()).toEqual(menu);
  expect(new Set(menu.options.map(({ value }) => value)).size).toBe(menu.options.length);
  expect(menu.options.filter((option) => option.default).length).toBeLessThanOrEqual(1);
}
