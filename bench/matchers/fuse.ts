/** Fuse.js, a fuzzy search over texts: https://www.fusejs.io */
import Fuse, { type IFuseOptions } from "fuse.js";
import { type Hit, type LabelledPhrase, type Material, MOST_HITS, type Peer, type Search } from "./contender.ts";

function searchWith(options: IFuseOptions<LabelledPhrase>): (material: Material) => Search {
  return ({ phrases }) => {
    const fuse = new Fuse(phrases, { keys: ["text"], includeScore: true, ...options });
    return (text) => ({
      hits: fuse
        .search(text, { limit: MOST_HITS })
        // Fuse.js scores 0 for a perfect fit and 1 for none.
        .map(({ item, score = 1 }): Hit => ({ label: item.label, score: 1 - score })),
    });
  };
}

/** Every phrase as a text to be found. */
export const fuse: Peer = {
  settings: {
    "as it comes": searchWith({}),
    ignoreLocation: searchWith({ ignoreLocation: true }),
  },
};

/** The same, each word of a question searched by itself. */
export const fuseTokens: Peer = {
  settings: {
    "as it comes": searchWith({ useTokenSearch: true }),
    "threshold 0.3": searchWith({ useTokenSearch: true, threshold: 0.3 }),
    ignoreLocation: searchWith({ useTokenSearch: true, ignoreLocation: true }),
  },
};
