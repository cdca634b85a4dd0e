/**
 * Discord's Markdown as a tree of plain values: nothing here knows of the page, so nothing here can put a text into the
 * page as markup. The rules are those of `discord-markdown-parser` (simple-markdown, which Discord's own client is built
 * on); lists are added, and masked links are held to what Discord links.
 */
import { rulesExtended, SimpleMarkdown } from "discord-markdown-parser";

/** How `<t:seconds:style>` is written out; `f` where the message names none. */
export type TimestampStyle = "t" | "T" | "d" | "D" | "f" | "F" | "R";

export type MarkdownNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "break" }
  | {
      readonly kind: "bold" | "italic" | "underline" | "strike" | "spoiler" | "quote" | "subtext";
      readonly children: readonly MarkdownNode[];
    }
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly children: readonly MarkdownNode[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "code-block"; readonly text: string }
  | { readonly kind: "link"; readonly href: string; readonly children: readonly MarkdownNode[] }
  | {
      readonly kind: "list";
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly MarkdownNode[])[];
    }
  | { readonly kind: "mention"; readonly of: "user" | "role" | "channel"; readonly id: string }
  | { readonly kind: "command"; readonly name: string }
  | { readonly kind: "timestamp"; readonly seconds: number; readonly style: TimestampStyle };

/** What simple-markdown hands over: a type and untyped fields, each checked before it is used. */
type ParsedNode = Readonly<Record<string, unknown>>;
/** The parser's own memory while it reads; `prevCapture` is what the rule before took. */
interface ReadingState {
  readonly prevCapture?: readonly string[] | null;
  readonly [key: string]: unknown;
}

const BULLET = /^( *)(?:[*-]|(\d{1,9})\.) +(?=\S)/;

const list: (typeof rulesExtended)[string] = {
  // Before everything that could take its lines: quotes stay outside, as the list begins with its bullet.
  order: 0.5,
  match(source: string, state: ReadingState) {
    const before = state.prevCapture?.[0] ?? "";
    if ((before !== "" && !before.endsWith("\n")) || !BULLET.test(source)) return null;
    const lines = source.split("\n");
    let taken = 1;
    while (taken < lines.length && continuesList(lines[taken] ?? "")) taken += 1;
    // The line breaks after a list belong to it: the list has its own margin.
    const list = lines.slice(0, taken).join("\n");
    const breaks = /^\n*/.exec(source.slice(list.length))?.[0] ?? "";
    return [list + breaks, list];
  },
  parse(capture: readonly string[], parse: (text: string, state: ReadingState) => unknown, state: ReadingState) {
    const lines = (capture[1] ?? "").split("\n");
    const first = BULLET.exec(lines[0] ?? "");
    const indent = first?.[1]?.length ?? 0;
    const items: string[][] = [];
    for (const line of lines) {
      const bullet = BULLET.exec(line);
      const item = items.at(-1);
      if (bullet !== null && (bullet[1]?.length ?? 0) <= indent + 1) items.push([line.slice(bullet[0].length)]);
      else item?.push(line);
    }
    return {
      type: "list",
      ordered: first?.[2] !== undefined,
      start: Number(first?.[2] ?? 1),
      items: items.map((item) => parse(withoutIndent(item), { ...state, prevCapture: null })),
    };
  },
};

/** A rule's match for whole lines, which may be indented: so that they stand within a list's item, too. */
function wholeLine(pattern: RegExp) {
  return (source: string, state: ReadingState) =>
    state.prevCapture == null || state.prevCapture[0]?.endsWith("\n") ? pattern.exec(source) : null;
}

const { heading, link: maskedLink } = SimpleMarkdown.defaultRules;

