/**
 * Discord's limits on what a reply holds. Discord counts code points; we count UTF-16 units as discord.js's builders do,
 * which are never fewer.
 * Source: https://docs.discord.com/developers/components/reference
 */

/** Components in a message, nested ones counted. */
export const MAX_COMPONENTS = 40;
/** All Text Displays of a message together; stated by discord.js's guide on display components. */
export const MAX_TEXT = 4000;
export const MAX_CUSTOM_ID = 100;
export const MAX_ROW_BUTTONS = 5;
export const MAX_BUTTON_LABEL = 80;
/** Also for an option's value and description. */
export const MAX_OPTION_TEXT = 100;
export const MAX_OPTIONS = 25;
export const MAX_PLACEHOLDER = 150;
/** https://docs.discord.com/developers/interactions/application-commands#autocomplete */
export const MAX_CHOICES = 25;
export const MAX_CHOICE_NAME = 100;
