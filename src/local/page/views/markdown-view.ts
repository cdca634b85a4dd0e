/** Discord's Markdown on the page. Texts only ever become text nodes; addresses only ever become a link's `href`. */
import { html, type TemplateResult } from "lit";
import { type MarkdownNode, type Mentions, mentionText, parseMarkdown } from "../markdown.ts";
import { timestampText } from "../time.ts";

/** A message's text, or a Text Display's. */
export function markdownView(text: string, mentions: Mentions): TemplateResult {
  return html`${nodesView(parseMarkdown(text), mentions)}`;
}

function nodesView(nodes: readonly MarkdownNode[], mentions: Mentions): unknown[] {
  return nodes.map((node) => nodeView(node, mentions));
}

function nodeView(node: MarkdownNode, mentions: Mentions): unknown {
  switch (node.kind) {
    case "text":
      return node.text;
    case "break":
      return html`<br />`;
    case "bold":
      return html`<strong>${nodesView(node.children, mentions)}</strong>`;
    case "italic":
      return html`<em>${nodesView(node.children, mentions)}</em>`;
    case "underline":
      return html`<u>${nodesView(node.children, mentions)}</u>`;
    case "strike":
      return html`<s>${nodesView(node.children, mentions)}</s>`;
    case "spoiler":
      return html`<discord-spoiler>${nodesView(node.children, mentions)}</discord-spoiler>`;
    case "quote":
      return html`<discord-quote><div>${nodesView(node.children, mentions)}</div></discord-quote>`;
    case "subtext":
      return html`<small class="subtext">${nodesView(node.children, mentions)}</small>`;
    case "heading":
      // A page has one first heading, and a channel's name is the second: a message's begin below them.
      return html`<div class="heading heading-${node.level}" role="heading" aria-level=${node.level + 2}
        >${nodesView(node.children, mentions)}</div
      >`;
    case "code":
      return html`<code>${node.text}</code>`;
    case "code-block":
      return html`<pre><code>${node.text}</code></pre>`;
    case "link":
      return html`<a href=${node.href} title=${node.href} target="_blank" rel="noopener noreferrer"
        >${nodesView(node.children, mentions)}</a
      >`;
    case "list": {
      const items = node.items.map((item) => html`<li>${nodesView(item, mentions)}</li>`);
      return node.ordered ? html`<ol start=${node.start}>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case "mention":
      // The element writes the sign itself.
      return html`<discord-mention type=${node.of === "channel" ? "channel" : "user"}
        >${mentionText(node, mentions).slice(1)}</discord-mention
      >`;
    case "command":
      return html`<span class="command-mention">/${node.name}</span>`;
    case "timestamp": {
      const date = new Date(node.seconds * 1000);
      if (Number.isNaN(date.getTime())) return "Invalid date";
      const now = new Date();
      return html`<discord-time
        ><time datetime=${date.toISOString()} title=${timestampText(node.seconds, "F", now)}
          >${timestampText(node.seconds, node.style, now)}</time
        ></discord-time
      >`;
    }
  }
}
