/** Many people in a local Discord, played by one: they use commands, type, press buttons, choose from menus, and write. */
import { type APIMessage, ApplicationCommandType } from "discord-api-types/v10";
import { PersonError } from "../../src/local/command-options.ts";
import type { LocalDiscord } from "../../src/local/server.ts";
import type { Choices } from "./choices.ts";

const SERVICES = ["tiktok", "instagram", "discord", "spotify", "reddit", "whatsapp"];
const TYPED = ["", "t", "inst", "disc", "spot", "zzzz"];
const QUESTIONS = [
  "how do i delete my tiktok account",
  "will my friends see that i deleted instagram",
  "how do i make my account private",
  "i forgot my spotify password, can i still delete it",
  "what happens to my messages on discord",
];
/** Presses one after the other on the same answer. */
const LONGEST_CHAIN = 3;

/** A button or a menu's choice. */
interface Control {
  readonly customId: string;
  readonly values?: readonly string[];
}

export interface People {
  /** One of them does something; settles once nothing more comes of it. @returns what was written, for a message */
  act(): Promise<APIMessage | undefined>;
}

export function createPeople(discord: LocalDiscord, random: Choices): People {
  const mention = `<@${discord.applicationId}>`;
  const idOf = (name: string): string => discord.commands().find((command) => command.name === name)?.id ?? "";
  const guildChannel = (): string => random.pick(discord.guilds).channelId;

  const press = async (message: APIMessage, presses: number): Promise<void> => {
    const controls = controlsOf(message.components);
    if (presses === 0 || controls.length === 0) return;
    const place = { channelId: message.channel_id, messageId: message.id };
    const outcome = await discord.person.useComponent({ ...place, ...random.pick(controls) });
    if (outcome.ok && outcome.message) await press(outcome.message, presses - 1);
  };
  const use = async (name: string, options: Readonly<Record<string, string | boolean>>): Promise<void> => {
    const list = Object.entries(options).map(([option, value]) => ({ name: option, value }));
    const outcome = await discord.person.useCommand({
      channelId: guildChannel(),
      commandId: idOf(name),
      options: list,
    });
    if (outcome.ok && outcome.message && random.next() < 0.5) {
      await press(outcome.message, 1 + Math.floor(random.next() * LONGEST_CHAIN));
    }
  };
  const service = () => ({ service: random.pick(SERVICES), ...(random.next() < 0.2 ? { share: true } : {}) });
  const say = (channelId: string, content: string): APIMessage => discord.person.say({ channelId, content });

  /** "Answer this question", on a message of somebody else's. */
  const answerThis = async (): Promise<void> => {
    const command = discord.commands().find(({ type }) => type === ApplicationCommandType.Message);
    const channelId = guildChannel();
    const target = say(channelId, random.pick(QUESTIONS));
    await discord.person.useCommand({ channelId, commandId: command?.id ?? "", targetId: target.id });
  };

  const type = async (): Promise<void> => {
    const input = { channelId: guildChannel(), commandId: idOf("delete-steps"), focused: "service" };
    await discord.person.autocomplete({ ...input, options: [{ name: "service", value: random.pick(TYPED) }] });
  };

  const acts: readonly (readonly [number, () => Promise<void> | APIMessage])[] = [
    [4, () => use("delete-steps", service())],
    [2, () => use("before-you-delete", service())],
    [2, () => use("privacy-options", service())],
    [2, () => use("services", {})],
    [3, () => use("ask", { question: random.pick(QUESTIONS) })],
    [2, answerThis],
    [5, type],
    [2, () => say(guildChannel(), `${mention} ${random.pick(QUESTIONS)}`)],
    // In one channel, so that it stays below what Discord lets a bot write there.
    [0.4, () => say(discord.directChannelId, random.pick(QUESTIONS))],
  ];

  return {
    async act() {
      try {
        const done = random.weighted(acts)();
        return done instanceof Promise ? void (await done) : done;
      } catch (error) {
        // What Discord's client would not let anybody do, such as pressing on a message that is gone.
        if (!(error instanceof PersonError)) throw error;
        return undefined;
      }
    },
  };
}

/** All that can be pressed or chosen on a message. */
function controlsOf(node: unknown): Control[] {
  if (Array.isArray(node)) return node.flatMap(controlsOf);
  if (typeof node !== "object" || node === null) return [];
  const inside = ["components", "accessory"].flatMap((name) => (name in node ? controlsOf(node[name as never]) : []));
  if (!("custom_id" in node) || typeof node.custom_id !== "string") return inside;
  if ("disabled" in node && node.disabled === true) return inside;
  if (!("options" in node) || !Array.isArray(node.options)) return [...inside, { customId: node.custom_id }];
  const { custom_id: customId } = node;
  return [...inside, ...node.options.map(({ value }: { value: string }) => ({ customId, values: [value] }))];
}
