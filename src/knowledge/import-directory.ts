/**
 * Turns JustDeleteMe's `sites.json` into the directory file.
 * Format: https://github.com/jdm-contrib/jdm/blob/master/CONTRIBUTING.md
 */
import { z } from "zod";
import { type DirectoryFile, LISTING_DIFFICULTIES, LISTING_LIMITS, type Listing } from "./directory.ts";
import { toLine, toNoteText, withoutControls } from "./note-text.ts";

const SOURCE = { name: "JustDeleteMe", url: "https://justdeleteme.xyz", licence: "MIT" };

const recordSchema = z.looseObject({
  name: z.string().trim().min(1),
  url: z.string(),
  difficulty: z.enum(LISTING_DIFFICULTIES),
  domains: z.array(z.string()),
  notes: z.string().optional(),
  email: z.string().optional(),
  email_subject: z.string().optional(),
  email_body: z.string().optional(),
});

type Record = z.infer<typeof recordSchema>;

/** A record that was left out, and why. */
export interface SkippedRecord {
  readonly name: string;
  readonly reason: string;
}

/**
 * @param data - the parsed `sites.json`: an array of records
 * @returns the directory, and the records that could not be used
 * @throws {TypeError} where the data is no array
 */
export function importDirectory(data: unknown): { directory: DirectoryFile; skipped: SkippedRecord[] } {
  if (!Array.isArray(data)) throw new TypeError("is no list of services");
  const listings: Listing[] = [];
  const skipped: SkippedRecord[] = [];
  const ids = new Set<string>();
  for (const [index, raw] of data.entries()) {
    const parsed = recordSchema.safeParse(raw);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      skipped.push({ name: nameOf(raw, index), reason: `${issue?.path.join(".")}: ${issue?.message}` });
      continue;
    }
    const listing = toListing(parsed.data, ids);
    if ("reason" in listing) {
      skipped.push(listing);
      continue;
    }
    ids.add(listing.id);
    listings.push(listing);
  }
  const byName = new Intl.Collator("en");
  listings.sort((a, b) => byName.compare(a.name, b.name));
  return { directory: { source: SOURCE, listings }, skipped };
}

function toListing(record: Record, taken: ReadonlySet<string>): Listing | SkippedRecord {
  const name = toLine(record.name).replace(/\*{2,}/g, "*");
  if (name === "") return { name: JSON.stringify(record.name), reason: "name: has nothing that can be seen" };
  if (name.length > LISTING_LIMITS.name) return { name, reason: `name: longer than ${LISTING_LIMITS.name} characters` };
  const urls = textsByLanguage(record, "url", (url) => (isUsableUrl(url.trim()) ? url.trim() : undefined));
  if (!Object.hasOwn(urls, "en"))
    return { name, reason: `url: found ${JSON.stringify(record.url)}, allowed: https://…` };
  const domains = [
    ...new Set(
      record.domains.map((domain) =>
        domain
          .trim()
          .toLowerCase()
          .replace(/^www\./, ""),
      ),
    ),
  ].filter((domain) => z.regexes.domain.test(domain));
  if (domains.length === 0) return { name, reason: "domains: none of them is a web address" };
  const id = chooseId(name, domains, taken);
  if (id === undefined) return { name, reason: "name and domains: another service has the same" };
  return {
    id,
    name,
    domains,
    difficulty: record.difficulty,
    urls,
    notes: textsByLanguage(record, "notes", (note) => toNoteText(note, LISTING_LIMITS.note) || undefined),
    ...(z.email().safeParse(record.email).success ? { email: toEmail(record, record.email ?? "") } : {}),
  };
}

/** The shortest free domain. Services that share theirs with another one are told apart by name. */
function chooseId(name: string, domains: readonly string[], taken: ReadonlySet<string>): string | undefined {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LISTING_LIMITS.id - 4);
  const candidates = [
    ...domains.filter((domain) => domain.length <= LISTING_LIMITS.id).sort((a, b) => a.length - b.length),
  ];
  return [...candidates, ...(slug === "" ? [] : [`${slug}.jdm`])].find((id) => !taken.has(id));
}

function toEmail(record: Record, address: string): Listing["email"] {
  const subject = toLine((record.email_subject ?? "").slice(0, LISTING_LIMITS.emailSubject));
  const body = withoutControls((record.email_body ?? "").slice(0, LISTING_LIMITS.emailBody)).trim();
  return {
    address,
    subject: subject || "Please delete my account",
    body: body || "Please delete my account and all data about me. My username is: …",
  };
}

/** `notes` and `notes_pt-BR`: the plain field is in English unless `notes_en` says otherwise. */
function textsByLanguage(
  record: Record,
  field: "url" | "notes",
  convert: (text: string) => string | undefined,
): { [language: string]: string } {
  const texts: { [language: string]: string } = {};
  for (const [key, value] of Object.entries(record)) {
    const language = key === field ? "en" : key.startsWith(`${field}_`) ? key.slice(field.length + 1) : undefined;
    if (language === undefined || !/^[a-z]{2,3}(-[A-Z]{2})?$/.test(language) || typeof value !== "string") continue;
    const text = convert(value);
    // `url_en` overrides `url`, whichever comes first.
    if (text !== undefined && !(key === field && Object.hasOwn(texts, "en"))) texts[language] = text;
  }
  return texts;
}

function isUsableUrl(url: string): boolean {
  return (
    url.length <= LISTING_LIMITS.url && URL.canParse(url) && new URL(url).protocol === "https:" && !/[\s<>]/.test(url)
  );
}

function nameOf(raw: unknown, index: number): string {
  const name = typeof raw === "object" && raw !== null ? (raw as { name?: unknown }).name : undefined;
  return typeof name === "string" && name !== "" ? toLine(name.slice(0, LISTING_LIMITS.name)) : `record ${index + 1}`;
}
