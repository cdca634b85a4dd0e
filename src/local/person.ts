/**
 * What the person at the page can do: write, use commands, press buttons. What Discord's own client would not let them
 * do is refused with a sentence.
 */
import {
  type APIApplicationCommand,
  type APIMessage,
  ApplicationCommandType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  Locale,
  MessageType,
} from "discord-api-types/v10";
import { fillOptions, PersonError } from "./command-options.ts";
import { scopeOf } from "./gateway/gateway.ts";
import type { Dispatch, Scope } from "./gateway/sessions.ts";
import { interactionPayload } from "./interaction-payloads.ts";
import type { InteractionOutcome, Interactions, NewInteraction } from "./interactions.ts";
import { composeMessage, type MessageMaker } from "./messages.ts";
import type { OptionValue } from "./protocol.ts";
import { type Channel, isEphemeral, type State } from "./state.ts";
import { lengthOf } from "./validation/form.ts";

export interface PersonContext extends MessageMaker {
  readonly state: State;
  readonly interactions: Interactions;
  readonly dispatch: (event: Dispatch) => void;
  /** Whether the bot would hear of something there. */
  readonly reachable: (scope: Scope) => boolean;
}

export interface SayInput {
  readonly channelId: string;
  readonly content: string;
  /** The message this one replies to. */
  readonly replyTo?: string | undefined;
  /** Whether the reply mentions whom it replies to, as it does unless switched off. */
  readonly ping?: boolean | undefined;
}

export interface CommandInput {
  readonly channelId: string;
  readonly commandId: string;
  readonly options?: readonly OptionValue[];
  readonly targetId?: string | undefined;
  readonly locale?: Locale | undefined;
}

export interface AutocompleteInput extends CommandInput {
  readonly focused: string;
}

export interface ComponentInput {
  readonly channelId: string;
  readonly messageId: string;
  readonly customId: string;
  readonly values?: readonly string[] | undefined;
  readonly locale?: Locale | undefined;
}

export type Person = ReturnType<typeof createPerson>;

const MAX_CONTENT = 2000;
const MAX_AUTOCOMPLETE_TEXT = 100;

/** A message's component that can be used, wherever in the message it is. */
interface UsableComponent {
  readonly type: number;
  readonly id?: number;
  readonly custom_id: string;
  readonly disabled?: boolean;
  readonly min_values?: number;
  readonly max_values?: number;
  readonly options?: readonly { readonly value: string }[];
}

