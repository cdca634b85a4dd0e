/**
 * The matcher: a question in a person's words becomes a service and a topic, or a question back, or nothing.
 */
import type { Knowledge } from "../knowledge/load.ts";
import { TOPICS, type Topic } from "../knowledge/schema.ts";
import { type Analysis, createAnalyser } from "./analysis.ts";
import { createChooseService } from "./choose-service.ts";
import { createClassifier, type Verdict } from "./classifier.ts";
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
/** Topics that an explanation lists. */
const MAX_EXPLAINED = 5;
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
  for (const [id, entry] of knowledge.entries) own.set(id, ownWordsOf(entry, lexicon));
  const chooseService = createChooseService(words.names, lexicon, symbols);
  const account = symbols.concept("account");
  const suggester = createSuggester(index);

  const readAs = (question: Question, analysis: Analysis) => {
    const named = chooseService(analysis.items, analysis.mentions);
    const context = question.service;
    const service = named?.id ?? context ?? options.defaultService;
    const favours = service === undefined ? undefined : favoursOf(own.get(service) ?? NO_WORDS, analysis.words.terms);
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

  const speaksOfAccount = ({ items }: Analysis): boolean => items.some(({ sense }) => sense.concepts.includes(account));

  const match = (question: Question): Match => {
    const { analysis, named, service, verdict } = read(question);
    const ranked = rank(verdict, MAX_CANDIDATES);
    const [best, second] = ranked;
    if (best === undefined) return nothing(service ?? null, 0);
    const isBareName = named !== undefined && analysis.items.every((item) => item.service !== undefined);
    if (isBareName) {
      const candidates = ranked.map(({ topic }) => ({ service: named.id, topic, confidence: 0.3 }));
      return { kind: "clarify", service: named.id, topic: null, confidence: 0.3, candidates };
    }
    const { inScope } = verdict;
    const confidence = inScope * best.share;
    if (service === undefined) {
      const enough = speaksOfAccount(analysis) ? THRESHOLDS.askService : THRESHOLDS.askOfNothing;
      if (inScope < enough) return nothing(null, 1 - inScope);
      const candidates = candidatesOf(ranked, null, inScope);
      return { kind: "clarify", service: null, topic: best.topic, confidence, candidates };
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
    const reading = { service, topic: best.topic, confidence, candidates: candidatesOf(ranked, service, inScope) };
    return inScope >= enough && clear && sure ? { kind: "answer", ...reading } : { kind: "clarify", ...reading };
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
      topics: rank(verdict, MAX_EXPLAINED),
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

const NO_WORDS: OwnWords = new Map();

function nothing(service: string | null, confidence: number): Match {
  return { kind: "none", service, topic: null, confidence, candidates: [] };
}

interface RankedTopic {
  readonly topic: Topic;
  readonly share: number;
}

/** The likeliest topics, so many. */
function rank({ topics }: Verdict, count: number): RankedTopic[] {
  const ranked: RankedTopic[] = [];
  let bound = Number.POSITIVE_INFINITY;
  let last = -1;
  while (ranked.length < count) {
    // Of equally likely ones the first.
    let best = -1;
    for (let index = 0; index < topics.length; index += 1) {
      const share = topics[index] ?? 0;
      const isLeft = share < bound || (share === bound && index > last);
      if (isLeft && (best < 0 || share > (topics[best] ?? 0))) best = index;
    }
    const topic = TOPICS[best];
    if (topic === undefined) break;
    bound = topics[best] ?? 0;
    last = best;
    ranked.push({ topic, share: bound });
  }
  return ranked;
}

function candidatesOf(ranked: readonly RankedTopic[], service: string | null, inScope: number): Candidate[] {
  return ranked
    .filter(({ share }, index) => index === 0 || share >= OFFERED)
    .map(({ topic, share }) => ({ service, topic, confidence: inScope * share }));
}
