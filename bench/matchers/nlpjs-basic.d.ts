/** The little of nlp.js that is used here: it comes without types. */
declare module "@nlpjs/basic" {
  interface Nlp {
    addDocument(locale: string, utterance: string, intent: string): void;
    train(): Promise<unknown>;
    process(
      locale: string,
      utterance: string,
    ): Promise<{ readonly classifications: readonly { readonly intent: string; readonly score: number }[] }>;
  }

  export function dockStart(options: {
    readonly use: readonly string[];
    readonly settings: { readonly nlp: Readonly<Record<string, unknown>> };
  }): Promise<{ get(name: "nlp"): Nlp }>;
}
