/** The pieces of an answer as Discord's Markdown. */
import type { CopyText, Option, Part } from "../answers/answer.ts";
import { DIFFICULTY_COLORS, DIFFICULTY_WORDS } from "../answers/wording.ts";
import type { Claim, Severity, Situation, Step } from "../knowledge/schema.ts";
import { maskedLink, toMarkdown } from "./markdown.ts";

/** How much of a part to show. */
export interface Allowance {
  /** So many of its items; "… and 3 more" stands for the rest. */
  readonly items: number;
  /** Steps' notes of at most so many characters. */
  readonly noteLength: number;
  readonly paths: boolean;
  /** What one must have at hand; it stands on a card of its own, too. */
  readonly needs: boolean;
}

const SIGNS: Readonly<Record<Severity, string>> = { critical: "⚠️", caution: "ⓘ", info: "ⓘ" };

/**
 * @param part - the piece
 * @param name - of the service, to name it where it has not confirmed something; empty where there is none
 */
export function partText(part: Part, name: string, allowance: Allowance): string {
  const items = itemLines(part, name, allowance);
  // An empty line between items that are several lines long.
  const isLoose = part.kind === "options" || part.kind === "situations";
  return [...headLines(part, name, allowance), items.join(isLoose ? "\n\n" : "\n"), ...moreLine(part, allowance)]
    .filter(Boolean)
    .join("\n");
}

function headLines(part: Part, name: string, allowance: Allowance): string[] {
  const lines = "heading" in part && part.heading ? [`**${toMarkdown(part.heading)}**`] : [];
  if (part.kind === "copy") lines.push(`-# ${toMarkdown(part.hint)}`);
  if (part.kind !== "steps") return lines;
  if (allowance.needs && part.needs && part.needs.length > 0) {
    lines.push(`**First check:** ${part.needs.map((need) => claimText(need, name)).join(" ")}`);
  }
  if (part.isUnconfirmed) lines.push(`-# These steps are ${unconfirmed(name)}.`);
  return lines;
}

function itemLines(part: Part, name: string, allowance: Allowance): string[] {
  const { items } = allowance;
  switch (part.kind) {
    case "lead":
      return part.items.map((claim) => claimText(claim, name));
    case "path":
      return [pathText(part.items)];
    case "statements":
      return part.items.slice(0, items).map((claim) => `- ${claimText(claim, name)}`);
    case "warnings":
      return part.items.slice(0, items).map((warning) => {
        const claim = { text: warning.text, unconfirmed: warning.unconfirmed ?? false };
        return `${SIGNS[warning.severity]} ${claimText(claim, name)}`;
      });
    case "steps":
      return stepLines(part.items.slice(0, items), allowance);
    case "options":
      return part.items.slice(0, items).map((option) => optionText(option, part.isBrief, name, allowance));
    case "situations":
      return part.items.slice(0, items).map((situation) => situationText(situation, name));
    case "services":
      return part.items
        .slice(0, items)
        .map(
          (service) =>
            `${DIFFICULTY_COLORS[service.difficulty]} ${toMarkdown(service.name)} · ${DIFFICULTY_WORDS[service.difficulty]}`,
        );
    case "copy":
      return part.items.slice(0, items).map(copyText);
  }
}

function moreLine(part: Part, { items }: Allowance): string[] {
  const hidden = Math.max(0, part.items.length - items);
  const elsewhere = part.kind === "warnings" ? (part.more?.count ?? 0) : 0;
  const count = hidden + elsewhere;
  if (count === 0 || part.kind === "lead" || part.kind === "path") return [];
  const under = part.kind === "warnings" ? part.more?.under : part.kind === "steps" ? part.under : undefined;
  return [`-# … and ${count} more${under ? ` under “${under}”` : ""}`];
}

function claimText({ text, unconfirmed: isUnconfirmed }: Claim, name: string): string {
  return isUnconfirmed ? `${toMarkdown(text)} (${unconfirmed(name)})` : toMarkdown(text);
}

/** How replies mark what no source shows. */
export function unconfirmed(name: string): string {
  return name ? `not confirmed by ${name}` : "not confirmed";
}

/** Menu labels as they are followed: "Profile › ☰ › Settings and privacy". */
export function joinPath(path: readonly string[]): string {
  return path.join(" › ");
}

function pathText(path: readonly string[]): string {
  return `-# ${toMarkdown(joinPath(path))}`;
}

function stepLines(steps: readonly Step[], allowance: Allowance): string[] {
  return steps.flatMap((step, index) => {
    const number = `${index + 1}. `;
    // Indented as far as the text above, they belong to the same item of the list.
    const details = detailLines(step, allowance).map((line) => `${" ".repeat(number.length)}${line}`);
    return [`${number}${toMarkdown(step.do)}`, ...details];
  });
}

function detailLines({ path, note }: Step, { paths, noteLength }: Allowance): string[] {
  const lines: string[] = [];
  if (path && paths) lines.push(pathText(path));
  if (note && note.length <= noteLength) lines.push(`-# ${toMarkdown(note)}`);
  return lines;
}

function optionText(option: Option, isBrief: boolean, name: string, allowance: Allowance): string {
  const mark = option.isUnconfirmed ? ` (${unconfirmed(name)})` : "";
  const lines = [`**${toMarkdown(option.title)}**${mark}`];
  const [first, ...others] = option.steps;
  if (isBrief) {
    const [path, ...further] = option.steps.flatMap((step) => (step.path ? [step.path] : []));
    if (path && allowance.paths) lines.push(pathText(further.length > 0 ? [...path, "…"] : path));
    else if (first) lines.push(`-# ${toMarkdown(first.do.replace(/\.$/, others.length > 0 ? " …" : "."))}`);
  } else if (first && others.length === 0) {
    lines.push(toMarkdown(first.do), ...detailLines(first, allowance));
  } else {
    lines.push(...stepLines(option.steps, allowance));
  }
  lines.push(claimText(option.effect, name));
  return lines.join("\n");
}

/** A block of code has a button that copies it, and shows everything to the letter; only backticks could end it. */
function copyText({ label, text }: CopyText): string {
  return `-# ${toMarkdown(label)}\n\`\`\`\n${text.replaceAll("`", "'")}\n\`\`\``;
}

function situationText({ case: title, text, url, unconfirmed: isUnconfirmed }: Situation, name: string): string {
  const claim = claimText({ text, unconfirmed: isUnconfirmed ?? false }, name);
  return `**${toMarkdown(title)}**\n${claim}${url ? ` ${maskedLink("Open the page", url)}` : ""}`;
}
