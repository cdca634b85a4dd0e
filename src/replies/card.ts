/** An answer as a Components V2 container. */
import { type APIComponentInContainer, type APIContainerComponent, ComponentType } from "discord-api-types/v10";
import type { Answer, Footing, Part, Tone } from "../answers/answer.ts";
import { buttonRows, divider, linkButton, menuRow, section, textDisplay, viewButton } from "./components.ts";
import { fitParts } from "./fit.ts";
import { MAX_TEXT } from "./limits.ts";
import { maskedLink, shorten, toMarkdown } from "./markdown.ts";

/** Amber where something is lost for good, blue where it tells, green where nothing can be lost, grey where it asks. */
const COLORS: Readonly<Record<Tone, number>> = {
  critical: 0xf0_b2_32,
  caution: 0xf0_b2_32,
  guide: 0x58_65_f2,
  safe: 0x23_a5_5a,
  ask: 0x94_9b_a4,
};

/** A step longer than this reads badly as a headline. */
const HEADLINE_LENGTH = 60;
const SOURCE_LENGTH = 60;
/** On the card with all steps, longer notes are left to the walk. */
const CARD_NOTE_LENGTH = 100;
const ALL = Number.MAX_SAFE_INTEGER;

/** The card of an answer, within Discord's limits whatever the entry holds. */
export function toCard(answer: Answer): APIContainerComponent {
  const { menus = [], choices = [], actions = [], links = [] } = answer;
  const header = headerText(answer);
  const footer = answer.footing ? footerText(answer.footing) : "";
  const budget = MAX_TEXT - header.length - footer.length;
  const texts = fitParts(
    answer.parts,
    answer.serviceName ?? "",
    budget,
    answer.kind === "steps" ? CARD_NOTE_LENGTH : ALL,
  );
  const components: APIComponentInContainer[] = [
    answer.link ? section(header, linkButton(answer.link)) : textDisplay(header),
    ...answer.parts.flatMap((part, at) => partComponents(part, texts[at] ?? "", answer.parts[at - 1])),
    ...menus.map((menu) => menuRow(menu, answer.service)),
    ...buttonRows([...choices, ...actions].map(viewButton).concat(links.map(linkButton))),
  ];
  if (footer) components.push(divider, textDisplay(footer));
  return { type: ComponentType.Container, accent_color: COLORS[answer.tone], components };
}

function headerText({ progress, title, facts = [] }: Answer): string {
  const lines: string[] = [];
  if (progress) lines.push(`-# ${progressBar(progress)}`);
  lines.push(`${title.length > HEADLINE_LENGTH ? "###" : "##"} ${toMarkdown(title)}`);
  if (facts.length > 0) lines.push(`-# ${facts.join(" · ")}`);
  return lines.join("\n");
}

/** "●●●○○○ Step 3 of 6" */
function progressBar({ step, of }: NonNullable<Answer["progress"]>): string {
  return `${"●".repeat(step)}${"○".repeat(of - step)} Step ${step} of ${of}`;
}

function partComponents(part: Part, text: string, before: Part | undefined): APIComponentInContainer[] {
  if (!text) return [];
  return isJoined(part, before) ? [textDisplay(text)] : [divider, textDisplay(text)];
}

/** Whether a part goes on with what stands above it. */
function isJoined(part: Part, before: Part | undefined): boolean {
  if ("heading" in part && part.heading) return false;
  if (part.kind === "lead" || part.kind === "path") return before?.kind !== "warnings";
  return part.kind === "statements" && before?.kind !== "steps" && before?.kind !== "situations";
}

function footerText({ basis, remarks, sources, reportUrl }: Footing): string {
  const links = sources.map(({ title, url }) => maskedLink(shorten(title, SOURCE_LENGTH), url));
  if (reportUrl) links.push(maskedLink("Is this out of date?", reportUrl));
  return [...remarks, [basis, ...links].join(" · ")].map((line) => `-# ${line}`).join("\n");
}
