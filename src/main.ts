/**
 * Starts what the settings ask for: with a token the bot on Discord, without one a local Discord with the same bot in it.
 */
import { ConfigError, readConfig } from "./config.ts";
import { KnowledgeError, loadKnowledge } from "./knowledge/load.ts";
import { createLogger } from "./log.ts";
import { createMatcher } from "./matching/matcher.ts";
import { type Gateway, StartError, startGateway } from "./transports/gateway.ts";
import { createResponder } from "./transports/responder.ts";

async function start(): Promise<void> {
  const config = readConfig();
  const knowledge = loadKnowledge();
  const { defaultService } = config;
  if (defaultService !== undefined && !knowledge.entries.has(defaultService)) {
    throw new ConfigError(
      `DEFAULT_SERVICE: found "${defaultService}", allowed: the id of an entry, such as tiktok. Set it in .env.`,
    );
  }
  const matcher = createMatcher(knowledge, defaultService === undefined ? {} : { defaultService });
  const log = createLogger(config.logLevel ?? (config.token === undefined ? "warn" : "info"));
  const responder = createResponder(
    { knowledge, matcher, now: () => new Date(), reportUrl: config.reportUrl, defaultService },
    (error) => log.error({ error }, "An answer could not be made."),
  );

  if (config.token !== undefined) {
    const gateway = await startGateway({ token: config.token, apiUrl: config.apiUrl, responder, log });
    log.info({ services: knowledge.entries.size }, "Wayout is on Discord.");
    stopOnSignal(gateway);
    // Discord does not want this bot back as it is: only the operator can help.
    const reason = await gateway.ended;
    log.fatal(reason);
    await gateway.close();
    process.exit(1);
  }

  // Loaded only here: with a token, nothing of the local Discord is in memory.
  const { startLocalDiscord } = await import("./local/server.ts");
  const local = await startLocalDiscord({ port: config.port }).catch((error: unknown) => {
    throw describeListenFailure(error, config.port);
  });
  const gateway = await startGateway({ token: local.token, apiUrl: local.apiUrl, responder, log });
  process.stdout.write(
    `\n  Wayout is ready: ${local.url}\n\n` +
      "  This is a Discord of your own, on this machine only. Nothing is stored.\n" +
      "  To put Wayout on Discord itself, set DISCORD_TOKEN in .env (README.md tells how).\n" +
      "  Ctrl+C stops it.\n\n",
  );
  stopOnSignal(gateway, local);
}

/** SIGINT and SIGTERM end the process in good order; a second one ends it at once. */
function stopOnSignal(...running: readonly Pick<Gateway, "close">[]): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    for (const { close } of running) await close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
}

function describeListenFailure(error: unknown, port: number): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return new StartError(`Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`);
    case "EACCES":
      return new StartError(`Port ${port} needs special rights. Choose one above 1023: PORT=3000 npm start`);
    default:
      return error;
  }
}

/** What the operator can mend gets one line each; anything else is our fault and shows where. */
function reportStartFailure(error: unknown): void {
  const isForOperator = error instanceof ConfigError || error instanceof KnowledgeError || error instanceof StartError;
  process.stderr.write(`${isForOperator ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
}

try {
  await start();
} catch (error) {
  reportStartFailure(error);
  process.exit(1);
}
