import type { Directory } from "../knowledge/directory.ts";
import type { NamedService } from "./service-index.ts";

/** The services of the directory as the matcher knows services: little known, so that entries come first. */
export function listedServices({ listings }: Directory): NamedService[] {
  return Array.from(listings.values(), ({ id, name, domains }) => ({
    id,
    name,
    aliases: partsOf(name),
    domains,
    everydayWords: [],
    popularity: 1,
    weak: true,
  }));
}

/** "AOL / Instant Messenger" is one account under two names. */
function partsOf(name: string): string[] {
  const parts = name.split("/").map((part) => part.trim());
  return parts.length > 1 ? parts.filter((part) => part !== "") : [];
}
