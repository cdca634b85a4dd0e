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
import { DIFFICULTIES, type Entry } from "./schema.ts";

/** As entries are graded; `limited`: only for people whose law gives them the right, on proof. */
export const LISTING_DIFFICULTIES = [...DIFFICULTIES, "limited"] as const;

const oneLine = (max: number) => z.string().min(1).max(max);

const listingSchema = z.strictObject({
  /** The shortest of its domains: a dot in it, so that no entry can have the same id. */
  id: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  name: oneLine(60),
  domains: z.array(z.string()).min(1),
  difficulty: z.enum(LISTING_DIFFICULTIES),
  /** Where one deletes the account, or reads how; by language, `en` always. */
  urls: z.record(z.string(), z.url({ protocol: /^https$/ }).max(512)),
  /** What to know, by language; none where nothing is noted. */
  notes: z.record(z.string(), oneLine(1000)),
  email: z.strictObject({ address: z.email(), subject: oneLine(150), body: z.string().min(1).max(800) }).optional(),
});

/** The zod schema of the imported file. */
export const directorySchema = z.strictObject({
  source: z.strictObject({ name: z.string(), url: z.string(), licence: z.string() }),
  listings: z.array(listingSchema),
});

export type Listing = z.infer<typeof listingSchema>;
export type ListingDifficulty = Listing["difficulty"];
export type DirectoryFile = z.infer<typeof directorySchema>;

/** The directory as the bot uses it. */
export interface Directory {
  readonly source: DirectoryFile["source"];
  /** Listings by id, without those that a full entry covers. */
  readonly listings: ReadonlyMap<string, Listing>;
}

/**
 * Reads the imported directory, if there is one.
 *
 * @param file - path of the file that the import wrote
 * @param entries - full entries, which win over listings of the same service
 * @returns the directory, or undefined where nothing was imported
 * @throws {Error} where the file is there but is not what the import writes
 */
export function loadDirectory(file: string, entries: Iterable<Entry>): Directory | undefined {
  let source: string;
  try {
    source = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const parsed = directorySchema.safeParse(parseJson(source, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(
      `${file}: ${issue?.path.join(".")}: ${issue?.message}. Import it again: npm run knowledge:import -- FILE`,
    );
  }
  const isCovered = coveredBy(entries);
  const kept = parsed.data.listings.filter((listing) => !isCovered(listing));
  return { source: parsed.data.source, listings: new Map(kept.map((listing) => [listing.id, listing])) };
}

function parseJson(source: string, file: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new Error(`${file}: is no valid JSON. Import it again: npm run knowledge:import -- FILE`);
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
