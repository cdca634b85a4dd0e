/** The local Discord in a process of its own, and a person in it who uses commands as quickly as the bench wants. */
import WebSocket from "ws";
import { commandBodies } from "../../commands/index.ts";
import type { ServerEvent } from "../../src/local/protocol.ts";
import { startLocalDiscord } from "../../src/local/server.ts";
import { type FromDiscord, KINDS, type Kind, type ToDiscord } from "./messages.ts";

const USES: Readonly<Record<Kind, { readonly command: string; readonly option: string; readonly value: string }>> = {
  "delete-steps": { command: "delete-steps", option: "service", value: "tiktok" },
  "before-you-delete": { command: "before-you-delete", option: "service", value: "instagram" },
  "privacy-options": { command: "privacy-options", option: "service", value: "discord" },
  ask: { command: "ask", option: "question", value: "how do i delete my tiktok account without my phone number" },
  typing: { command: "delete-steps", option: "service", value: "inst" },
};

const guilds = Number(process.argv[2]);
// The records of old interactions are not what is measured.
const discord = await startLocalDiscord({ port: 0, guilds, rateLimits: false, interactionLifeMs: 10_000 });
const tell = (message: FromDiscord): void => void process.send?.(message);

// The bare bot registers none.
await fetch(`${discord.apiUrl}/v10/applications/${discord.applicationId}/commands`, {
  method: "PUT",
  headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
  body: JSON.stringify(commandBodies),
});
const commandIds = new Map(discord.commands().map(({ name, id }) => [name, id]));

/** Tells when the bot is there, as the page sees it. */
function watchForBot(): void {
  const line = new WebSocket(`${discord.url.replace("http", "ws")}/client`, { origin: discord.url });
  line.on("message", (data) => {
    const event = JSON.parse(data.toString()) as ServerEvent;
    if (event.type !== "ready" || !event.botOnline) return;
    tell({ type: "ready", at: Date.now() });
    line.close();
  });
}

/** One interaction: how long it took, or undefined where it failed. */
async function use(index: number, kind = KINDS[index % KINDS.length] ?? "ask"): Promise<number | undefined> {
  const { channelId } = discord.guilds[index % discord.guilds.length] ?? { channelId: "" };
  const { command, option, value } = USES[kind];
  const input = { channelId, commandId: commandIds.get(command) ?? "", options: [{ name: option, value }] };
  const start = performance.now();
  const outcome = await (kind === "typing"
    ? discord.person.autocomplete({ ...input, focused: option })
    : discord.person.useCommand(input));
  const took = performance.now() - start;
  if (!outcome.ok) return undefined;
  // Else this process would grow, and slow down.
  if (outcome.message) discord.person.dismiss(channelId, outcome.message.id);
  return took;
}

async function run(work: (done: (took: number | undefined) => void) => Promise<void>): Promise<void> {
  const latencies: number[] = [];
  let failures = 0;
  const start = performance.now();
  await work((took) => {
    if (took === undefined) failures += 1;
    else latencies.push(took);
  });
  const seconds = (performance.now() - start) / 1000;
  tell({ type: "done", seconds, failures, latencies: latencies.sort((a, b) => a - b) });
}

process.on("message", (message: ToDiscord) => {
  void run(async (done) => {
    if (message.type === "burst") {
      let next = 0;
      const worker = async (): Promise<void> => {
        while (next < message.count) done(await use(next++, message.kind));
      };
      await Promise.all(Array.from({ length: message.atOnce }, worker));
      return;
    }
    const count = message.perSecond * message.seconds;
    const start = performance.now();
    const pending: Promise<void>[] = [];
    for (let index = 0; index < count; index += 1) {
      const wait = start + (index * 1000) / message.perSecond - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      pending.push(use(index).then(done));
    }
    await Promise.all(pending);
  });
});

watchForBot();
tell({ type: "listening", token: discord.token, apiUrl: discord.apiUrl });
