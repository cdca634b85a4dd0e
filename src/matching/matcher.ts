/**
 * The matcher: a question in a person's words becomes a service and a topic, or a question back, or nothing.
 */
import type { Knowledge } from "../knowledge/load.ts";
import { TOPICS, type Topic } from "../knowledge/schema.ts";
import { type Analysis, createAnalyser } from "./analysis.ts";
import { createClassifier, type Verdict } from "./classifier.ts";
import { fits, type Pattern, parsePattern } from "./features.ts";
import type { Item, Mention } from "./items.ts";
import { type Learning, learnAnew, recall } from "./learning.ts";
import type { Candidate, Evidence, ExplainingMatcher, Match, Question } from "./match.ts";
import { favoursOf, type OwnWords, ownWordsOf } from "./own-words.ts";
import { createServiceIndex, type NamedService, namedServiceOf } from "./service-index.ts";
import { createListener } from "./stories.ts";
import { createSuggester } from "./suggest.ts";

export interface MatcherOptions {
  /** The service meant where a question names none. */
  readonly defaultService?: string | undefined;
  /** Services of which only names are known. */
  readonly directory?: Iterable<NamedService>;
  /** What was learnt from the same knowledge before; without it, the matcher learns. */
  readonly learning?: Learning | undefined;
}

/** What is needed for each outcome; all are probabilities. */
const THRESHOLDS = {
  /** In scope at least so surely to answer. */
  answer: 0.6,
  /** … with so likely a topic; chosen by what it got right and wrong on questions of all kinds. */
  confidence: 0.5,
  /** … and where the service is only meant by default. */
  answerByDefault: 0.85,
  /** … and to ask back. */
  clarify: 0.3,
  /** In scope at least so surely to ask which service is meant. */
  askService: 0.42,
  /** … where the text speaks of no account either: one word of a topic is not enough. */
  askOfNothing: 0.5,
  /** In scope at least so surely to take an everyday word for a name. */
  nameBoldly: 0.5,
  /** In talk about an answer, the best topic's share must be this much above the second's. */
  margin: 0.2,
} as const;

const MAX_CANDIDATES = 3;
/** Topics less likely than this are not offered. */
const OFFERED = 0.08;

/**
 * Builds a matcher; learning takes some hundred milliseconds at most.
 *
 * @param knowledge - entries, topics and words
 * @param options - the default service, and further services
 */
