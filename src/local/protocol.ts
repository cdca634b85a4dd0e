/**
 * What the local Discord's page and its server say to each other, over one WebSocket at `/client` (JSON, one message a
 * frame). It is no part of Discord: it is the private line between a client and its server, kept as small as the page
 * needs. Everything Discord has a form for travels in that form.
 *
 * One person sits at the page. Every tab is a session of that person and gets the same events.
 */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIUser,
} from "discord-api-types/v10";

/** A place to write in: the server's channel, or the direct messages with the bot. */
export interface LocalChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: "guild" | "dm";
  readonly topic?: string;
}

/** A message as the page shows it: Discord's own form, and what only a client knows. */
export interface LocalMessage {
  readonly message: APIMessage;
  /** For replies: the message replied to, where it still exists. */
  readonly repliedTo?: APIMessage;
}

/** Server → page. */
export type ServerEvent =
  /** First message after connecting, and again whenever commands or the bot's presence change. */
  | {
      readonly type: "ready";
      readonly user: APIUser;
      /** The bot's user, once it has connected. */
      readonly bot: APIUser | null;
      readonly botOnline: boolean;
      readonly guildName: string;
      readonly channels: readonly LocalChannel[];
      readonly commands: readonly APIApplicationCommand[];
      /** What has been said so far, by channel id, oldest first. */
      readonly history: Readonly<Record<string, readonly LocalMessage[]>>;
    }
  | { readonly type: "message-create"; readonly channelId: string; readonly message: LocalMessage }
  | { readonly type: "message-update"; readonly channelId: string; readonly message: LocalMessage }
  | { readonly type: "message-delete"; readonly channelId: string; readonly messageId: string }
  /** The bot has received an interaction and has not answered yet; `nonce` is the page's own. */
  | { readonly type: "interaction-pending"; readonly nonce: string }
  /** Answered: what was pending may be cleared. */
  | { readonly type: "interaction-done"; readonly nonce: string }
  /** Not answered within 3 s, or the bot is offline; `reason` is a sentence to show. */
  | { readonly type: "interaction-failed"; readonly nonce: string; readonly reason: string }
  | {
      readonly type: "autocomplete";
      readonly nonce: string;
      readonly choices: readonly APIApplicationCommandOptionChoice[];
    }
  /** Something the page sent cannot be done; `reason` is a sentence to show. */
  | { readonly type: "error"; readonly reason: string };

/** The value of a command's option, as typed or picked. */
export interface OptionValue {
  readonly name: string;
  readonly value: string | number | boolean;
}

/** Page → server. */
export type ClientEvent =
  | {
      readonly type: "send-message";
      readonly channelId: string;
      readonly content: string;
      /** The message this one replies to. */
      readonly replyTo?: string;
    }
  | {
      readonly type: "command";
      readonly nonce: string;
      readonly channelId: string;
      /** The command's id, from `ready`. */
      readonly commandId: string;
      readonly options: readonly OptionValue[];
      /** For a message command: the message it is used on. */
      readonly targetId?: string;
    }
  | {
      readonly type: "autocomplete";
      readonly nonce: string;
      readonly channelId: string;
      readonly commandId: string;
      readonly options: readonly OptionValue[];
      /** The option that is being typed; its unfinished text is among `options`. */
      readonly focused: string;
    }
  | {
      readonly type: "component";
      readonly nonce: string;
      readonly channelId: string;
      readonly messageId: string;
      readonly customId: string;
      /** What was picked, for a menu. */
      readonly values?: readonly string[];
    }
  /** "Dismiss message" on a private reply. */
  | { readonly type: "dismiss"; readonly channelId: string; readonly messageId: string };
