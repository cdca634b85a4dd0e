/**
 * Turns JustDeleteMe's `sites.json` into the directory file.
 * Format: https://github.com/jdm-contrib/jdm/blob/master/CONTRIBUTING.md
 */
import { z } from "zod";
import { type DirectoryFile, LISTING_DIFFICULTIES, type Listing } from "./directory.ts";

const SOURCE = { name: "JustDeleteMe", url: "https://justdeleteme.xyz", licence: "MIT" };

const MAX_NAME = 60;
const MAX_NOTE = 1000;
const MAX_URL = 512;
const MAX_ID = 32;
// A link button's address is limited by Discord, and nobody sends longer mails from a chat.
const MAX_SUBJECT = 150;
const MAX_BODY = 800;

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
  return { directory: { source: SOURCE, listings }, skipped };
}

function toListing(record: Record, taken: ReadonlySet<string>): Listing | SkippedRecord {
  const name = cleanLine(record.name);
  if (name === "" || [...name].length > MAX_NAME) return { name, reason: `name: longer than ${MAX_NAME} characters` };
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
    notes: textsByLanguage(record, "notes", (note) => shorten(cleanLine(note), MAX_NOTE) || undefined),
    ...(z.email().safeParse(record.email).success ? { email: toEmail(record, record.email ?? "") } : {}),
  };
}

/** The shortest free domain. Services that share theirs with another one are told apart by name. */
function chooseId(name: string, domains: readonly string[], taken: ReadonlySet<string>): string | undefined {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, MAX_ID - 4);
  const candidates = [...domains.filter((domain) => domain.length <= MAX_ID).sort((a, b) => a.length - b.length)];
  return [...candidates, ...(slug === "" ? [] : [`${slug}.jdm`])].find((id) => !taken.has(id));
}

function toEmail(record: Record, address: string): Listing["email"] {
  const subject = cleanLine(record.email_subject ?? "").slice(0, MAX_SUBJECT);
  const body = cleanText(record.email_body ?? "").slice(0, MAX_BODY);
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
  return url.length <= MAX_URL && URL.canParse(url) && new URL(url).protocol === "https:" && !/[\s<>]/.test(url);
}

/** One line without control characters, invisible ones among them. */
function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").trim();
}

function cleanText(text: string): string {
  // Cc and Cf: control and format characters, such as those that turn the direction of writing round.
  return text.normalize("NFC").replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === "\n" ? "\n" : " "));
}

/** Cuts after the last whole sentence that fits, else after the last whole word. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const start = text.slice(0, max - 2);
  const end = Math.max(start.lastIndexOf(". "), start.lastIndexOf("。"));
  return `${end > max / 2 ? start.slice(0, end + 1) : start.slice(0, Math.max(start.lastIndexOf(" "), max / 2))} …`;
}

function nameOf(raw: unknown, index: number): string {
  const name = typeof raw === "object" && raw !== null ? (raw as { name?: unknown }).name : undefined;
  return typeof name === "string" && name !== "" ? name.slice(0, MAX_NAME) : `record ${index + 1}`;
}
