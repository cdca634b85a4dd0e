/** An answer as plain text, for terminals: no Markdown, nothing wrapped. */
import type { Answer, Footing, Part } from "../answers/answer.ts";
import { DIFFICULTY_WORDS } from "../answers/wording.ts";
import type { Claim, Severity, Step } from "../knowledge/schema.ts";
import { toPlainText } from "./markdown.ts";
import { joinPath, unconfirmed } from "./part-text.ts";

const SIGNS: Readonly<Record<Severity, string>> = { critical: "!", caution: "-", info: "-" };

export function toText(answer: Answer): string {
  const { progress, title, facts = [], link, menus = [], choices = [], links = [], footing } = answer;
  const blocks = [
    [
      ...(progress ? [`Step ${progress.step} of ${progress.of}`] : []),
      title,
      ...(facts.length > 0 ? [facts.join(" · ")] : []),
    ],
    ...answer.parts.map((part) => partLines(part, answer.serviceName ?? "")),
    choices.map(({ label }) => `- ${label}`),
    [...(link ? [link] : []), ...links].map(({ label, url }) => `${label}: ${url}`),
    menus.map(({ label, options }) => {
      const others = options.filter(({ isCurrent }) => !isCurrent);
      return `${label}: ${others.map((option) => toPlainText(option.label)).join(", ")}`;
    }),
    footing ? footingLines(footing) : [],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function partLines(part: Part, name: string): string[] {
  const heading = "heading" in part && part.heading ? [toPlainText(part.heading)] : [];
  switch (part.kind) {
    case "lead":
      return [claim(part.items[0], name)];
    case "path":
      return [joinPath(part.items)];
    case "statements":
      return [...heading, ...part.items.map((item) => `- ${claim(item, name)}`)];
    case "warnings":
      return [
        ...heading,
        ...part.items.map(
          ({ severity, text, unconfirmed: isUnconfirmed }) =>
            `${SIGNS[severity]} ${claim({ text, unconfirmed: isUnconfirmed ?? false }, name)}`,
        ),
        ...(part.more ? [`… and ${part.more.count} more`] : []),
      ];
    case "steps":
      return [
        ...heading,
        ...(part.needs && part.needs.length > 0
          ? [`First check: ${part.needs.map((need) => claim(need, name)).join(" ")}`]
          : []),
        ...(part.isUnconfirmed ? [`These steps are ${unconfirmed(name)}.`] : []),
        ...stepLines(part.items),
      ];
    case "options":
      return part.items.flatMap(({ title, steps, effect, isUnconfirmed }, at) => [
        ...(at > 0 ? [""] : []),
        `${toPlainText(title)}${isUnconfirmed ? ` (${unconfirmed(name)})` : ""}`,
        ...stepLines(steps),
        claim(effect, name),
      ]);
    case "situations":
      return part.items.flatMap(({ case: title, text, url, unconfirmed: isUnconfirmed }, at) => [
        ...(at === 0 ? heading : []),
        `- ${toPlainText(title)}: ${claim({ text, unconfirmed: isUnconfirmed ?? false }, name)}`,
        ...(url ? [`  ${url}`] : []),
      ]);
    case "services":
      return [...heading, ...part.items.map(({ name, difficulty }) => `- ${name} (${DIFFICULTY_WORDS[difficulty]})`)];
    case "copy":
      return [...heading, part.hint, ...part.items.map(({ label, text }) => `${label}: ${text}`)];
  }
}

function claim({ text, unconfirmed: isUnconfirmed }: Claim, name: string): string {
  return isUnconfirmed ? `${toPlainText(text)} (${unconfirmed(name)})` : toPlainText(text);
}

function stepLines(steps: readonly Step[]): string[] {
  return steps.flatMap(({ do: action, path, note }, at) => [
    `${at + 1}. ${toPlainText(action)}`,
    ...(path ? [`   ${joinPath(path)}`] : []),
    ...(note ? [`   ${toPlainText(note)}`] : []),
  ]);
}

function footingLines({ basis, remarks, sources }: Footing): string[] {
  return [...remarks, basis, ...sources.map(({ title, url }) => `${title}: ${url}`)];
}
