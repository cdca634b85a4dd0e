/** Writes the results down: a table, ratios, and the form for programs. */

import { type MatcherName, type Measured, type PeerName, WAYOUT } from "./jobs.ts";
import { percentile } from "./measure.ts";

/** One matcher with so many services. */
export interface Row extends Measured {
  readonly matcher: MatcherName;
  readonly services: number;
}

const TITLES: Readonly<Record<MatcherName, string>> = {
  wayout: "Wayout",
  fuse: "Fuse.js, all phrases",
  "fuse-tokens": "Fuse.js, useTokenSearch",
  minisearch: "MiniSearch, fuzzy",
  "nlp.js": "nlp.js, topics",
  "nlp.js-entities": "nlp.js, with its entities",
  "nlp.js-documented": "nlp.js, as documented",
};

/** How much faster Wayout is to be than these. */
const COMPARED: readonly MatcherName[] = ["fuse", "nlp.js", "nlp.js-entities", "nlp.js-documented"];
const HEAD = [
  "matcher",
  "services",
  "joint",
  "false answers",
  "asked back",
  "p50 µs",
  "p99 µs",
  "build ms",
  "heap MiB",
];
const FIRST_COLUMN = 26;
const COLUMN = 14;

/** The form for programs: shares from 0 to 1, times in µs and ms. */
export function toJson(rows: readonly Row[]): string {
  const list = rows.map(({ matcher, services, joint, falseAnswers, timesUs, buildMs, heapMiB }) => ({
    matcher,
    services,
    joint: round(joint, 4),
    falseAnswers: round(falseAnswers, 4),
    p50Us: round(percentile(timesUs, 50), 1),
    p99Us: round(percentile(timesUs, 99), 1),
    buildMs: round(buildMs, 1),
    heapMiB: round(heapMiB, 1),
  }));
  return `${JSON.stringify(list, null, 2)}\n`;
}

/**
 * The form for people.
 *
 * @param settings - those that did best
 */
export function toText(rows: readonly Row[], settings: ReadonlyMap<PeerName, string>): string {
  const lines = [
    ["questions", ...HEAD],
    ...rows.map((row) => [
      String(row.timesUs.length),
      TITLES[row.matcher],
      String(row.services),
      percent(row.joint),
      percent(row.falseAnswers),
      percent(row.askedBack),
      number(percentile(row.timesUs, 50)),
      number(percentile(row.timesUs, 99)),
      number(row.buildMs),
      number(row.heapMiB),
    ]),
  ].map(([questions = "", title = "", ...cells]) =>
    [title.padEnd(FIRST_COLUMN), ...cells.map((cell) => cell.padStart(COLUMN)), questions.padStart(COLUMN)].join(""),
  );
  const chosen = [...settings].map(([peer, setting]) => `${TITLES[peer]}: ${setting} did best of what was tried.`);
  return `${[...lines, "", ...chosen, ...ratios(rows)].join("\n")}\n`;
}

/** How much faster, each time on the questions that both were asked; and what more services cost. */
function ratios(rows: readonly Row[]): string[] {
  const own = rows.filter(({ matcher }) => matcher === WAYOUT);
  const lines: string[] = [];
  for (const { services, timesUs } of own) {
    for (const row of rows) {
      if (row.services !== services || !COMPARED.includes(row.matcher)) continue;
      const ratio = percentile(row.timesUs, 50) / percentile(timesUs.slice(0, row.timesUs.length), 50);
      lines.push(
        `p50, services known ${services}: ${TITLES[row.matcher]} takes ${number(ratio)} times as long as Wayout.`,
      );
    }
  }
  for (const [index, { services, timesUs }] of own.entries()) {
    const before = own[index - 1];
    if (before === undefined) continue;
    const ratio = percentile(timesUs, 50) / percentile(before.timesUs, 50);
    lines.push(`p50, services known ${before.services} → ${services}: Wayout takes ${round(ratio, 2)} times as long.`);
  }
  return lines;
}

/** With as many digits as mean something. */
function number(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 1 : 0 });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
