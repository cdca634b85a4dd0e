/**
 * What the matcher learns from the phrases in `knowledge/`, as plain data: learnt at start, or once and for all by
 * `npm run build`.
 */
import type { Knowledge } from "../knowledge/load.ts";
import { createAnalyser } from "./analysis.ts";
import { type Learnt, learn, type Marks, PLACEHOLDER } from "./classifier.ts";
import { createExtractor, type Extract } from "./features.ts";
import { createLexicon, type Lexicon } from "./lexicon.ts";
import { createServiceIndex, type NamedService } from "./service-index.ts";
import { createSymbols, type Symbols } from "./symbols.ts";

export interface Learning {
  /** Names of features, in the order of their numbers. */
  readonly symbols: readonly string[];
  /** What was done to what, and the number of this as a feature. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly learnt: Learnt;
}

/** What reading a text and judging it rests on. */
export interface Readiness {
  readonly symbols: Symbols;
  readonly lexicon: Lexicon;
  readonly extract: Extract;
  readonly marks: Marks;
  readonly learnt: Learnt;
}

const placeholder: NamedService = {
  id: PLACEHOLDER,
  name: PLACEHOLDER,
  aliases: [],
  domains: [],
  everydayWords: [],
  popularity: 1,
};

/** Learns, and is ready to read. */
export function learnAnew({ topics, language }: Knowledge): Readiness & { readonly learning: Learning } {
  const { words } = language;
  const symbols = createSymbols();
  const lexicon = createLexicon(language, symbols);
  const { extract, pairs, finishLearning } = createExtractor(lexicon, words.rules, symbols);
  const index = createServiceIndex([placeholder], lexicon, words.names);
  const analyser = createAnalyser(lexicon, symbols, index, words.names, { repairs: false });
  const marks = marksOf(symbols);
  const learnt = learn(topics, language, analyser, extract, marks, () => symbols.size);
  finishLearning();
  return {
    symbols,
    lexicon,
    extract,
    marks,
    learnt,
    learning: { symbols: [...symbols.names], pairs: [...pairs], learnt },
  };
}

/** Is ready to read with what was learnt from the same knowledge. */
export function recall({ language }: Knowledge, { symbols: names, pairs, learnt }: Learning): Readiness {
  const symbols = createSymbols(names);
  const lexicon = createLexicon(language, symbols);
  const { extract } = createExtractor(lexicon, language.words.rules, symbols, pairs);
  return { symbols, lexicon, extract, marks: marksOf(symbols), learnt };
}

function marksOf(symbols: Symbols): Marks {
  return { followUp: symbols.of("follow-up"), named: symbols.of("a service is named") };
}
