/** The little of nlp.js that is used here: it comes without types. */
declare module "@nlpjs/basic" {
  interface Container {
    use(plugin: unknown): void;
  }

  export function containerBootstrap(): Container;

  export const LangEn: unknown;

  export class Nlp {
    constructor(settings: { readonly container: Container; readonly [setting: string]: unknown });
    addDocument(locale: string, utterance: string, intent: string): void;
    addNerRuleOptionTexts(locale: string, entity: string, option: string, texts: readonly string[]): void;
    train(): Promise<unknown>;
    process(
      locale: string,
      utterance: string,
    ): Promise<{
      readonly classifications: readonly { readonly intent: string; readonly score: number }[];
      readonly entities: readonly { readonly option?: string }[];
    }>;
  }
}
