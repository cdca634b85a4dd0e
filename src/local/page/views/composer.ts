/** Where one writes: a text with completion of commands and mentions, or the form of the command chosen. */
import type { APIApplicationCommand } from "discord-api-types/v10";
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { LocalChannel } from "../../protocol.ts";
import type { Actions } from "../actions.ts";
import { closeIcon, sendIcon } from "../icons.ts";
import {
  commandsIn,
  type Draft,
  matchingCommands,
  promptedOptions,
  slashCommands,
  startDraft,
  withField,
} from "../slash.ts";
import { displayName, type PageState, type Session } from "../state.ts";
import "./command-form.ts";
import { avatarOf } from "./message-view.ts";
import { movedActive, type Suggestion, suggestionsView } from "./suggestions.ts";

const LIST_ID = "suggestions";

/** Something that may be completed, and what picking it does. */
interface Completable extends Suggestion {
  readonly pick: () => void;
}

export class MessageComposer extends LitElement {
  static override properties = {
    page: { attribute: false },
    session: { attribute: false },
    channel: { attribute: false },
    text: { state: true },
    draft: { state: true },
    active: { state: true },
    closed: { state: true },
  };

  declare page: PageState;
  declare session: Session;
  declare channel: LocalChannel;
  declare actions: Actions;
  /** What is written, by channel's name (ids change with the server): nothing is lost by looking elsewhere. */
  readonly #texts = new Map<string, string>();
  declare private text: string;
  declare private draft: Draft | null;
  declare private active: number;
  /** Whether the suggestions were sent away, until something else is typed. */
  declare private closed: boolean;

  constructor() {
    super();
    this.text = "";
    this.draft = null;
    this.active = 0;
    this.closed = false;
  }

  /** Puts a text in, in place of what is there, and the caret behind it. */
  async fill(text: string): Promise<void> {
    this.draft = null;
    this.#setText(text);
    await this.focusText();
  }

  /** Moves the focus to the text, or to the form's first field, or where it has none to what sends it. */
  async focusText(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>("textarea, command-form input, command-form .send")?.focus();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before: unknown = changed.get("channel");
    if (!isChannel(before) || before.name === this.channel.name) return;
    this.#texts.set(before.name, this.text);
    this.draft = null;
    this.#setText(this.#texts.get(this.channel.name) ?? "");
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("active")) this.querySelector(".suggestion.active")?.scrollIntoView({ block: "nearest" });
    const area = this.querySelector("textarea");
    if (area === null) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }

  protected override render(): TemplateResult {
    const { replyTo } = this.page;
    return html`
      ${
        replyTo === null || this.draft !== null
          ? nothing
          : html`<div class="replying">
              <span>Replying to <strong>${displayName(replyTo.message.author)}</strong></span>
              <button type="button" class="tool" aria-label="Cancel the reply" @click=${() => this.actions.replyTo(null)}>
                ${closeIcon}
              </button>
            </div>`
      }
      ${this.draft === null ? this.#textView() : this.#formView(this.draft)}
    `;
  }

  #textView(): TemplateResult {
    const suggestions = this.#suggestions();
    const open = suggestions.length > 0;
    const place = this.channel.kind === "dm" ? `@${this.channel.name}` : `#${this.channel.name}`;
    return html`${
      open
        ? suggestionsView({
            id: LIST_ID,
            heading: this.text.startsWith("/") ? "Commands" : "People",
            suggestions,
            active: this.active,
            onPick: (index) => suggestions[index]?.pick(),
          })
        : nothing
    }
      <div class="composer-box">
        <textarea
          rows="1"
          maxlength="2000"
          placeholder="Message ${place}"
          aria-label="Message ${place}"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded=${open}
          aria-controls=${LIST_ID}
          aria-activedescendant=${open ? `${LIST_ID}-${this.active}` : nothing}
          autocomplete="off"
          .value=${live(this.text)}
          @input=${this.#onInput}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event, suggestions)}
        ></textarea>
        <button type="button" class="tool send" aria-label="Send" ?disabled=${this.text.trim() === ""} @click=${this.#send}>
          ${sendIcon}
        </button>
      </div>`;
  }

  #formView(draft: Draft): TemplateResult {
    return html`<command-form
      .draft=${draft}
      .completion=${this.page.completion}
      .onComplete=${(options: Parameters<Actions["complete"]>[1], focused: string) =>
        this.actions.complete(draft.command, options, focused)}
      .onDraft=${(changed: Draft) => {
        this.draft = changed;
      }}
      .onRun=${(options: Parameters<Actions["runCommand"]>[1]) => {
        if (!this.actions.runCommand(draft.command, options)) return;
        void this.fill("");
      }}
      .onLeave=${(text: string) => void this.fill(text)}
    ></command-form>`;
  }

  #suggestions(): Completable[] {
    if (this.closed) return [];
    const slash = /^\/([^\s/]*)$/.exec(this.text);
    if (slash !== null) {
      return matchingCommands(this.#commands(), slash[1] ?? "").map((command) => ({
        title: `/${command.name}`,
        description: command.description,
        details: promptedOptions(command).map((option) => option.name),
        image: avatarOf({ bot: true }),
        pick: () => this.#choose(command, ""),
      }));
    }
    const mention = /(?:^|\s)@(\S*)$/.exec(this.text);
    if (mention === null) return [];
    const typed = (mention[1] ?? "").toLowerCase();
    const users = this.session.bot === null ? [] : [this.session.bot];
    return users
      .filter((user) => displayName(user).toLowerCase().startsWith(typed))
      .map((user) => ({
        title: displayName(user),
        description: "Ask a question in your own words",
        image: avatarOf(user),
        pick: () => this.#setText(`${this.text.slice(0, this.text.length - typed.length)}${displayName(user)} `),
      }));
  }

  #commands(): APIApplicationCommand[] {
    return commandsIn(this.session.commands, this.channel.kind);
  }

  #choose(command: APIApplicationCommand, text: string): void {
    const draft = startDraft(command);
    const [first] = promptedOptions(command);
    this.draft = text === "" || first === undefined ? draft : withField(draft, first.name, { text });
    this.#setText("");
    void this.focusText();
  }

  #setText(text: string): void {
    this.text = text;
    this.active = 0;
    this.closed = false;
  }

  readonly #onInput = (event: Event): void => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    this.#setText(event.target.value);
    // A command's whole name and a space choose it, as on Discord; what follows is its first option.
    const typed = /^\/(\S+)\s([\s\S]*)$/.exec(this.text);
    const command = slashCommands(this.#commands()).find(({ name }) => name === typed?.[1]);
    if (command !== undefined) this.#choose(command, typed?.[2] ?? "");
  };

  #onKey(event: KeyboardEvent, suggestions: readonly Completable[]): void {
    if (event.isComposing) return;
    const moved = movedActive(event.key, this.active, suggestions.length);
    if (moved !== null) this.active = moved;
    else if (suggestions.length > 0 && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey))) {
      suggestions[this.active]?.pick();
    } else if (event.key === "Enter" && !event.shiftKey) this.#send();
    else if (event.key === "Escape" && suggestions.length > 0) this.closed = true;
    else if (event.key === "Escape" && this.page.replyTo !== null) this.actions.replyTo(null);
    else return;
    event.preventDefault();
  }

  readonly #send = (): void => {
    if (this.text.trim() !== "" && this.actions.sendMessage(this.text.trim())) this.#setText("");
    void this.focusText();
  };
}

function isChannel(value: unknown): value is LocalChannel {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}

customElements.define("message-composer", MessageComposer);
