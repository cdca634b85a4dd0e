import { ageInMonths, MAX_AGE_MONTHS } from "../knowledge/age.ts";
import type { Directory } from "../knowledge/directory.ts";
import type { Entry, Source } from "../knowledge/schema.ts";
import type { Footing } from "./answer.ts";
import type { AnswerContext } from "./context.ts";
import { monthInWords } from "./dates.ts";

/** What answers from an entry stand on. */
export function footingOf(context: AnswerContext, entry: Entry): Footing {
  return {
    basis: `Checked ${monthInWords(entry.checked)}`,
    remarks: remarksOn(entry, context.now()),
    sources: chooseSources(entry.sources),
    reportUrl: context.reportUrl && reportAddress(context.reportUrl, entry),
  };
}

/** Where listings come from, and under which license. */
export function sourceFooting({ name, url, licence }: Directory["source"]): Footing {
  return {
    basis: `From ${name} (${licence}), not checked by Wayout`,
    remarks: [],
    sources: [{ title: new URL(url).hostname, url }],
  };
}

function remarksOn(entry: Entry, now: Date): string[] {
  const remarks: string[] = [];
  if (ageInMonths(entry.checked, now) > MAX_AGE_MONTHS) {
    remarks.push("This was checked more than a year ago. Menus may have changed since.");
  }
  if (entry.confidence === "low") {
    remarks.push(`We found little to go on here. Compare with ${entry.name}'s own pages before you confirm.`);
  }
  return remarks;
}

/** The service's own page first, then one whose text was surely read, its own again if there is one. */
function chooseSources(sources: readonly Source[]): Footing["sources"] {
  const ranked = sources.toSorted((a, b) => Number(b.official) - Number(a.official));
  const first = ranked[0];
  const second = ranked.find((source) => source !== first && source.read !== false);
  return [first, second].flatMap((source) => (source ? [{ title: source.title, url: source.url }] : []));
}

/** The operator's address for corrections, filled in with the entry; nothing about the person. */
function reportAddress(address: string, entry: Entry): string {
  const url = new URL(address);
  const isMail = url.protocol === "mailto:";
  const fields = {
    [isMail ? "subject" : "title"]: `${entry.name}: out of date?`,
    body: `Entry: ${entry.id}, checked ${entry.checked}.\nWhat is different now, and where can it be seen?\n`,
  };
  // Not url.searchParams: mail programs show its "+" for a space.
  const query = Object.entries(fields).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  url.search = [url.search.slice(1), ...query].filter(Boolean).join("&");
  return url.href;
}
