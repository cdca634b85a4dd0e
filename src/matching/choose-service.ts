/** Chooses the service that a text is about, of those it names. */
import type { WordsFile } from "../knowledge/topics-schema.ts";
import type { Item, Mention } from "./items.ts";
import type { Lexicon } from "./lexicon.ts";
import { createFitsAround, parsePattern } from "./patterns.ts";
import type { Symbols } from "./symbols.ts";

/** The service that the text is about: the one that its wish is aimed at, else the one named first. */
export type ChooseService = (items: readonly Item[], mentions: readonly Mention[]) => Mention | undefined;

/** Services named after this many names are not weighed: such a text is a list. */
const MOST_MENTIONS = 12;

/** Makes the function that chooses, from the patterns that `words.yaml` lists for it. */
export function createChooseService(names: WordsFile["names"], lexicon: Lexicon, symbols: Symbols): ChooseService {
  const read = (sources: readonly string[]) =>
    createFitsAround(sources.map((source) => parsePattern(source, lexicon, symbols)));
  const isTarget = read(names.target);
  const isBystander = read(names.bystander);
  const isAside = read(names.aside);
  return (items, all) => {
    const [first] = all;
    if (first === undefined) return undefined;
    const mentions = all.length > MOST_MENTIONS ? all.slice(0, MOST_MENTIONS) : all;
    if (mentions.every(({ at }) => isAside(items, at))) return undefined;
    if (mentions.every(({ id }) => id === first.id)) return first;
    let best = first;
    let most = Number.NEGATIVE_INFINITY;
    for (const mention of mentions) {
      let score = mention.sure ? 1 : 0;
      if (mention.weak) score -= 2;
      if (isTarget(items, mention.at)) score += 1;
      if (isBystander(items, mention.at)) score -= 2;
      if (score > most) {
        best = mention;
        most = score;
      }
    }
    return best;
  };
}
