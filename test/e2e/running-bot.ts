/** The real bot in a local Discord, over real sockets, as `npm start` runs it. For end-to-end tests. */
import type { APIMessage } from "discord-api-types/v10";
import type { AnswerContext } from "../../src/answers/context.ts";
import type { Directory } from "../../src/knowledge/directory.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from "../../src/local/server.ts";
import { createLogger } from "../../src/log.ts";
import { listedServices } from "../../src/matching/listed-services.ts";
import { createMatcher } from "../../src/matching/matcher.ts";
import { type Gateway, startGateway } from "../../src/transports/gateway.ts";
import { createResponder } from "../../src/transports/responder.ts";

export interface RunningBot {
  readonly discord: LocalDiscord;
  readonly gateway: Gateway;
  readonly channelId: string;
  /** Uses a slash command in the channel and returns what the bot answered. */
  use(command: string, options?: Readonly<Record<string, string | boolean>>): Promise<APIMessage>;
  /** Presses the button with this label, or picks the menu's option with it, on a message. */
  press(message: APIMessage, label: string): Promise<APIMessage>;
  /** Writes a message, and returns the bot's next message in that channel. */
  say(content: string, to?: { readonly channelId?: string; readonly replyTo?: string }): Promise<APIMessage>;
  stop(): Promise<void>;
}

const knowledge = loadKnowledge();
const matcher = createMatcher(knowledge);
const now = (): Date => new Date();

/** @param directory - services beside those with an entry */
export async function startBot(options: Partial<LocalDiscordOptions> = {}, directory?: Directory): Promise<RunningBot> {
  const discord = await startLocalDiscord({ port: 0, rateLimits: false, ...options });
  const log = createLogger("silent");
  const context: AnswerContext = directory
    ? { knowledge, directory, matcher: createMatcher(knowledge, { directory: listedServices(directory) }), now }
    : { knowledge, matcher, now };
  const responder = createResponder(context, (error) => {
    throw error;
  });
  const gateway = await startGateway({ token: discord.token, apiUrl: discord.apiUrl, responder, log });
  const guild = discord.guilds[0];
  if (!guild) throw new Error("the local Discord has no server");
  const { channelId } = guild;

  const use: RunningBot["use"] = async (name, values = {}) => {
    const command = discord.commands().find((one) => one.name === name);
    if (!command) throw new Error(`no command ${name}`);
    const list = Object.entries(values).map(([option, value]) => ({ name: option, value }));
    return answered(await discord.person.useCommand({ channelId, commandId: command.id, options: list }));
  };

  const press: RunningBot["press"] = async (message, label) => {
    const { customId, values } = findControl(message.components, label);
    const place = { channelId: message.channel_id, messageId: message.id };
    return answered(await discord.person.useComponent({ ...place, customId, ...(values ? { values } : {}) }));
  };

  const say: RunningBot["say"] = async (content, to = {}) => {
    const channel = to.channelId ?? channelId;
    const before = discord.messages(channel).length;
    discord.person.say({ channelId: channel, content, replyTo: to.replyTo });
    return await until(() => discord.messages(channel).slice(before + 1)[0]);
  };

  return {
    discord,
    gateway,
    channelId,
    use,
    press,
    say,
    async stop() {
      await gateway.close();
      await discord.close();
    },
  };
}

/** Everything that a message shows, in one string. */
export function textOf(message: APIMessage): string {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach((item) => void visit(item));
    else if (typeof value === "object" && value !== null) {
      if ("content" in value && typeof value.content === "string") texts.push(value.content);
      if ("label" in value && typeof value.label === "string") texts.push(value.label);
      for (const key of ["components", "accessory", "options"]) visit((value as Record<string, unknown>)[key]);
    }
  };
  visit(message.components);
  return texts.join("\n");
}

/** Waits until something is there; a test's own time limit ends the wait. */
export async function until<Value>(find: () => Value | undefined): Promise<Value> {
  for (;;) {
    const value = find();
    if (value !== undefined) return value;
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

function answered(
  outcome: { readonly ok: true; readonly message: APIMessage | null } | { readonly ok: false; readonly reason: string },
): APIMessage {
  if (!outcome.ok) throw new Error(outcome.reason);
  if (!outcome.message) throw new Error("the bot answered without a message");
  return outcome.message;
}

function findControl(value: unknown, label: string): { customId: string; values?: string[] } {
  const found = searchControl(value, label);
  if (!found) throw new Error(`nothing on the card is called "${label}"`);
  return found;
}

function searchControl(value: unknown, label: string): { customId: string; values?: string[] } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value) && "custom_id" in value && typeof value.custom_id === "string") {
    if ("label" in value && value.label === label) return { customId: value.custom_id };
    const options = "options" in value && Array.isArray(value.options) ? value.options : [];
    const option = options.find((one: { label: string }) => one.label === label) as { value: string } | undefined;
    if (option) return { customId: value.custom_id, values: [option.value] };
  }
  for (const item of Object.values(value)) {
    const found = searchControl(item, label);
    if (found) return found;
  }
  return undefined;
}
