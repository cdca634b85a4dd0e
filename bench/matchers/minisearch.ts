/** MiniSearch, a full-text search with BM25+ ranking: https://lucaong.github.io/minisearch/ */
import MiniSearch, { type SearchOptions } from "minisearch";
import { type Hit, type Material, MOST_HITS, type Peer, type Search } from "./contender.ts";

interface Settings extends SearchOptions {
  readonly fuzzy: number;
  /** Whether the score is taken per word of the question: BM25 adds up, so that long texts score high. */
  readonly perWord: boolean;
}

function searchWith({ perWord, ...options }: Settings): (material: Material) => Search {
  return ({ phrases }) => {
    const index = new MiniSearch<{ id: number; text: string }>({ fields: ["text"], searchOptions: options });
    index.addAll(phrases.map(({ text }, id) => ({ id, text })));
    return (text) => {
      const words = perWord ? text.split(" ").length : 1;
      const hits = index
        .search(text)
        .slice(0, MOST_HITS)
        .flatMap(({ id, score }): Hit[] => {
          const phrase = phrases[Number(id)];
          return phrase === undefined ? [] : [{ label: phrase.label, score: score / words }];
        });
      return { hits };
    };
  };
}

export const minisearch: Peer = {
  settings: {
    "fuzzy 0.2": searchWith({ fuzzy: 0.2, perWord: false }),
    "fuzzy 0.2, score per word": searchWith({ fuzzy: 0.2, perWord: true }),
    "fuzzy 0.1, score per word": searchWith({ fuzzy: 0.1, perWord: true }),
    "fuzzy 0.2, prefix, score per word": searchWith({ fuzzy: 0.2, prefix: true, perWord: true }),
  },
};
