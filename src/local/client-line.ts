/** The page's line: what the person does comes in, what happens goes out to every tab. See protocol.ts. */
import type { APIMessage, Locale } from "discord-api-types/v10";
import { Locale as Locales } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import { z } from "zod";
import { PersonError } from "./command-options.ts";
import type { InteractionOutcome } from "./interactions.ts";
import { withReference } from "./messages.ts";
import type { Person } from "./person.ts";
import type { ClientEvent, LocalChannel, LocalMessage, ServerEvent } from "./protocol.ts";
import type { Change, State } from "./state.ts";

const id = z.string().max(20);
const nonce = z.string().max(100);
const optionValue = z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) });
const command = { nonce, channelId: id, commandId: id, options: z.array(optionValue).max(25) };

const clientEvent: z.ZodType<ClientEvent> = z.discriminatedUnion("type", [
  z.object({ type: z.literal("send-message"), channelId: id, content: z.string(), replyTo: id.exactOptional() }),
  z.object({ type: z.literal("command"), ...command, targetId: id.exactOptional() }),
  z.object({ type: z.literal("autocomplete"), ...command, focused: z.string() }),
  z.object({
    type: z.literal("component"),
    nonce,
    channelId: id,
    messageId: id,
    customId: z.string(),
    values: z.array(z.string()).max(25).exactOptional(),
  }),
  z.object({ type: z.literal("dismiss"), channelId: id, messageId: id }),
]);

/** Discord's name for a browser's language: `de-AT` is `de`, `en` is `en-US`. */
export function localeOf(language: string | null): Locale {
  const all = Object.values(Locales);
  const wanted = language?.toLowerCase() ?? "";
  const [base = ""] = wanted.split("-");
  return (
    all.find((locale) => locale.toLowerCase() === wanted) ??
    all.find((locale) => locale.toLowerCase() === base) ??
    all.find((locale) => locale.toLowerCase().startsWith(`${base}-`)) ??
    Locales.EnglishUS
  );
}

export interface ClientLine {
  /** Takes a tab that has connected. `language` is the browser's. */
  accept(socket: WebSocket, language: string | null): void;
  close(): void;
}

export function createClientLine(state: State, person: Person, isBotOnline: () => boolean): ClientLine {
  const tabs = new Set<WebSocket>();
  const [guild] = state.guilds.values();
  const channels: readonly LocalChannel[] = [
    ...(guild?.channels ?? []).map(({ id, name, topic }) => ({ id, name, topic, kind: "guild" as const })),
    { id: state.directChannel.id, name: state.application.name, kind: "dm" },
  ];
  const shown = new Set(channels.map((channel) => channel.id));

  const toLocal = (message: APIMessage): LocalMessage => {
    const whole = withReference(state, message);
    return whole.referenced_message == null
      ? { message: whole }
      : { message: whole, repliedTo: whole.referenced_message };
  };
  const ready = (): ServerEvent => ({
    type: "ready",
    user: state.person,
    bot: state.bot,
    botOnline: isBotOnline(),
    guildName: guild?.name ?? "",
    channels,
    commands: [...state.commands.values()].filter((one) => one.guild_id === undefined || one.guild_id === guild?.id),
    history: Object.fromEntries(
      channels.map((channel) => [channel.id, [...state.messagesIn(channel.id).values()].map(toLocal)]),
    ),
  });
  const send = (socket: WebSocket, event: ServerEvent): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(event));
  };
  const broadcast = (event: ServerEvent): void => {
    for (const tab of tabs) send(tab, event);
  };

  let wasOnline = isBotOnline();
  const tell = (change: Change): void => {
    switch (change.type) {
      case "message-create":
      case "message-update":
        if (shown.has(change.channel.id))
          broadcast({ type: change.type, channelId: change.channel.id, message: toLocal(change.message) });
        return;
      case "message-delete":
        if (shown.has(change.channel.id))
          broadcast({ type: change.type, channelId: change.channel.id, messageId: change.message.id });
        return;
      case "presence": {
        const online = isBotOnline();
        if (online === wasOnline) return;
        wasOnline = online;
        broadcast(ready());
        return;
      }
      case "commands":
        broadcast(ready());
        return;
      case "typing":
        return;
    }
  };
  const stopListening = state.listen(tell);

  const perform = async (socket: WebSocket, event: ClientEvent, locale: Locale): Promise<void> => {
    const follow = async (nonce: string, used: Promise<InteractionOutcome>): Promise<void> => {
      send(socket, { type: "interaction-pending", nonce });
      const outcome = await used;
      if (!outcome.ok) send(socket, { type: "interaction-failed", nonce, reason: outcome.reason });
      else if (event.type === "autocomplete") send(socket, { type: "autocomplete", nonce, choices: outcome.choices });
      else send(socket, { type: "interaction-done", nonce });
    };
    switch (event.type) {
      case "send-message":
        person.say(event);
        return;
      case "command":
        return follow(event.nonce, person.useCommand({ ...event, locale }));
      case "autocomplete":
        return follow(event.nonce, person.autocomplete({ ...event, locale }));
      case "component":
        return follow(event.nonce, person.useComponent({ ...event, locale }));
      case "dismiss":
        person.dismiss(event.channelId, event.messageId);
        return;
    }
  };

  const receive = async (socket: WebSocket, text: string, locale: Locale): Promise<void> => {
    let event: ClientEvent;
    try {
      event = clientEvent.parse(JSON.parse(text));
    } catch {
      send(socket, { type: "error", reason: "The page said something the local Discord does not understand." });
      return;
    }
    try {
      await perform(socket, event, locale);
    } catch (error) {
      if (!(error instanceof PersonError)) throw error;
      if ("nonce" in event) send(socket, { type: "interaction-failed", nonce: event.nonce, reason: error.message });
      else send(socket, { type: "error", reason: error.message });
    }
  };

  return {
    accept(socket, language) {
      const locale = localeOf(language);
      tabs.add(socket);
      socket.on("close", () => tabs.delete(socket));
      socket.on("error", () => socket.terminate());
      socket.on("message", (data) => void receive(socket, String(data), locale));
      send(socket, ready());
    },
    close() {
      stopListening();
      for (const tab of tabs) tab.terminate();
    },
  };
}
