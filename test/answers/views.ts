import { BROWSE_ALL, FACT_TOPICS, OPTION_TOPICS, type View } from "../../src/answers/view.ts";
import { LISTING_DIFFICULTIES } from "../../src/knowledge/directory.ts";
import { CATEGORIES, type Entry, TOPICS } from "../../src/knowledge/schema.ts";

/** Everything that can be shown of an entry. */
export function viewsOf({ id: service, methods }: Entry): View[] {
  return [
    { kind: "steps", service },
    ...methods.flatMap(({ id: method, steps }): View[] => [
      { kind: "steps", service, method },
      ...[...steps, "the end"].map((_, at) => ({ kind: "walk", service, method, step: at + 1 }) as const),
      ...steps.map((_, at) => ({ kind: "stuck", service, method, step: at + 1 }) as const),
    ]),
    { kind: "before", service },
    ...OPTION_TOPICS.map((topic) => ({ kind: "options", service, topic }) as const),
    ...FACT_TOPICS.map((topic) => ({ kind: "fact", service, topic }) as const),
    { kind: "topics", service },
    { kind: "help", service },
  ];
}

/** Everything that can be shown without a service. */
export const generalViews: readonly View[] = [
  { kind: "help" },
  ...[null, ...TOPICS].map((topic) => ({ kind: "services", topic }) as const),
  ...[1, 2, 999].map((page) => ({ ...BROWSE_ALL, page })),
  ...[...CATEGORIES, "listed" as const].map((category) => ({ ...BROWSE_ALL, category })),
  ...LISTING_DIFFICULTIES.map((difficulty) => ({ ...BROWSE_ALL, difficulty })),
  { ...BROWSE_ALL, search: "tik" },
  { ...BROWSE_ALL, search: "qqq" },
];
