/**
 * The shape of what Wayout knows: one entry a service, and the list of topics.
 *
 * Entries are YAML files that people write by hand, so every limit here has a message that says what is allowed, and
 * every field a description that editors show (`knowledge/schema.json` is made from this file).
 */
import { z } from "zod";

/** What a question can be about, in the order in which a menu shows them. */
export const TOPICS = [
  "delete",
  "requirements",
  "timing",
  "undo",
  "consequences",
  "refunds",
  "export",
  "no-access",
  "on-behalf",
  "alternatives",
  "deactivate",
  "private",
  "discoverability",
  "contact-limits",
] as const;

/** How hard it is to get out, as JustDeleteMe grades it, from a few clicks to not at all. */
export const DIFFICULTIES = ["easy", "medium", "hard", "impossible"] as const;

/** How much a warning weighs: `critical` cannot be undone or costs money, `caution` surprises people, `info` helps. */
export const SEVERITIES = ["critical", "caution", "info"] as const;

/** What kind of service it is, for browsing. */
export const CATEGORIES = [
  "social",
  "messaging",
  "dating",
  "gaming",
  "streaming",
  "shopping",
  "finance",
  "ai",
  "productivity",
  "travel",
  "other",
] as const;

const text = (max: number) => z.string().trim().min(1).max(max);

/** Lower-case words joined by hyphens; it goes into custom_ids, which Discord cuts off at 100 characters. */
const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "only a-z, 0-9 and single hyphens, such as google-account")
  .max(32);

const httpsUrl = z
  .url({ protocol: /^https$/, hostname: z.regexes.domain, error: "a full address that starts with https://" })
  // Discord refuses link buttons above 512 characters.
  .max(512);

const topic = z.enum(TOPICS);

/** A statement: plain text, or text that its service has not confirmed and that replies mark as such. */
const claim = z
  .union([text(400), z.strictObject({ text: text(400), unconfirmed: z.literal(true) })], {
    error: "a text of 1 to 400 characters, or {text, unconfirmed: true}",
  })
  .transform((value) => (typeof value === "string" ? { text: value, unconfirmed: false } : value))
  .describe("One statement in plain words; {text, unconfirmed: true} where no good source was found.");

const unconfirmed = z
  .literal(true)
  .optional()
  .describe("true where no source shows this; replies then say that the service has not confirmed it.");

const step = z
  .strictObject({
    do: text(240).describe("What to do, starting with a verb: Open your profile and the menu."),
    path: z
      .array(text(60))
      .min(1)
      .max(8)
      .optional()
      .describe("The menu labels to follow, as they stand on the screen: [Profile, ☰, Settings and privacy]."),
    note: text(300).optional().describe("What to know at this step, such as what the other choice would do."),
  })
  .describe("One thing to do.");

const method = z
  .strictObject({
    id: slug.describe("Unique in this entry: app, web, letter."),
    title: text(80).describe("Where it happens, as a menu shows it: In the app (today's version)."),
    needs: z.array(claim).max(6).default([]).describe("What one must have at hand: a password, a phone, a code."),
    url: httpsUrl.optional().describe("The page where this method starts."),
    steps: z.array(step).min(1).max(12),
    unconfirmed,
  })
  .describe("One way to delete the account.");

const warning = z
  .strictObject({
    topic: topic.describe("What it is about: undo, consequences, refunds, …"),
    severity: z.enum(SEVERITIES),
    text: text(320).describe("One or two short sentences; **bold** the part that must not be missed."),
    unconfirmed,
  })
  .describe("What deleting costs or leaves behind.");

const alternative = z
  .strictObject({
    topic: z.enum(["private", "discoverability", "contact-limits", "other"]),
    title: text(80),
    steps: z.array(step).min(1).max(8),
    effect: claim.describe("What it does, and what it does not do."),
    unconfirmed,
  })
  .describe("Something to do instead of deleting.");

const situation = z
  .strictObject({
    case: text(80).describe("Whom or what it is about: You forgot your password; A child under 13."),
    text: text(400).describe("What to do then."),
    url: httpsUrl.optional(),
    unconfirmed,
  })
  .describe("A special case and what to do then.");

