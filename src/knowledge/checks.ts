/**
 * What makes an entry good beyond its shape: rules that look at the sense of it, each with a name of its own. Errors
 * must be mended; warnings are for the maintainer to judge.
 */

import { ageInMonths, MAX_AGE_MONTHS } from "./age.ts";
import { linksOf, namesOf, type Path, stepsOf, textsOf } from "./entry-parts.ts";
import type { EntryOnDisk } from "./read-entries.ts";
import { findSaidTwice } from "./said-twice.ts";
import type { Claim, Entry } from "./schema.ts";
import { formatPath } from "./yaml-file.ts";

/** Something that a rule found. */
export interface Finding {
  readonly severity: "error" | "warning";
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  /** Where in the entry: `methods[0].steps[2].do`. */
  readonly path: string;
  /** What was found and what to do, in one line. */
  readonly reason: string;
}

interface Problem {
  readonly path: Path;
  readonly reason: string;
}

interface Rule {
  readonly name: string;
  readonly severity: Finding["severity"];
  /** Problems of one entry; `all` holds every entry, for rules that compare. */
  find(entry: Entry, context: { readonly all: readonly EntryOnDisk[]; readonly today: Date }): Problem[];
}

/**
 * Runs every rule over every entry.
 *
 * @param entries - the entries with their places in their files
 * @param today - the date to measure age by
 * @returns findings in the order of files and lines
 */
export function checkEntries(entries: readonly EntryOnDisk[], today: Date): Finding[] {
  return entries.flatMap(({ entry, file, lineOf }) =>
    RULES.flatMap((rule) =>
      rule.find(entry, { all: entries, today }).map(({ path, reason }) => ({
        severity: rule.severity,
        rule: rule.name,
        file,
        line: lineOf(path),
        path: formatPath(path),
        reason,
      })),
    ).sort((a, b) => a.line - b.line),
  );
}

/** Hosts that forward to somewhere else, so that nobody sees where a link leads. */
const REDIRECTORS = [
  "amzn.to",
  "bit.ly",
  "buff.ly",
  "cutt.ly",
  "goo.gl",
  "is.gd",
  "l.facebook.com",
  "l.instagram.com",
  "lnkd.in",
  "ow.ly",
  "rb.gy",
  "rebrand.ly",
  "shorturl.at",
  "t.co",
  "t.ly",
  "tiny.cc",
  "tinyurl.com",
];

/** Parts of an address that pay somebody or follow the reader. */
const TRACKING_PARAMETERS = /^(utm_\w+|fbclid|gclid|msclkid|mc_eid|aff(iliate)?(_?id)?|tag|ref|irclickid)$/i;

/** How an instruction may begin. A step that begins otherwise is usually a description, and nobody knows what to do. */
const VERBS = new Set(
  `accept add agree allow answer appeal apply approve ask attach authenticate block book call cancel cash change check choose
  clear click clone close collect come complete confirm connect contact continue convert copy create deactivate decide
  delete demote deregister describe disable disconnect do dont double-check download drain edit email empty end enter erase expect
  explain export fill filter find finish follow forward generate get give go grant hand have hide hold ignore include
  install invite keep leave let limit link list listen lock log look mail make mark message move mute name note notify open opt pass
  pause pay pick play point post press promote protect prove provide pull put quit raise read recover redeem refuse reinstall release
  remember remove rename repeat replace reply report request reset resolve restrict return review revoke right-click save say scroll search
  select sell send set settle share show sign skip spend start state stay stop submit swipe switch take talk tap tell
  tick toggle track transfer translate try turn type uncheck unfollow uninstall unpublish unsend unlink unsubscribe untick update upgrade upload
  use verify visit wait watch withdraw write`.split(/\s+/),
);

