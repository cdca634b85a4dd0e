/** The local Discord with the real bot in it, in this process: for the browser tests and the README's picture. */
import { loadKnowledge } from "../src/knowledge/load.ts";
import { type LocalDiscord, startLocalDiscord } from "../src/local/server.ts";
import { createLogger } from "../src/log.ts";
import { createMatcher } from "../src/matching/matcher.ts";
import { startGateway } from "../src/transports/gateway.ts";
import { createResponder } from "../src/transports/responder.ts";

export interface LocalBot {
  readonly local: LocalDiscord;
  readonly close: () => Promise<void>;
}

/**
 * Starts both, as `npm start` does without a token.
 *
 * @param port - of the page; 0 takes any that is free
 * @returns once the bot is online and its commands are known
 * @throws the faults of the knowledge and of the gateway, as at start-up
 */
export async function startLocalBot(port = 0): Promise<LocalBot> {
  const knowledge = loadKnowledge();
  const log = createLogger("error");
  const context = { knowledge, matcher: createMatcher(knowledge), now: () => new Date() };
  const responder = createResponder(context, (error) => log.error({ error }, "An answer could not be made."));
  const local = await startLocalDiscord({ port });
  const gateway = await startGateway({ token: local.token, apiUrl: local.apiUrl, responder, log });
  return {
    local,
    async close() {
      await gateway.close();
      await local.close();
    },
  };
}
