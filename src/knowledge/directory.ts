/**
 * The directory: services of which only the way out is known (a link, a difficulty, a note), imported from
 * JustDeleteMe. It is no part of this repository: `npm run knowledge:import` writes it to a file of its own, which is
 * loaded where it is there.
 *
 * Its texts come from strangers. They are kept as they are, cut to length, and never hold control characters; what
 * shows them escapes them.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { KnowledgeError } from "./load.ts";
import { isBoldEven } from "./note-text.ts";
import { DIFFICULTIES, type Entry } from "./schema.ts";
import { displayPath } from "./yaml-file.ts";

/** As entries are graded; `limited`: only for people whose law gives them the right, on proof. */
export const LISTING_DIFFICULTIES = [...DIFFICULTIES, "limited"] as const;

/**
 * Characters, at most. An id goes into custom_ids and an address behind a button, whose lengths Discord limits; all
 * texts together must fit a card.
 */
export const LISTING_LIMITS = { id: 32, name: 60, url: 512, note: 1000, emailSubject: 150, emailBody: 800 } as const;

// One line, without what nobody sees.
const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u);

const listingSchema = z.strictObject({
  /** The shortest of its domains: a dot in it, so that no entry can have the same id. */
  id: z
    .string()
    .max(LISTING_LIMITS.id)
    .regex(/^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$/),
  name: line(LISTING_LIMITS.name).refine((name) => !name.includes("**")),
  domains: z.array(z.string().regex(z.regexes.domain)).min(1),
  difficulty: z.enum(LISTING_DIFFICULTIES),
  /** Where one deletes the account, or reads how; by language, `en` always. */
  urls: z.record(z.string(), z.url({ protocol: /^https$/ }).max(LISTING_LIMITS.url)),
  /** What to know, by language; none where nothing is noted. Texts may hold `**bold**`, as entries do. */
  notes: z.record(z.string(), line(LISTING_LIMITS.note).refine(isBoldEven)),
  email: z
    .strictObject({
      address: z.email().max(254),
      subject: line(LISTING_LIMITS.emailSubject),
      body: z
        .string()
        .min(1)
        .max(LISTING_LIMITS.emailBody)
        .regex(/^(\n|[^\p{Cc}\p{Cf}\p{Cs}])+$/u),
    })
    .optional(),
});

/** The zod schema of the imported file. */
export const directorySchema = z.strictObject({
  source: z.strictObject({ name: line(40), url: z.url({ protocol: /^https$/ }).max(100), licence: line(20) }),
  /** By name. */
  listings: z.array(listingSchema),
});

export type Listing = z.infer<typeof listingSchema>;
export type ListingDifficulty = Listing["difficulty"];
export type DirectoryFile = z.infer<typeof directorySchema>;

/** The directory as the bot uses it. */
export interface Directory {
  readonly source: DirectoryFile["source"];
  /** Listings by id, in order of their names, without those that a full entry covers. */
  readonly listings: ReadonlyMap<string, Listing>;
}

/**
 * Reads the imported directory, if there is one.
 *
 * @param file - path of the file that the import wrote
 * @param entries - full entries, which win over listings of the same service
 * @returns the directory, or undefined where nothing was imported
 * @throws {KnowledgeError} where the file is there but is not what the import writes
 */
export function loadDirectory(file: string, entries: Iterable<Entry>): Directory | undefined {
  const path = displayPath(file);
  let source: string;
  try {
    source = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new KnowledgeError([{ file: path, line: 1, path: "", reason: `cannot be read (${code})` }]);
  }
  const data = parseJson(source);
  const parsed = directorySchema.safeParse(data);
  if (!parsed.success) {
    const [issue] = data === undefined ? [] : parsed.error.issues;
    const found = issue?.message ?? "is no JSON";
    const reason = `${found}. Import it again (npm run knowledge:import -- FILE) or remove it.`;
    throw new KnowledgeError([{ file: path, line: 1, path: issue?.path.join(".") ?? "", reason }]);
  }
  const isCovered = coveredBy(entries);
  const kept = parsed.data.listings.filter((listing) => !isCovered(listing));
  return { source: parsed.data.source, listings: new Map(kept.map((listing) => [listing.id, listing])) };
}

/** Undefined where it is no JSON. */
function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

/** A listing is of the same service as an entry if they share the name, an alias or a domain. */
function coveredBy(entries: Iterable<Entry>): (listing: Listing) => boolean {
  const names = new Set<string>();
  const domains = new Set<string>();
  for (const entry of entries) {
    for (const name of [entry.name, ...entry.aliases]) names.add(name.toLowerCase());
    for (const domain of entry.domains) domains.add(domain);
  }
  return (listing) =>
    names.has(listing.name.toLowerCase()) ||
    listing.domains.some((domain) => domains.has(domain.replace(/^www\./, "")));
}

/**
 * The text in the language that fits best: "pt-BR", else "pt", else any "pt-…", else English, else whatever there is.
 *
 * @param texts - by language
 * @param locale - as Discord writes it: "en-US", "pt-BR"
 */
export function chooseLanguage<Text>(
  texts: Readonly<Record<string, Text>>,
  locale: string | undefined,
): Text | undefined {
  const [language = "en"] = (locale ?? "en").split("-");
  const best = [locale, language].find((code) => code !== undefined && Object.hasOwn(texts, code));
  const near = best ?? Object.keys(texts).find((code) => code.startsWith(`${language}-`));
  return texts[near ?? "en"] ?? Object.values(texts)[0];
}