const RULES: readonly Rule[] = [
  {
    name: "doubled-name",
    severity: "error",
    find(entry, { all }) {
      return namesOf(entry).flatMap(({ name, path }, index, own) => {
        const key = normalizeName(name);
        if (own.findIndex((other) => normalizeName(other.name) === key) < index) {
          return [{ path, reason: `"${name}" stands twice in this entry; keep one` }];
        }
        const claimants = all
          .filter((other) => other.entry.id !== entry.id)
          .filter((other) => namesOf(other.entry).some((theirs) => normalizeName(theirs.name) === key));
        return claimants.map((other) => ({
          path,
          reason: `"${name}" is also a name of ${other.entry.name} (${other.file}); one of them has to give it up`,
        }));
      });
    },
  },
  {
    name: "doubled-domain",
    severity: "error",
    find(entry, { all }) {
      return entry.domains.flatMap((domain, index) =>
        all
          .filter((other) => other.entry.id !== entry.id && other.entry.domains.includes(domain))
          .map((other) => ({
            path: ["domains", index],
            reason: `${domain} is also a domain of ${other.entry.name} (${other.file}); one of them has to give it up`,
          })),
      );
    },
  },
  {
    name: "unknown-everyday-word",
    severity: "error",
    find(entry) {
      const names = new Set(namesOf(entry).map(({ name }) => normalizeName(name)));
      return entry.everydayWords.flatMap((word, index) =>
        names.has(normalizeName(word))
          ? []
          : [
              {
                path: ["everydayWords", index],
                reason: `"${word}" is none of this service's names; add it to aliases`,
              },
            ],
      );
    },
  },
  {
    name: "step-without-verb",
    severity: "error",
    find(entry) {
      const steps = stepsOf(entry).map(({ step, path }) => ({ text: step.do, path: [...path, "do"] }));
      const before = entry.before.map((claim, index) => ({ text: claim.text, path: ["before", index] }));
      return [...steps, ...before].flatMap(({ text, path }) => {
        const word = firstWord(text);
        return VERBS.has(word)
          ? []
          : [{ path, reason: `begins with "${word}"; begin with what to do, such as Open, Tap or Choose` }];
      });
    },
  },
  {
    name: "hidden-link",
    severity: "error",
    find(entry) {
      return linksOf(entry).flatMap(({ url, path }) => {
        const { hostname, searchParams } = new URL(url);
        if (REDIRECTORS.includes(hostname.replace(/^www\./, ""))) {
          return [{ path, reason: `${hostname} forwards to somewhere else; give the address it leads to` }];
        }
        const tracking = [...searchParams.keys()].filter((key) => TRACKING_PARAMETERS.test(key));
        return tracking.length === 0
          ? []
          : [{ path, reason: `"${tracking.join('", "')}" in the address follows or pays somebody; leave it out` }];
      });
    },
  },
  {
    name: "link-in-text",
    severity: "error",
    find(entry) {
      return textsOf(entry).flatMap(({ text, path }) =>
        /https?:\/\/|\]\(/.test(text)
          ? [{ path, reason: "has a link in its text; links have fields of their own" }]
          : [],
      );
    },
  },
  {
    name: "odd-bold",
    severity: "error",
    find(entry) {
      return textsOf(entry).flatMap(({ text, path }) =>
        text.split("**").length % 2 === 0 ? [{ path, reason: "opens or closes bold (**) without the other" }] : [],
      );
    },
  },
  {
    name: "quiet-critical-warning",
    severity: "error",
    find(entry) {
      return entry.warnings.flatMap((warning, index) =>
        warning.severity === "critical" && !warning.text.includes("**")
          ? [{ path: ["warnings", index, "text"], reason: "is critical but has no **bold** part; mark what matters" }]
          : [],
      );
    },
  },
  {
    name: "said-twice",
    severity: "warning",
    find(entry) {
      return findSaidTwice(entry).map(({ path, other }) => ({
        path,
        reason: `says what ${formatPath(other)} says, and one card shows both; keep the better one, with the details of both`,
      }));
    },
  },
  {
    name: "no-official-source",
    severity: "error",
    find(entry) {
      const isOfficial = entry.sources.some((source) => source.official);
      if (!isOfficial && entry.noOfficialSource === undefined) {
        return [{ path: ["sources"], reason: "has no official source; add one, or say why in noOfficialSource" }];
      }
      if (isOfficial && entry.noOfficialSource !== undefined) {
        return [
          { path: ["noOfficialSource"], reason: "gives a reason although there is an official source; remove it" },
        ];
      }
      return [];
    },
  },
  {
    name: "out-of-date",
    severity: "warning",
    find(entry, { today }) {
      const age = ageInMonths(entry.checked, today);
      if (age < 0) return [{ path: ["checked"], reason: `${entry.checked} is in the future` }];
      return age > MAX_AGE_MONTHS
        ? [{ path: ["checked"], reason: `was checked ${age} months ago; read its sources again` }]
        : [];
    },
  },
];

/** Names that people cannot tell apart in writing count as one: case and outer blanks do not matter. */
function normalizeName(name: string): string {
  return name.normalize("NFKC").toLowerCase().trim();
}

function firstWord(text: string): string {
  const plain = text.replace(/[*“”"'(]/g, "").toLowerCase();
  // "If you are asked, confirm": the instruction stands behind the condition.
  const isConditional = /^(if|when|once|on|in|at|under|for|from|after|before|until|to|while|as)\b/.test(plain);
  const comma = plain.search(/[,:]/);
  const start = isConditional && comma >= 0 ? plain.slice(comma + 1) : plain;
  return /[\p{L}-]+/u.exec(start.replace(/^\s*(then|first|now|also|please)\s+/, ""))?.[0] ?? "";
}

/** The claims of an entry that its service has not confirmed, for the coverage table. */
export function countUnconfirmed(entry: Entry): number {
  let count = 0;
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ((value as Partial<Claim>).unconfirmed === true) count += 1;
    for (const item of Object.values(value)) visit(item);
  };
  visit(entry);
  return count;
}