function findComponent(node: unknown, customId: string): UsableComponent | null {
  if (Array.isArray(node)) {
    for (const item of node) {
      const found = findComponent(item, customId);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof node !== "object" || node === null) return null;
  if ("custom_id" in node && node.custom_id === customId) return node as UsableComponent;
  return (
    findComponent("components" in node ? node.components : null, customId) ??
    findComponent("accessory" in node ? node.accessory : null, customId)
  );
}

export function createPerson(context: PersonContext) {
  const { state, interactions } = context;

  const channelOf = (id: string): Channel => {
    const channel = state.channels.get(id);
    if (channel === undefined) throw new PersonError("That channel does not exist.");
    return channel;
  };
  const messageOf = (channel: Channel, id: string): APIMessage => {
    const message = state.messagesIn(channel.id).get(id);
    if (message === undefined) throw new PersonError("That message is gone.");
    return message;
  };
  const commandOf = (id: string, channel: Channel): APIApplicationCommand => {
    const command = state.commands.get(id);
    const where = channel.kind === "dm" ? InteractionContextType.BotDM : InteractionContextType.Guild;
    const guildId = channel.kind === "guild" ? channel.guildId : undefined;
    if (command === undefined || (command.guild_id !== undefined && command.guild_id !== guildId))
      throw new PersonError("That command does not exist any more.");
    if (command.contexts != null && !command.contexts.includes(where))
      throw new PersonError(`/${command.name} cannot be used here.`);
    return command;
  };

  const send = (
    about: Pick<NewInteraction, "type" | "channel"> & Partial<NewInteraction>,
    data: object,
    locale: Locale | undefined,
    message?: APIMessage,
  ): Promise<InteractionOutcome> => {
    const scope = scopeOf(about.channel);
    if (!context.reachable(scope))
      return Promise.resolve({ ok: false, reason: `${state.application.name} is offline. Nothing was sent.` });
    const { record, outcome } = interactions.open({
      id: state.nextId(),
      commandName: null,
      isContextMenu: false,
      sourceId: null,
      targetId: null,
      ...about,
    });
    const payload = interactionPayload(state, {
      id: record.id,
      token: record.token,
      type: record.type,
      channel: record.channel,
      locale: locale ?? Locale.EnglishUS,
      data,
      ...(message === undefined ? {} : { message }),
    });
    context.dispatch({ t: "INTERACTION_CREATE", scope, intent: null, data: () => payload });
    return outcome;
  };

  return {
    user: state.person,

    /**
     * Writes a message.
     *
     * @throws PersonError where it cannot be sent.
     */
    say({ channelId, content, replyTo, ping = true }: SayInput): APIMessage {
      const channel = channelOf(channelId);
      const text = content.trim();
      if (text === "") throw new PersonError("There is nothing to send.");
      if (lengthOf(text) > MAX_CONTENT) throw new PersonError(`A message can have at most ${MAX_CONTENT} characters.`);
      const original = replyTo === undefined ? undefined : messageOf(channel, replyTo);
      if (original !== undefined && isEphemeral(original))
        throw new PersonError("A message that only you can see cannot be replied to.");
      const place = channel.kind === "guild" ? { guild_id: channel.guildId } : {};
      const message = composeMessage(context, {
        author: state.person,
        channel,
        body: { content: text },
        type: original === undefined ? MessageType.Default : MessageType.Reply,
        // The answer to an interaction is a webhook's: replying to it mentions nobody.
        repliedTo: ping && original !== undefined && original.webhook_id === undefined ? original.author : null,
        ...(original === undefined
          ? {}
          : {
              provenance: { message_reference: { type: 0, channel_id: channel.id, message_id: original.id, ...place } },
            }),
      });
      state.addMessage(channel, message);
      return message;
    },

    /** Uses a slash command, or a message command on `targetId`. @throws PersonError where Discord's client would stop. */
    async useCommand({
      channelId,
      commandId,
      options = [],
      targetId,
      locale,
    }: CommandInput): Promise<InteractionOutcome> {
      const channel = channelOf(channelId);
      const command = commandOf(commandId, channel);
      const base = {
        id: command.id,
        name: command.name,
        type: command.type,
        ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      };
      const about = { type: InteractionType.ApplicationCommand, channel, commandName: command.name };
      if (command.type === ApplicationCommandType.Message) {
        if (targetId === undefined) throw new PersonError("Choose a message first.");
        const target = messageOf(channel, targetId);
        if (isEphemeral(target)) throw new PersonError("This cannot be used on a message that only you can see.");
        const data = { ...base, target_id: target.id, resolved: { messages: { [target.id]: target } } };
        return send({ ...about, isContextMenu: true, targetId: target.id }, data, locale);
      }
      if (command.type !== ApplicationCommandType.ChatInput)
        throw new PersonError("The local Discord knows slash commands and message commands only.");
      const filled = fillOptions(command.options ?? [], options);
      return send(about, filled.length > 0 ? { ...base, options: filled } : base, locale);
    },

    /** Asks for suggestions while typing. @throws PersonError where there is nothing to ask. */
    async autocomplete(input: AutocompleteInput): Promise<InteractionOutcome> {
      const channel = channelOf(input.channelId);
      const command = commandOf(input.commandId, channel);
      const declared = command.options ?? [];
      const focused = declared.find(({ name }) => name === input.focused);
      if (focused === undefined || !("autocomplete" in focused) || !focused.autocomplete)
        throw new PersonError(`/${command.name} has no suggestions for “${input.focused}”.`);
      // What is being typed may be unfinished or wrong: it goes as it is.
      const options = declared.flatMap((option) => {
        const isFocused = option.name === focused.name;
        const given = (input.options ?? []).find(({ name }) => name === option.name);
        if (given === undefined && !isFocused) return [];
        const value = isFocused
          ? [...String(given?.value ?? "")].slice(0, MAX_AUTOCOMPLETE_TEXT).join("")
          : given?.value;
        return [{ name: option.name, type: option.type, value, ...(isFocused ? { focused: true } : {}) }];
      });
      return send(
        { type: InteractionType.ApplicationCommandAutocomplete, channel, commandName: command.name },
        { id: command.id, name: command.name, type: command.type, options },
        input.locale,
      );
    },

    /** Presses a button or picks from a menu. @throws PersonError where it is not there or switched off. */
    async useComponent({
      channelId,
      messageId,
      customId,
      values,
      locale,
    }: ComponentInput): Promise<InteractionOutcome> {
      const channel = channelOf(channelId);
      const message = messageOf(channel, messageId);
      const component = findComponent(message.components, customId);
      if (component === null || component.disabled) throw new PersonError("That button or menu is not there any more.");
      const picked = component.type === ComponentType.Button ? null : (values ?? []);
      if (picked !== null) {
        if (component.type !== ComponentType.StringSelect)
          throw new PersonError("The local Discord knows menus of texts only.");
        if (picked.length < (component.min_values ?? 1) || picked.length > (component.max_values ?? 1))
          throw new PersonError("That is not the number of choices asked for.");
        if (!picked.every((value) => component.options?.some((option) => option.value === value)))
          throw new PersonError("That choice is not there any more.");
      }
      const data = {
        custom_id: customId,
        component_type: component.type,
        ...(component.id === undefined ? {} : { id: component.id }),
        ...(picked === null ? {} : { values: picked }),
      };
      return send({ type: InteractionType.MessageComponent, channel, sourceId: message.id }, data, locale, message);
    },

    /** Does away with a message that only the person can see. */
    dismiss(channelId: string, messageId: string): void {
      const channel = channelOf(channelId);
      const message = messageOf(channel, messageId);
      if (!isEphemeral(message)) throw new PersonError("Only messages that only you can see can be dismissed.");
      state.removeMessage(channel, message);
    },
  };
}
