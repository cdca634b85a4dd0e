/**
 * Two decisions about a text, each learnt from the phrases in `knowledge/`: whether it is about leaving or hiding an
 * account at all, and which topic it is on.
 */
import { TOPICS, type Topic } from "../knowledge/schema.ts";
import type { LanguageKnowledge, TopicsFile } from "../knowledge/topics-schema.ts";
import type { Analyser } from "./analysis.ts";
import { type Extract, sortAscending } from "./features.ts";
import type { Item } from "./items.ts";
import { type Example, type Model, modelOf, toProbabilities, train } from "./model.ts";
import { writeOut } from "./phrases.ts";
import { type Part, sentencesOf, weigh } from "./stories.ts";

/** What the models say of a text. */
export interface Verdict {
  /** How likely the text is on any topic, 0 to 1. */
  readonly inScope: number;
  /** How likely it is each topic, if it is on any, in the order of TOPICS; the sum is 1. */
  readonly topics: readonly number[];
  /** The features that the verdict rests on, in ascending order. */
  readonly features: readonly number[];
}

interface Classifier {
  /**
   * @param followUp - whether the talk is about a service already
   * @param favours - what else speaks for topics, added to their scores; and its sum to the score of being in scope
   */
  judge(items: readonly Item[], followUp: boolean, favours?: ReadonlyMap<Topic, number>): Verdict;
  readonly gate: Model;
  readonly topic: Model;
}

/** How much less each of n phrases from one line counts: n to the power of minus this. */
const SPREAD = 0.5;

/** What it adds to a score that a phrase is known with just the features of a text. */
const FAMILIAR = 1.5;

/** The share of phrases with the same features that must be of one topic for that. */
const NEARLY_ALL = 0.8;

/** How much more a request to stay out of counts than one on a topic: a wrong answer is worse than none. */
const CAUTION = 1.3;

/** The score of a text in which nothing means anything. */
const UNLIKELY = -3;

/** A name that stands for any service in phrases; nobody types it. */
export const PLACEHOLDER = "someservice";

/** What was learnt, as plain data. */
export interface Learnt {
  /** How many features were met. */
  readonly features: number;
  /** The models' weights. */
  readonly gate: Float64Array;
  readonly topic: Float64Array;
  /** For sets of features, see `keyOf`, the topic of nearly all phrases that have just these; -1 for other requests. */
  readonly usualTopics: ReadonlyMap<string, number>;
}

/** Features that tell something of the whole text. */
export interface Marks {
  /** The talk is about a service already. */
  readonly followUp: number;
  /** A service is named. It tells whether a text is in scope, but not which topic it is on. */
  readonly named: number;
}

/**
 * @param learnt - from the same features in the same order
 * @param asks - whether a sentence asks or wishes
 */
export function createClassifier(
  learnt: Learnt,
  extract: Extract,
  marks: Marks,
  asks: (sentence: readonly Item[]) => boolean,
): Classifier {
  const { features: known, usualTopics } = learnt;
  const gate = modelOf(learnt.gate, { classes: 2, features: known });
  const topic = modelOf(learnt.topic, { classes: TOPICS.length, features: known });
  const { named } = marks;
  const partsOf = (items: readonly Item[], followUp: boolean): readonly Part[] => {
    const sentences = sentencesOf(items);
    if (sentences === undefined) return [{ features: featuresOf(items, followUp, extract, marks), weight: 1 }];
    return weigh(
      sentences.map((sentence) => {
        const features = featuresOf(sentence, followUp, extract, marks);
        const inScope = gate.score(features);
        toProbabilities(inScope);
        return { features, asks: asks(sentence), inScope: inScope[0] ?? 0 };
      }),
    );
  };
  return {
    gate,
    topic,
    judge(items, followUp, favours) {
      const parts = partsOf(items, followUp);
      const features = featuresOfAll(parts);
      const inScope = scoreOf(gate, parts);
      const topics = scoreOf(topic, parts, named);
      if (favours !== undefined) {
        for (const [index, name] of TOPICS.entries()) {
          const favour = favours.get(name) ?? 0;
          topics[index] = (topics[index] ?? 0) + favour;
          inScope[0] = (inScope[0] ?? 0) + favour / 2;
        }
      }
      const usual = usualTopics.get(keyOf(features));
      if (usual !== undefined) {
        inScope[0] = (inScope[0] ?? 0) + (usual < 0 ? -FAMILIAR : FAMILIAR);
        if (usual >= 0) topics[usual] = (topics[usual] ?? 0) + FAMILIAR;
      }
      // Nothing in it means anything here.
      if (features.every((feature) => feature === named || feature === marks.followUp)) inScope.fill(UNLIKELY);
      toProbabilities(inScope);
      toProbabilities(topics);
      return { inScope: inScope[0] ?? 0, topics, features };
    },
  };
}

