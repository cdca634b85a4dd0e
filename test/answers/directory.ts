import type { Directory, Listing } from "../../src/knowledge/directory.ts";
import { importDirectory } from "../../src/knowledge/import-directory.ts";

/** A record as JustDeleteMe's file has it. */
export function record(name: string, domain: string, change: object = {}): object {
  return { name, url: `https://${domain}/delete`, difficulty: "easy", domains: [domain], ...change };
}

/** The directory that the import makes of these records. */
export function directoryOf(records: readonly object[]): Directory {
  const { directory } = importDirectory(records);
  const listings = directory.listings.map((listing): [string, Listing] => [listing.id, listing]);
  return { source: directory.source, listings: new Map(listings) };
}

/** A small directory, with everything in it that strangers might put there. */
export const directory: Directory = directoryOf([
  record("Quiet", "quiet.example", { difficulty: "limited" }),
  record("Many Tongues", "many-tongues.example", {
    url_de: "https://many-tongues.example/loeschen",
    notes: "Press delete.",
    notes_de: "Auf Löschen drücken.",
    notes_fr: "Appuyez sur supprimer.",
  }),
  record("By Mail", "by-mail.example", {
    difficulty: "hard",
    email: "privacy@by-mail.example",
    email_subject: "Delete my account",
    email_body: "Please delete my account.\n\nMy username is XXXXXX.",
  }),
  record("**@everyone** ](https://evil.example) <@123>", "hostile.example", {
    difficulty: "impossible",
    notes: `# [free](javascript:alert(1)) ||<@&456>|| @here https://evil.example/<@789> ${"`_*~".repeat(2500)}`,
    email: "privacy@hostile.example",
    email_subject: `\`\`\`${"s".repeat(300)}`,
    email_body: `> b\n\`\`\`\n# out of it <@123>\n${"`".repeat(400)}`,
  }),
]);
