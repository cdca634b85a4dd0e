import type { FactTopic, OptionTopic } from "./view.ts";
import { accountOf } from "./wording.ts";

interface Named {
  readonly name: string;
}

/** What is not known of a service, as it stands after "We don't know". */
export const UNKNOWN: Readonly<Record<FactTopic | OptionTopic, (service: Named) => string>> = {
  requirements: ({ name }) => `what ${name} asks for`,
  timing: ({ name }) => `how long ${name} takes`,
  undo: (service) => `whether a deleted ${accountOf(service)} can come back`,
  consequences: ({ name }) => `what is lost and what stays on ${name}`,
  refunds: ({ name }) => `what happens to money and subscriptions on ${name}`,
  export: ({ name }) => `how to get a copy of your ${name} data`,
  "no-access": (service) => `how to delete a ${accountOf(service)} without getting into it`,
  "on-behalf": (service) => `how to delete someone else's ${accountOf(service)}`,
  alternatives: ({ name }) => `privacy options for ${name}`,
  deactivate: ({ name }) => `whether you can take a break from ${name}`,
  private: ({ name }) => `how to limit who sees your posts on ${name}`,
  discoverability: ({ name }) => `how to be harder to find on ${name}`,
  "contact-limits": ({ name }) => `how to limit who can contact you on ${name}`,
  other: ({ name }) => `other privacy options for ${name}`,
};
