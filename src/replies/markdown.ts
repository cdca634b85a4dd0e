/** Entries' texts, which may hold `**bold**` and nothing else, as Discord's Markdown and without any. */

const BOLD = "**";
// Addresses stay as they are: Discord would take a backslash in one for a part of it.
const SPECIAL = /https?:\/\/[^\s)]+|\*\*|[\\`*_~|<>[\]]/g;

/** An entry's text as Discord's Markdown: bold stays, every other sign is shown as it is. */
export function toMarkdown(text: string): string {
  return text.replace(SPECIAL, (found) => (found === BOLD || found.length > 2 ? found : `\\${found}`));
}

/** An entry's text without bold. */
export function toPlainText(text: string): string {
  return text.replaceAll(BOLD, "");
}

/** A link whose text hides its address. */
export function maskedLink(title: string, url: string): string {
  // A closing bracket would end the address, or the text.
  return `[${toMarkdown(toPlainText(title))}](${url.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}

/** How long Discord finds a text: its code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** A text of at most `max` code points, cut after a word where possible and ended with "…". */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = [...text];
  if (points.length <= max) return text;
  const cut = points.slice(0, max - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
