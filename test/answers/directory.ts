import { type Directory, directorySchema } from "../../src/knowledge/directory.ts";

const file = directorySchema.parse({
  source: { name: "JustDeleteMe", url: "https://justdeleteme.xyz", licence: "MIT" },
  listings: [
    {
      id: "quiet.example",
      name: "Quiet",
      domains: ["quiet.example"],
      difficulty: "limited",
      urls: { en: "https://quiet.example/delete" },
      notes: {},
    },
    {
      id: "many-tongues.example",
      name: "Many Tongues",
      domains: ["many-tongues.example"],
      difficulty: "easy",
      urls: { en: "https://many-tongues.example/delete", de: "https://many-tongues.example/loeschen" },
      notes: { en: "Press delete.", de: "Auf Löschen drücken.", fr: "Appuyez sur supprimer." },
    },
    {
      id: "hostile.example",
      name: "**@everyone** ](https://evil.example) <@123>",
      domains: ["hostile.example"],
      difficulty: "impossible",
      urls: { en: "https://hostile.example" },
      notes: { en: `# [free](javascript:alert(1)) ||<@&456>|| ${"`_*~".repeat(230)}` },
      email: { address: "privacy@hostile.example", subject: "s".repeat(150), body: "> b\n".repeat(200) },
    },
  ],
});

/** A directory as the import could have written it, with everything that strangers might put into one. */
export const directory: Directory = {
  source: file.source,
  listings: new Map(file.listings.map((listing) => [listing.id, listing])),
};