export function createMatcher(knowledge: Knowledge, options: MatcherOptions = {}): ExplainingMatcher {
  const { words } = knowledge.language;
  const { symbols, lexicon, extract, marks, learnt } = options.learning
    ? recall(knowledge, options.learning)
    : learnAnew(knowledge);
  const classifier = createClassifier(learnt, extract, marks, createListener(words.asking, symbols));
  const services = [...knowledge.entries.values()].map(namedServiceOf);
  const known = [...services, ...(options.directory ?? [])];

  const index = createServiceIndex(known, lexicon, words.names);
  const analyser = createAnalyser(lexicon, symbols, index, words.names, { repairs: true });
  const own = new Map<string, OwnWords>();
  for (const [id, entry] of knowledge.entries) own.set(id, ownWordsOf(entry));
  const targets = words.names.target.map((source) => parsePattern(source, symbols));
  const bystanders = words.names.bystander.map((source) => parsePattern(source, symbols));
  const asides = words.names.aside.map((source) => parsePattern(source, symbols));
  const account = symbols.concept("account");
  const suggester = createSuggester(index);

  const readAs = (question: Question, analysis: Analysis) => {
    const named = chooseService(analysis);
    const context = question.service;
    const service = named?.id ?? context ?? options.defaultService;
    const favours = service === undefined ? undefined : favoursOf(own.get(service) ?? NO_WORDS, analysis.words.tokens);
    const verdict = classifier.judge(analysis.items, context !== undefined, favours);
    return { analysis, named, service, verdict };
  };

  const read = (question: Question) => {
    const words = analyser.split(question.text);
    const plain = readAs(question, analyser.read(words));
    if (plain.named !== undefined || question.service !== undefined || !plain.analysis.doubtful) return plain;
    // Who asks about leaving names the service: an everyday word that can be a name is one, if the rest makes sense then.
    const bold = readAs(question, analyser.read(words, true));
    return bold.named !== undefined && bold.verdict.inScope >= THRESHOLDS.nameBoldly ? bold : plain;
  };

  /** The service that the text is about: the one that its wish is aimed at, else the one named first. */
  function chooseService({ items, mentions: all }: Analysis): Mention | undefined {
    const mentions = all.slice(0, MOST_MENTIONS);
    const [first] = mentions;
    if (first !== undefined && mentions.every(({ at }) => asides.some((pattern) => fitsAround(pattern, items, at)))) {
      return undefined;
    }
    if (first === undefined || mentions.every(({ id }) => id === first.id)) return first;
    let best = first;
    let most = Number.NEGATIVE_INFINITY;
    for (const mention of mentions) {
      let score = mention.sure ? 1 : 0;
      if (mention.weak) score -= 2;
      for (const [patterns, worth] of [
        [targets, 1],
        [bystanders, -2],
      ] as const) {
        if (patterns.some((pattern) => fitsAround(pattern, items, mention.at))) score += worth;
      }
      if (score > most) {
        best = mention;
        most = score;
      }
    }
    return best;
  }

  const speaksOfAccount = ({ items }: Analysis): boolean => items.some(({ sense }) => sense.concepts.includes(account));

  const match = (question: Question): Match => {
    const { analysis, named, service, verdict } = read(question);
    const ranked = rank(verdict);
    const [best, second] = ranked;
    if (best === undefined) return nothing(service ?? null, 0);
    const isBareName = named !== undefined && analysis.items.every((item) => item.service !== undefined);
    if (isBareName) {
      const candidates = ranked
        .slice(0, MAX_CANDIDATES)
        .map(({ topic }) => ({ service: named.id, topic, confidence: 0.3 }));
      return { kind: "clarify", service: named.id, topic: null, confidence: 0.3, candidates };
    }
    const { inScope } = verdict;
    const confidence = inScope * best.share;
    const likely = candidatesOf(ranked, service ?? null, inScope);
    if (service === undefined) {
      const enough = speaksOfAccount(analysis) ? THRESHOLDS.askService : THRESHOLDS.askOfNothing;
      if (inScope < enough) return nothing(null, 1 - inScope);
      return { kind: "clarify", service: null, topic: best.topic, confidence, candidates: likely };
    }
    // Where neither the text nor the talk names a service, more must speak for one being meant.
    const meant = named !== undefined || question.service !== undefined;
    const asked = meant ? THRESHOLDS.clarify : THRESHOLDS.askService;
    if (inScope < asked) return nothing(service, 1 - inScope);
    // Who replies to an answer goes on about it: asking back whether that is meant would only be in the way.
    const goesOn = named === undefined && question.service !== undefined;
    const enough = goesOn ? asked : meant ? THRESHOLDS.answer : THRESHOLDS.answerByDefault;
    const clear = goesOn ? best.share - (second?.share ?? 0) >= THRESHOLDS.margin : confidence >= THRESHOLDS.confidence;
    const sure = named === undefined || named.sure;
    if (inScope >= enough && clear && sure) {
      return { kind: "answer", service, topic: best.topic, confidence, candidates: likely };
    }
    return { kind: "clarify", service, topic: best.topic, confidence, candidates: likely };
  };

  const explain = (question: Question): Evidence => {
    const { analysis, verdict } = read(question);
    const likeliest = verdict.topics.indexOf(Math.max(...verdict.topics));
    return {
      tokens: analysis.items.map((item) => ({
        text: item.text,
        meanings:
          item.service === undefined ? item.sense.concepts.map((concept) => symbols.nameOf(concept)) : [item.service],
      })),
      corrections: analysis.words.corrections,
      services: analysis.mentions.map(({ id, sure }) => ({ id, sure })),
      inScope: verdict.inScope,
      topics: rank(verdict)
        .slice(0, 5)
        .map(({ topic, share }) => ({ topic, share })),
      features: verdict.features
        .map((feature) => ({
          name: symbols.nameOf(feature),
          weight: classifier.gate.weightOf(feature, 0),
          topic: classifier.topic.weightOf(feature, likeliest),
        }))
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
      thresholds: THRESHOLDS,
    };
  };

  return { match, explain, ...suggester };
}

/** Services named after this many names are not weighed: such a text is a list. */
const MOST_MENTIONS = 12;
const NO_WORDS: OwnWords = new Map();
/** How far before a name a pattern about it may start. */
const PATTERN_REACH = 8;

/** Whether a pattern fits with its [service] at an item. */
function fitsAround(pattern: Pattern, items: readonly Item[], at: number): boolean {
  for (let from = at; from >= 0 && from >= at - PATTERN_REACH; from -= 1) {
    if (fits(pattern, items, from, at)) return true;
    if (items[from]?.starts === true) return false;
  }
  return false;
}

function nothing(service: string | null, confidence: number): Match {
  return { kind: "none", service, topic: null, confidence, candidates: [] };
}

function rank({ topics }: Verdict): { topic: Topic; share: number }[] {
  return TOPICS.map((topic, index) => ({ topic, share: topics[index] ?? 0 })).sort((a, b) => b.share - a.share);
}

function candidatesOf(
  ranked: readonly { topic: Topic; share: number }[],
  service: string | null,
  inScope: number,
): Candidate[] {
  return ranked
    .slice(0, MAX_CANDIDATES)
    .filter(({ share }, index) => index === 0 || share >= OFFERED)
    .map(({ topic, share }) => ({ service, topic, confidence: inScope * share }));
}
