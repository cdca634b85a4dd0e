/**
 * Starts what the settings ask for: the bot on Discord, or without a token and a public key a local Discord with the
 * same bot in it.
 */
import { ConfigError, readConfig } from "./config.ts";
import { createContext } from "./context.ts";
import { KnowledgeError } from "./knowledge/load.ts";
import { createLogger } from "./log.ts";
import { stopOnSignal } from "./start/stop-on-signal.ts";
import { StartError } from "./transports/start-error.ts";

async function start(): Promise<void> {
  const isRunning = stopOnSignal();
  const config = readConfig();
  const context = createContext(config);
  const isLocal = config.token === undefined && config.publicKey === undefined;
  const log = createLogger(config.logLevel ?? (isLocal ? "warn" : "info"));
  const startMode = await (isLocal ? loadLocalMode() : loadDiscordMode());
  const running = await startMode(config, context, log);
  isRunning(running);
  if (running.ended === undefined) return;

  // Discord does not want this bot back as it is: only the operator can help.
  const reason = await running.ended;
  log.fatal(reason);
  await running.close();
  process.exit(1);
}

// Only the mode that is used is in memory.
const loadLocalMode = async () => (await import("./start/locally.ts")).startLocally;
const loadDiscordMode = async () => (await import("./start/on-discord.ts")).startOnDiscord;

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
