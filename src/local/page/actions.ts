/** What a person can do on the page; `main.ts` does it, the views only call it. */
import type { APIApplicationCommand } from "discord-api-types/v10";
import type { LocalMessage, OptionValue } from "../protocol.ts";

export interface Actions {
  readonly openChannel: (channelId: string) => void;
  /** Shows or hides the list of channels, where it does not stand beside the messages. */
  readonly toggleSidebar: () => void;
  readonly toggleTheme: () => void;
  /** Sends a message; false if there is no line to the server, and the text is to be kept. */
  readonly sendMessage: (content: string) => boolean;
  readonly runCommand: (
    command: APIApplicationCommand,
    options: readonly OptionValue[],
    target?: LocalMessage,
  ) => boolean;
  /** Asks the bot to complete an option; the answer carries the nonce returned. */
  readonly complete: (command: APIApplicationCommand, options: readonly OptionValue[], focused: string) => string;
  readonly useComponent: (message: LocalMessage, customId: string, values?: readonly string[]) => void;
  readonly dismiss: (message: LocalMessage) => void;
  readonly replyTo: (message: LocalMessage | null) => void;
  /** Puts a text into the composer, without sending it. */
  readonly fillComposer: (text: string) => void;
  readonly forgetInteraction: (nonce: string) => void;
  readonly closeNotice: () => void;
}
