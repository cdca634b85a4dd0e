/**
 * `npm run register`: tells Discord which commands there are. The bot does so itself when it starts.
 */
import { commandBodies } from "../commands/index.ts";
import { ConfigError, readConfig } from "./config.ts";
import { registerByToken } from "./transports/register.ts";
import { StartError } from "./transports/start-error.ts";

async function register(): Promise<void> {
  const { token, apiUrl } = readConfig();
  if (token === undefined) throw new ConfigError("DISCORD_TOKEN is not set. Commands are registered with it.");
  const outcome = await registerByToken(token, apiUrl, commandBodies);
  const names = commandBodies.map(({ name }) => name).join(", ");
  process.stdout.write(`${outcome === "updated" ? "Registered" : "Unchanged"}: ${names}\n`);
}

try {
  await register();
} catch (error) {
  const isForOperator = error instanceof ConfigError || error instanceof StartError;
  process.stderr.write(`${isForOperator ? error.message : `The commands could not be registered: ${String(error)}`}\n`);
  process.exitCode = 1;
}