/**
 * Learns from the phrases of topics and of other requests.
 *
 * @param analyser - reads phrases
 * @param extract - collects features, taking up new ones
 * @param size - how many features there are after all phrases were read
 */
export function learn(
  topics: TopicsFile,
  { otherRequests }: LanguageKnowledge,
  analyser: Analyser,
  extract: Extract,
  marks: Marks,
  size: () => number,
): Learnt {
  const { followUp, named } = marks;
  const read = (phrase: string): number[] => {
    const { items } = analyser.read(analyser.split(phrase.replaceAll("[service]", PLACEHOLDER)));
    return featuresOf(items, false, extract, marks);
  };
  const gateExamples: Example[] = [];
  const topicExamples: Example[] = [];
  const seen = new Set<string>();
  // For each set of features how many phrases of which topic have just these; topic -1 for other requests.
  const familiar = new Map<string, Map<number, number>>();
  const take = (features: number[], topic: number, weight: number): void => {
    const known = keyOf(features);
    const counts = familiar.get(known) ?? new Map<number, number>();
    counts.set(topic, (counts.get(topic) ?? 0) + 1);
    familiar.set(known, counts);
    const key = `${topic}:${known}`;
    if (seen.has(key)) return;
    seen.add(key);
    gateExamples.push({ features, label: topic < 0 ? 0 : 1, weight });
    if (topic >= 0)
      topicExamples.push({ features: features.filter((feature) => feature !== named), label: topic, weight });
  };
  // A line with many choices is still one way of asking.
  const each = (lines: readonly string[], use: (features: number[], weight: number) => void): void => {
    for (const line of lines) {
      const written = writeOut(line);
      for (const phrase of written) use(read(phrase), written.length ** -SPREAD);
    }
  };
  for (const [label, topic] of TOPICS.entries()) {
    const { phrases, followUps } = topics.topics[topic];
    each(phrases, (features, weight) => take(features, label, weight));
    // A follow-up is a question only where the talk is about a service; without, it may mean anything.
    each(followUps, (features, weight) => {
      take(sortAscending([...features, followUp]), label, weight * 2);
      take(features, -1, weight / 2);
    });
  }
  for (const { phrases, alsoInTalk } of Object.values(otherRequests.kinds)) {
    each(phrases, (features, weight) => {
      take(features, -1, weight * CAUTION);
      if (alsoInTalk) take(sortAscending([...features, followUp]), -1, weight / 2);
    });
  }
  const features = size();
  const gate = train(gateExamples, { classes: 2, features, epochs: 9, decay: 0.01 });
  const topic = train(topicExamples, { classes: TOPICS.length, features, epochs: 6, decay: 0.01 });
  const usualTopics = new Map<string, number>();
  for (const [key, counts] of familiar) {
    const usual = usualTopic(counts);
    if (usual !== undefined) usualTopics.set(key, usual);
  }
  return { features, gate: gate.weights, topic: topic.weights, usualTopics };
}

function featuresOf(items: readonly Item[], followUp: boolean, extract: Extract, marks: Marks): number[] {
  const features = extract(items);
  if (items.some(({ service }) => service !== undefined)) features.push(marks.named);
  if (followUp) features.push(marks.followUp);
  return sortAscending(features);
}

function featuresOfAll(parts: readonly Part[]): readonly number[] {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first.features;
  return sortAscending(parts.flatMap(({ features }) => features));
}

/**
 * A model's scores for parts of a text that count differently.
 *
 * @param except - a feature that does not count
 */
function scoreOf(model: Model, parts: readonly Part[], except?: number): number[] {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return model.score(first.features, except);
  const bias = model.score([]);
  const sum = bias.slice();
  for (const { features, weight } of parts) {
    if (features.length === 0) continue;
    const scores = model.score(features, except);
    for (let column = 0; column < sum.length; column += 1) {
      sum[column] = (sum[column] ?? 0) + weight * ((scores[column] ?? 0) - (bias[column] ?? 0));
    }
  }
  return sum;
}

/** The topic of nearly all of some phrases, or none. */
function usualTopic(counts: ReadonlyMap<number, number>): number | undefined {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  for (const [topic, count] of counts) if (count >= sum * NEARLY_ALL) return topic;
  return undefined;
}

/** A text with a letter for each feature, which is made more quickly than one with the numbers. */
function keyOf(features: readonly number[]): string {
  return String.fromCharCode(...features);
}
