import { serviceOfCustomId } from "./custom-id.ts";

/**
 * The service that one of the bot's own messages is about: the one that its buttons and menus name. Undefined where they
 * name none or several, as where the bot asked which account is meant.
 *
 * @param message - a message, or any part of one, in Discord's own form
 */
export function serviceOfMessage(message: { readonly components?: unknown }): string | undefined {
  const services = new Set(customIds(message.components).flatMap((id) => serviceOfCustomId(id) ?? []));
  const [service] = services;
  return services.size === 1 ? service : undefined;
}

function customIds(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(customIds);
  if (typeof value !== "object" || value === null) return [];
  const own = "custom_id" in value && typeof value.custom_id === "string" ? [value.custom_id] : [];
  const nested = "components" in value ? customIds(value.components) : [];
  return [...own, ...nested];
}
