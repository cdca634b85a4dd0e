/** Texts, which may hold `**bold**` and nothing else, as Discord's Markdown and without any. */

const BOLD = "**";
// Addresses stay as they are: Discord would take a backslash in one for a part of it.
const SPECIAL = /https?:\/\/[^\s()<>[\]|`*]+|\*\*|@(?=everyone|here)|[\\`*_~|<>[\]]|^(?:[#+-]|\d+\.)|\s*\n\s*/g;

/** A text as one line of Discord's Markdown: bold stays, every other sign is shown as it is. */
export function toMarkdown(text: string): string {
  return text.replace(SPECIAL, (found) => {
    if (found === BOLD || found.startsWith("http")) return found;
    if (found.includes("\n")) return " ";
    // A mention has no backslash form; with a sign in between that nobody sees it is a word.
    if (found === "@") return "@\u200b";
    // "1." and signs that begin a line would make a list or a headline of it.
    return found.length > 1 ? `${found.slice(0, -1)}\\.` : `\\${found}`;
  });
}

/** A text without bold. */
export function toPlainText(text: string): string {
  return text.replaceAll(BOLD, "");
}

/** A link whose text hides its address. */
export function maskedLink(title: string, url: string): string {
  // A closing bracket would end the address, or the text.
  return `[${toMarkdown(toPlainText(title))}](${url.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}

/** A text of at most `max` characters, cut after a word where possible and ended with "…". */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  // Half of a sign outside the Basic Multilingual Plane is no sign.
  const cut = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, "");
  const space = cut.lastIndexOf(" ");
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