/** The zod schema of one file in `knowledge/services/`. */
export const entrySchema = z
  .strictObject({
    name: text(40).describe("As the service writes itself."),
    aliases: z
      .array(text(40))
      .max(40)
      .default([])
      .describe("Other names people use, old names too; matched without regard to case."),
    everydayWords: z
      .array(text(40))
      .default([])
      .describe("Those of its names that are common words (line, x, signal): they count only with more evidence."),
    domains: z.array(z.string().regex(z.regexes.domain)).min(1).describe("Web addresses without www: tiktok.com."),
    category: z.enum(CATEGORIES),
    popularity: z
      .int()
      .min(1)
      .max(5)
      .describe("How many people have an account, 5 = nearly everyone: it ranks completion and settles ties."),
    website: httpsUrl,
    difficulty: z.enum(DIFFICULTIES),
    deletionUrl: httpsUrl.optional().describe("The page that deletes, or the nearest one to it."),
    deletionLabel: text(34).optional().describe("The label of the button that opens it: Open TikTok settings."),
    helpUrl: httpsUrl.optional().describe("The service's own help page on deleting, or its help centre."),
    gracePeriodDays: z
      .int()
      .min(0)
      .nullable()
      .optional()
      .describe(
        "Days until deletion is final; 0 = final at once; null = the service promises none; left out = unknown.",
      ),
    methods: z.array(method).min(1).max(10),
    timing: z.array(claim).max(6).default([]).describe("How long it takes and when it is final."),
    undo: z.array(claim).max(6).default([]).describe("Whether and how one can get the account back."),
    refunds: z.array(claim).max(6).default([]).describe("Money: subscriptions, balances, what is paid back."),
    warnings: z.array(warning).min(1).max(16),
    leftovers: z.array(claim).max(10).default([]).describe("What stays behind after deletion."),
    before: z
      .array(claim)
      .max(12)
      .default([])
      .describe("What to do first besides what the warnings say, starting with a verb."),
    export: z
      .strictObject({
        steps: z.array(step).min(1).max(8),
        ready: claim.optional().describe("How long it takes, and how long the file can be fetched."),
        url: httpsUrl.optional(),
        unconfirmed,
      })
      .optional()
      .describe("How to save one's data first."),
    deactivate: z
      .discriminatedUnion("available", [
        z.strictObject({
          available: z.literal(true),
          steps: z.array(step).min(1).max(8),
          effect: claim.describe("What it hides, for how long, and how to come back."),
          url: httpsUrl.optional(),
          unconfirmed,
        }),
        z.strictObject({ available: z.literal(false), instead: claim.describe("What comes nearest to a break.") }),
      ])
      .optional()
      .describe("A break: switching the account off without deleting it."),
    alternatives: z.array(alternative).max(16).default([]),
    noAccess: z.array(situation).max(8).default([]).describe("Wants out but cannot get in: password or phone lost, …"),
    onBehalf: z.array(situation).max(8).default([]).describe("A child's, a dead person's, an impostor's account."),
    privacyContact: z
      .strictObject({ url: httpsUrl.optional(), email: z.email().optional() })
      .refine((contact) => contact.url ?? contact.email, "needs a url or an email")
      .optional()
      .describe("Where to ask for deletion under privacy law."),
    words: z
      .partialRecord(topic, z.array(text(40)).min(1))
      .default({})
      .describe("This service's own words for a topic: {consequences: [snap streak], refunds: [v-bucks]}."),
    confidence: z.enum(["high", "medium", "low"]).describe("How sure we are of the whole entry."),
    checked: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month as YYYY-MM")
      .describe("When the sources were last read, as YYYY-MM."),
    sources: z
      .array(
        z.strictObject({
          title: text(120),
          url: httpsUrl,
          official: z.boolean().describe("true where it is the service's own page."),
          read: z.literal(false).optional().describe("false where the address is known but its text was not seen."),
        }),
      )
      .min(1)
      .max(30),
    noOfficialSource: text(300).optional().describe("Why none of the sources is the service's own page."),
  })
  .describe("All that Wayout knows of one service.");

/** The zod schema of `knowledge/topics.yaml`. The matcher's part of it is checked where the matcher reads it. */
export type Topic = (typeof TOPICS)[number];
export type Severity = (typeof SEVERITIES)[number];
export type Category = (typeof CATEGORIES)[number];
/** An entry as its file has it, without the id. */
export type EntryFile = z.infer<typeof entrySchema>;
/** All that is known of one service; `id` is its file's name without `.yaml`. */
export type Entry = EntryFile & { readonly id: string };
export type Claim = EntryFile["timing"][number];
export type Step = EntryFile["methods"][number]["steps"][number];
export type Method = EntryFile["methods"][number];
export type Warning = EntryFile["warnings"][number];
export type Situation = EntryFile["noAccess"][number];
export type Source = EntryFile["sources"][number];
