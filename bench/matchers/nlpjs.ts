/** nlp.js, intents by a small neural network: https://github.com/axa-group/nlp.js */
import { dockStart } from "@nlpjs/basic";
import { type Hit, type Label, type LabelledPhrase, NO_TOPIC, type Peer, type Search } from "./contender.ts";

const LANGUAGE = "en";

interface Settings {
  /** Whether other requests are trained as an intent of their own; without, only nlp.js's own "None" stays out. */
  readonly others: boolean;
  /** nlp.js's own way to tell that too few words of a text are known. */
  readonly useNoneFeature: boolean;
}

function train({ others, useNoneFeature }: Settings): (phrases: readonly LabelledPhrase[]) => Promise<Search> {
  return async (phrases) => {
    const dock = await dockStart({
      use: ["Basic"],
      settings: {
        nlp: {
          languages: [LANGUAGE],
          autoLoad: false,
          autoSave: false,
          // Neither is asked for here, and both take time.
          calculateSentiment: false,
          forceNER: false,
          nlu: { useNoneFeature },
        },
      },
    });
    const nlp = dock.get("nlp");
    const labels = new Map<string, Label>([["None", NO_TOPIC]]);
    for (const { text, label } of phrases) {
      if (label === NO_TOPIC && !others) continue;
      labels.set(label, label);
      nlp.addDocument(LANGUAGE, text, label);
    }
    await nlp.train();
    return async (text) => {
      const { classifications } = await nlp.process(LANGUAGE, text);
      return classifications.flatMap(({ intent, score }): Hit[] => {
        const label = labels.get(intent);
        return label === undefined || score <= 0 ? [] : [{ label, score }];
      });
    };
  };
}

export const nlpjs: Peer = {
  settings: {
    "other requests as an intent": train({ others: true, useNoneFeature: false }),
    "other requests as an intent, useNoneFeature": train({ others: true, useNoneFeature: true }),
    "topics only, useNoneFeature": train({ others: false, useNoneFeature: true }),
  },
};
