/** nlp.js, intents by a small neural network: https://github.com/axa-group/nlp.js */
import { containerBootstrap, LangEn, Nlp } from "@nlpjs/basic";
import {
  type Hit,
  type Label,
  type LabelledPhrase,
  type Material,
  NO_TOPIC,
  type Peer,
  type Search,
} from "./contender.ts";

const LANGUAGE = "en";
/** The name of the entity that services are. */
const ENTITY = "service";

/** How other requests are trained: all as one intent, each kind as one, or not at all. */
type Others = "one intent" | "an intent each" | "left out";

interface Settings {
  readonly others: Others;
  /** How alike a name must be to be found, 0 to 1; none where the service is not to be found. */
  readonly names?: number;
  /** Whether everything else is as it comes, with what is not needed here and takes time: its sentiment analysis. */
  readonly asItComes?: boolean;
}

/** How alike a name must be if nothing is said. */
const AS_ALIKE_AS_IT_COMES = 0.8;

function intentOf({ label, kind }: LabelledPhrase, others: Others): string {
  return label === NO_TOPIC && others === "an intent each" ? `${NO_TOPIC} ${kind}` : label;
}

function train({ others, names, asItComes = false }: Settings): (material: Material) => Promise<Search> {
  return async ({ phrases, services }) => {
    const container = containerBootstrap();
    container.use(LangEn);
    const nlp = new Nlp({
      container,
      languages: [LANGUAGE],
      autoLoad: false,
      autoSave: false,
      ...(asItComes ? {} : { calculateSentiment: false, nlu: { useNoneFeature: true } }),
      forceNER: names !== undefined,
      ner: { threshold: names },
    });
    const labels = new Map<string, Label>();
    for (const phrase of phrases) {
      if (phrase.label === NO_TOPIC && others === "left out") continue;
      const intent = intentOf(phrase, others);
      labels.set(intent, phrase.label);
      // The documented way to mark an entity; without one, the text is read already.
      const text = names === undefined ? phrase.text : phrase.written.replaceAll("[service]", `@${ENTITY}`);
      nlp.addDocument(LANGUAGE, text, intent);
    }
    if (names !== undefined) {
      for (const service of services) nlp.addNerRuleOptionTexts(LANGUAGE, ENTITY, service.id, service.names);
    }
    await nlp.train();
    return async (text) => {
      const { classifications, entities } = await nlp.process(LANGUAGE, text);
      const hits = classifications.flatMap(({ intent, score }): Hit[] =>
        score > 0 ? [{ label: labels.get(intent) ?? NO_TOPIC, score }] : [],
      );
      return names === undefined ? { hits } : { hits, service: entities[0]?.option ?? null };
    };
  };
}

/** The topic only, as the others do. */
export const nlpjs: Peer = {
  settings: {
    "other requests as one intent": train({ others: "one intent" }),
    "each kind of other request as an intent": train({ others: "an intent each" }),
    "topics only": train({ others: "left out" }),
  },
};

/** The whole work: services as named entities, which nlp.js finds itself. */
export const nlpjsEntities: Peer = {
  findsServices: true,
  settings: {
    "names as alike as it comes (0.8), each kind of other request as an intent": train({
      others: "an intent each",
      names: AS_ALIKE_AS_IT_COMES,
    }),
    "exact names, each kind of other request as an intent": train({ others: "an intent each", names: 1 }),
    "names as alike as it comes (0.8), topics only": train({
      others: "left out",
      names: AS_ALIKE_AS_IT_COMES,
    }),
    "exact names, topics only": train({ others: "left out", names: 1 }),
  },
};

/** The whole work again, set up word for word as its documentation shows. */
export const nlpjsAsDocumented: Peer = {
  findsServices: true,
  settings: {
    "each kind of other request as an intent": train({
      others: "an intent each",
      names: AS_ALIKE_AS_IT_COMES,
      asItComes: true,
    }),
    "topics only": train({ others: "left out", names: AS_ALIKE_AS_IT_COMES, asItComes: true }),
  },
};
