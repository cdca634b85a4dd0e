/**
 * `npm run bench:load`: Wayout under load, beside the least that discord.js and node:http need to answer at all.
 *
 *     npm run bench:load                          everything, with 100,000 interactions for growth: about a quarter of an hour
 *     npm run bench:load -- --quick               less of everything: two minutes
 *     npm run bench:load -- --json                one JSON object on standard output
 *     npm run bench:load -- --rounds 5 --interactions 20000
 *
 * Each contender runs in a process of its own, built to plain JavaScript, against a local Discord in another. The rounds
 * take turns, and what counts is the median. Needs Linux, whose /proc tells memory and processor time.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ProgramName } from "./load/contender.ts";
import {
  type HttpRound,
  measureGateway,
  measureGrowth,
  measureGuilds,
  measureHttp,
  type Round,
} from "./load/measure.ts";
import { readOptions, readWhole } from "./usage.ts";

const ROOT = join(import.meta.dirname, "..");
const GUILDS = [1, 100, 2_500];

/** What is promised, as shares of the bare contender's figures: at least for what is better high, else at most. */
const FLOORS = {
  readyMs: 1.5,
  readyProcessorMs: 1.5,
  idleMiB: 1.25,
  loadedMiB: 1.25,
  perSecond: 0.85,
  perProcessorSecond: 0.85,
  p50Ms: 1.2,
  p99Ms: 1.2,
} as const;
const HTTP_FLOORS = { perSecond: 0.8, perProcessorSecond: 0.8 } as const;

const { json, quick, rounds, growthCount } = readOptions("bench:load", () => {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      rounds: { type: "string" },
      interactions: { type: "string" },
    },
  });
  return {
    json: values.json,
    quick: values.quick,
    rounds: readWhole("--rounds", values.rounds ?? (values.quick ? "1" : "3"), 1, 100),
    growthCount: readWhole("--interactions", values.interactions ?? (values.quick ? "10000" : "100000"), 1_000, 1e7),
  };
});
const burstCount = Math.min(quick ? 5_000 : 10_000, growthCount);

build();
const bots = { wayout: [] as Round[], bare: [] as Round[] };
const endpoints = { wayout: [] as HttpRound[], bare: [] as HttpRound[] };
for (let round = 1; round <= rounds; round += 1) {
  say(`round ${round} of ${rounds}`);
  bots.bare.push(await measureGateway("bare bot", burstCount));
  bots.wayout.push(await measureGateway("wayout", burstCount));
  endpoints.bare.push(await measureHttp("bare endpoint", burstCount));
  endpoints.wayout.push(await measureHttp("wayout", burstCount));
}
const guilds: { guilds: number; bare: number; wayout: number }[] = [];
for (const count of GUILDS) {
  say(`${count} servers`);
  guilds.push({ guilds: count, bare: await guildsOf("bare bot", count), wayout: await guildsOf("wayout", count) });
}
say(`${growthCount} interactions`);
const growth = {
  interactions: growthCount,
  bare: await measureGrowth("bare bot", growthCount),
  wayout: await measureGrowth("wayout", growthCount),
};

const gateway = compare(bots, FLOORS);
const http = compare(endpoints, HTTP_FLOORS);
if (json) process.stdout.write(`${JSON.stringify({ rounds, gateway, http, guilds, growth })}\n`);
else report();

interface Comparison {
  readonly bare: number;
  readonly wayout: number;
  readonly ratio: number;
  readonly floor: number;
  readonly holds: boolean;
}

function compare<Figures extends object, Key extends keyof Figures & string>(
  measured: { readonly wayout: readonly Figures[]; readonly bare: readonly Figures[] },
  floors: Readonly<Record<Key, number>>,
): Record<string, Comparison> {
  return Object.fromEntries(
    Object.entries<number>(floors).map(([key, floor]) => {
      const of = (figures: readonly Figures[]) => median(figures.map((each) => Number(each[key as Key])));
      const [wayout, bare] = [of(measured.wayout), of(measured.bare)];
      const ratio = wayout / bare;
      return [key, { bare, wayout, ratio, floor, holds: floor < 1 ? ratio >= floor : ratio <= floor }];
    }),
  );
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

async function guildsOf(program: ProgramName, count: number): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < rounds; round += 1) figures.push(await measureGuilds(program, count));
  return median(figures);
}

/** The program, and the bare contenders beside it. */
function build(): void {
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  run("--import", "tsx", join(ROOT, "scripts/build.ts"));
  run(join(ROOT, "node_modules/typescript/bin/tsc"), "-p", join(ROOT, "bench/load/tsconfig.json"));
}

function report(): void {
  const failures = [...bots.wayout, ...endpoints.wayout].reduce((sum, round) => sum + round.failures, 0);
  const lines = [
    `Medians of ${rounds} rounds by turns; ${failures} failures of Wayout's.`,
    "",
    ...table("Gateway", gateway),
    `  At full speed the local Discord was busy ${busy("discordBusy")} of the time, the bot ${busy("botBusy")}.`,
    "",
    ...table("HTTP endpoint", http),
    "",
    "Resident memory, idle, by servers (MiB)   bare    wayout  ratio",
    ...guilds.map(({ guilds: count, bare, wayout }) => row(String(count), bare, wayout, wayout / bare)),
    "",
    `Resident memory over ${growth.interactions} interactions (MiB): idle, then after each fifth`,
    `  bare    ${growth.bare.map((each) => each.toFixed(0)).join("  ")}`,
    `  wayout  ${growth.wayout.map((each) => each.toFixed(0)).join("  ")}`,
    `  growth from the second fifth to the last: bare ${lateGrowth(growth.bare)}, wayout ${lateGrowth(growth.wayout)}`,
    "",
  ];
  process.stdout.write(lines.join("\n"));
}

function busy(who: "botBusy" | "discordBusy"): string {
  const share = (rounds: readonly Round[]) => `${(median(rounds.map((each) => each[who])) * 100).toFixed(0)} %`;
  return `${share(bots.bare)} (bare) and ${share(bots.wayout)} (Wayout)`;
}

function table(title: string, comparisons: Readonly<Record<string, Comparison>>): string[] {
  return [
    `${title.padEnd(42)}bare    wayout  ratio`,
    ...Object.entries(comparisons).map(([key, { bare, wayout, ratio, floor, holds }]) => {
      const promise = `${floor < 1 ? "at least" : "at most"} ${floor}`;
      return `${row(key, bare, wayout, ratio)}   ${holds ? "holds" : "MISSED"}, ${promise}`;
    }),
  ];
}

function row(name: string, bare: number, wayout: number, ratio: number): string {
  const cells = [bare, wayout].map((figure) => figure.toFixed(figure < 100 ? 1 : 0).padEnd(8));
  return `  ${name.padEnd(40)}${cells.join("")}${ratio.toFixed(2)}`;
}

function lateGrowth(memory: readonly number[]): string {
  const change = (memory.at(-1) ?? 0) - (memory[2] ?? 0);
  return `${change >= 0 ? "+" : ""}${change.toFixed(0)} MiB`;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