const rules: typeof rulesExtended = {
  ...rulesExtended,
  list,
  heading: { ...heading, match: wholeLine(/^ *(#{1,3}) +([^\n]+?) *(\n|$)/) },
  subtext: {
    order: heading.order - 0.5,
    match: wholeLine(/^ *-# +([^\n]+?) *(\n|$)/),
    parse: (capture, parse, state) => ({ content: parse(capture[1] ?? "", state) }),
  },
  link: {
    ...maskedLink,
    match(source: string, state: Parameters<typeof maskedLink.match>[1], before: string) {
      const capture = maskedLink.match(source, state, before);
      // Discord masks neither other schemes nor a label that shows another address than the one it leads to.
      if (capture == null || webAddress(capture[2] ?? "") === null || /https?:\/\//i.test(capture[1] ?? ""))
        return null;
      return capture;
    },
  },
};
// Signs are left to the fonts: bare ⚠ is a sign, ⚠ with U+FE0F an emoji. A rule would cost both their place in a word.
delete rules["twemoji"];
// Discord has no such rules for bots' texts, or the local Discord has no such things.
for (const name of ["emoticon", "emoji", "guildNavigation", "everyone", "here"]) delete rules[name];

const parser = SimpleMarkdown.parserFor(rules);

/**
 * Reads a message's text.
 * @param text the content of a message or of a Text Display
 */
export function parseMarkdown(text: string): MarkdownNode[] {
  return toNodes(parser(text, { inline: true }));
}

/** Names for what a text mentions; undefined for what is not known. */
export interface Mentions {
  readonly userName: (id: string) => string | undefined;
  readonly channelName: (id: string) => string | undefined;
}

/** What a mention reads as, with its sign. */
export function mentionText(node: Extract<MarkdownNode, { kind: "mention" }>, mentions: Mentions): string {
  if (node.of === "channel") return `#${mentions.channelName(node.id) ?? "unknown"}`;
  return `@${node.of === "user" ? (mentions.userName(node.id) ?? "unknown-user") : "unknown-role"}`;
}

/**
 * The text as it reads without markup: for a reply's one-line preview and for the live region.
 */
export function plainText(nodes: readonly MarkdownNode[], mentions: Mentions): string {
  return nodes.map((node) => plainNode(node, mentions)).join("");
}

/** The address, if it is one that Discord links: absolute, http or https; else null. */
function webAddress(address: string): string | null {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  return address;
}

function plainNode(node: MarkdownNode, mentions: Mentions): string {
  switch (node.kind) {
    case "text":
    case "code":
    case "code-block":
      return node.text;
    case "break":
      return " ";
    case "list":
      return node.items.map((item) => `${plainText(item, mentions)} `).join("");
    case "heading":
    case "subtext":
    case "quote":
      return `${plainText(node.children, mentions)} `;
    case "mention":
      return mentionText(node, mentions);
    case "command":
      return `/${node.name}`;
    case "timestamp":
      return new Date(node.seconds * 1000).toISOString().slice(0, 10);
    default:
      return plainText(node.children, mentions);
  }
}

function continuesList(line: string): boolean {
  return BULLET.test(line) || (/^ /.test(line) && line.trim() !== "");
}

function withoutIndent(lines: readonly string[]): string {
  const [first = "", ...rest] = lines;
  const indents = rest.map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return [first, ...rest.map((line) => line.slice(indent))].join("\n");
}

function toNodes(parsed: unknown): MarkdownNode[] {
  if (!Array.isArray(parsed)) return [];
  const nodes: MarkdownNode[] = [];
  for (const value of parsed) {
    if (!isParsedNode(value)) continue;
    const node = toNode(value);
    const last = nodes.at(-1);
    if (node.kind === "text" && last?.kind === "text")
      nodes[nodes.length - 1] = { kind: "text", text: last.text + node.text };
    // A code block stands on lines of its own: the line breaks around it are not shown again.
    else if (node.kind === "break" && last?.kind === "code-block") nodes.push(spent);
    else if (node.kind === "code-block" && last?.kind === "break") nodes[nodes.length - 1] = node;
    else nodes.push(node);
  }
  return nodes.filter((node) => node !== spent);
}

const spent: MarkdownNode = { kind: "break" };

function toNode(node: ParsedNode): MarkdownNode {
  const children = () => toNodes(node["content"]);
  switch (node["type"]) {
    case "strong":
      return { kind: "bold", children: children() };
    case "em":
      return { kind: "italic", children: children() };
    case "underline":
      return { kind: "underline", children: children() };
    case "strikethrough":
      return { kind: "strike", children: children() };
    case "spoiler":
      return { kind: "spoiler", children: children() };
    case "blockQuote":
      return { kind: "quote", children: withoutLastBreak(children()) };
    case "subtext":
      return { kind: "subtext", children: children() };
    case "heading": {
      const level = Number(node["level"]);
      return { kind: "heading", level: level === 1 || level === 2 ? level : 3, children: children() };
    }
    case "inlineCode":
      return { kind: "code", text: string(node["content"]) };
    case "codeBlock":
      return { kind: "code-block", text: string(node["content"]) };
    case "link":
    case "autolink":
    case "url": {
      const href = webAddress(string(node["target"]));
      if (href === null) return { kind: "text", text: string(node["target"]) };
      return { kind: "link", href, children: children() };
    }
    case "list": {
      const items = Array.isArray(node["items"]) ? node["items"] : [];
      return {
        kind: "list",
        ordered: node["ordered"] === true,
        start: Number(node["start"]),
        items: items.map((item) => toNodes(item)),
      };
    }
    case "user":
    case "role":
    case "channel":
      return { kind: "mention", of: node["type"], id: string(node["id"]) };
    case "slashCommand":
      return { kind: "command", name: string(node["fullName"]) };
    case "timestamp":
      return { kind: "timestamp", seconds: Number(node["timestamp"]), style: timestampStyle(node["format"]) };
    case "br":
    case "newline":
      return { kind: "break" };
    default:
      return { kind: "text", text: string(node["content"]) };
  }
}

function withoutLastBreak(nodes: MarkdownNode[]): MarkdownNode[] {
  return nodes.at(-1)?.kind === "break" ? nodes.slice(0, -1) : nodes;
}

function timestampStyle(value: unknown): TimestampStyle {
  switch (value) {
    case "t":
    case "T":
    case "d":
    case "D":
    case "F":
    case "R":
      return value;
    default:
      return "f";
  }
}

function isParsedNode(value: unknown): value is ParsedNode {
  return typeof value === "object" && value !== null;
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}
