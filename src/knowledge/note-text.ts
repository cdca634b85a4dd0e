/**
 * Turns the notes of JustDeleteMe, which hold Markdown and some HTML, into texts as entries have them: one line, with
 * `**bold**` and no other markup. Addresses behind words are written out, so that nobody is led somewhere unseen.
 */

const TAG = /<\/?(?:a|b|br|code|em|i|li|ol|p|strong|ul)\b[^<>]*>/gi;
const LINK = /\[([^\][]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/g;
const CODE = /`+([^`]+)`+/g;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/**
 * @param note - as JustDeleteMe has it
 * @param max - characters, at most
 */
export function toNoteText(note: string, max: number): string {
  const text = note
    .replace(TAG, " ")
    .replace(LINK, (_, label: string, address: string) => writeOut(label.trim(), address))
    .replace(CODE, "“$1”")
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    // Slanted letters say nothing that a reader needs.
    .replace(/(?<![*\w])\*([^*\s][^*]*)\*(?![*\w])/g, "$1")
    .replace(/\*{3,}/g, "**");
  return evenBold(shorten(toLine(text), max));
}

/** One line without control characters, invisible ones among them. */
export function toLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, " ").trim();
}

/** Control and format characters, such as those that turn the direction of writing round, and halves of signs. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Without what nobody sees; ends of lines stay. */
export function withoutControls(text: string): string {
  return text.normalize("NFC").replace(CONTROLS, (character) => (character === "\n" ? "\n" : " "));
}

/** Whether each `**` that opens is closed, so that it cannot reach into what stands behind. */
export function isBoldEven(text: string): boolean {
  return !text.replace(/\*\*[^*]+\*\*/g, "").includes("**");
}

function evenBold(text: string): string {
  return isBoldEven(text) ? text : text.replaceAll("**", "");
}

function writeOut(label: string, address: string): string {
  const shown = address.replace(/^mailto:/i, "");
  if (!/^(?:https?:\/\/|mailto:)/i.test(address) || label === shown || label === address) return label || shown;
  return label === "" ? shown : `${label} (${shown})`;
}

/** Cuts after the last whole sentence that fits, else after the last whole word. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  // Half of a sign outside the Basic Multilingual Plane is no sign.
  const start = text.slice(0, max - 2).replace(/[\ud800-\udbff]$/, "");
  const end = Math.max(start.lastIndexOf(". "), start.lastIndexOf("。"));
  if (end > max / 2) return `${start.slice(0, end + 1)} …`;
  const space = start.lastIndexOf(" ");
  return `${space > max / 2 ? start.slice(0, space) : start} …`;
}
