import type { Directory } from "../knowledge/directory.ts";
import type { NamedService } from "./service-index.ts";

/** The services of the directory as the matcher knows services: little known, so that entries come first. */
export function listedServices({ listings }: Directory): NamedService[] {
  return Array.from(listings.values(), ({ id, name, domains }) => ({
    id,
    name,
    aliases: [],
    domains,
    everydayWords: [],
    popularity: 1,
    weak: true,
  }));
}
