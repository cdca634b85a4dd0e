/** A slash command being filled in: one field an option, completed from its choices or by the bot. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { OptionValue } from "../../protocol.ts";
import { closeIcon, sendIcon } from "../icons.ts";
import {
  type Choice,
  completedByBot,
  type Draft,
  draftOptions,
  type Field,
  finishDraft,
  fixedChoices,
  furtherOptions,
  type Problem,
  type PromptedOption,
  unfinishedValues,
  withField,
  withoutField,
} from "../slash.ts";
import type { Completion } from "../state.ts";
import { movedActive, suggestionsView } from "./suggestions.ts";

const LIST_ID = "choices";
/** How long typing must rest before the bot is asked, in milliseconds. */
const TYPING_REST = 80;

export class CommandForm extends LitElement {
  static override properties = {
    draft: { attribute: false },
    completion: { attribute: false },
    focused: { state: true },
    active: { state: true },
    closed: { state: true },
    problem: { state: true },
  };

  declare draft: Draft;
  declare completion: Completion | null;
  declare onComplete: (options: readonly OptionValue[], focused: string) => string;
  declare onDraft: (draft: Draft) => void;
  declare onRun: (options: readonly OptionValue[]) => void;
  /** The form is left; the text is what the composer shows instead. */
  declare onLeave: (text: string) => void;
  /** The name of the option that has the focus. */
  declare private focused: string | null;
  declare private active: number;
  declare private closed: boolean;
  declare private problem: Problem | null;
  #asked: string | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.completion = null;
    this.focused = null;
    this.active = 0;
    this.closed = false;
    this.problem = null;
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#rest);
    super.disconnectedCallback();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("active")) this.querySelector(".suggestion.active")?.scrollIntoView({ block: "nearest" });
  }

  protected override render(): TemplateResult {
    const { command } = this.draft;
    const options = draftOptions(this.draft);
    const further = furtherOptions(this.draft);
    return html`${this.#hintView(options)}
      <form class="composer-box command-form" aria-label="/${command.name}" @submit=${this.#run}>
        <span class="command-name">/${command.name}</span>
        ${options.map((option) => this.#fieldView(option))}
        ${further.map(
          (option) => html`<button
            type="button"
            class="add-option"
            title=${option.description}
            aria-label="Add option ${option.name}: ${option.description}"
            @click=${() => this.#add(option)}
          >
            + ${option.name}
          </button>`,
        )}
        <span class="spring"></span>
        <button type="button" class="tool" aria-label="Leave the command" @click=${() => this.onLeave("")}>${closeIcon}</button>
        <button type="submit" class="tool send" aria-label="Send the command">${sendIcon}</button>
      </form>`;
  }

  #hintView(options: readonly PromptedOption[]): TemplateResult {
    const option = options.find(({ name }) => name === this.focused);
    const heading = option === undefined ? this.draft.command.description : `${option.name}: ${option.description}`;
    const choices = option === undefined || this.closed ? null : this.#choices(option);
    return html`<div class="hint-above">
      ${
        this.problem === null
          ? nothing
          : html`<p class="failure" id="problem" role="alert">${this.problem.option}: ${this.problem.text}</p>`
      }
      ${
        option === undefined || choices === null
          ? html`<div class="suggestions"><p class="suggestions-heading">${heading}</p></div>`
          : suggestionsView({
              id: LIST_ID,
              heading,
              suggestions: choices.map(({ name }) => ({ title: name })),
              active: this.active,
              empty: "No options match. You can still send what you typed.",
              onPick: (index) => this.#pick(option, choices[index]),
            })
      }
    </div>`;
  }

  #fieldView(option: PromptedOption): TemplateResult {
    const field = this.#field(option);
    const choices = this.#choices(option);
    const isCompleted = completedByBot(option) || fixedChoices(option, field) !== null;
    const open = option.name === this.focused && !this.closed && (choices?.length ?? 0) > 0;
    return html`<label class="field ${this.problem?.option === option.name ? "wrong" : ""}">
      <span class="field-name">${option.name}</span>
      <input
        name=${option.name}
        type="text"
        role=${isCompleted ? "combobox" : nothing}
        aria-label="${option.name}: ${option.description}${option.required ? " (required)" : ""}"
        aria-autocomplete=${isCompleted ? "list" : nothing}
        aria-expanded=${isCompleted ? open : nothing}
        aria-controls=${isCompleted ? LIST_ID : nothing}
        aria-activedescendant=${open ? `${LIST_ID}-${this.active}` : nothing}
        aria-invalid=${this.problem?.option === option.name}
        autocomplete="off"
        size=${Math.min(48, Math.max(8, field.text.length + 1))}
        .value=${live(field.text)}
        @focus=${() => this.#focus(option)}
        @input=${(event: Event) => this.#onInput(option, event)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(option, event)}
      />
    </label>`;
  }

  /** What can be picked for an option now; null for one that is only typed, or once something is picked. */
  #choices(option: PromptedOption): readonly Choice[] | null {
    const field = this.#field(option);
    if (field.picked !== undefined) return null;
    if (!completedByBot(option)) return fixedChoices(option, field);
    if (this.completion === null || this.completion.nonce !== this.#asked) return null;
    return this.completion.choices.map(({ name, value }) => ({ name, value }));
  }

  #field(option: PromptedOption): Field {
    return this.draft.fields.get(option.name) ?? { text: "" };
  }

  #change(draft: Draft): void {
    this.draft = draft;
    this.onDraft(draft);
  }

  #add(option: PromptedOption): void {
    this.#change(withField(this.draft, option.name, { text: "" }));
    this.#focusField(option.name);
  }

  #focus(option: PromptedOption): void {
    this.focused = option.name;
    this.active = 0;
    this.closed = false;
    if (this.#field(option).picked === undefined) this.#ask(option, 0);
  }

  #onInput(option: PromptedOption, event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.#change(withField(this.draft, option.name, { text: event.target.value }));
    this.active = 0;
    this.closed = false;
    if (this.problem?.option === option.name) this.problem = null;
    this.#ask(option, TYPING_REST);
  }

  #ask(option: PromptedOption, delay: number): void {
    clearTimeout(this.#rest);
    // What was offered for another text must not be taken by a quick Enter.
    this.#asked = null;
    if (!completedByBot(option)) return;
    this.#rest = setTimeout(() => {
      this.#asked = this.onComplete(unfinishedValues(this.draft, option.name), option.name);
    }, delay);
  }

  #pick(option: PromptedOption, choice: Choice | undefined): void {
    if (choice === undefined) return;
    clearTimeout(this.#rest);
    this.#change(withField(this.draft, option.name, { text: choice.name, picked: choice.value }));
    this.problem = null;
    const next = draftOptions(this.draft).find((other) => this.#field(other).text === "");
    if (next !== undefined) this.#focusField(next.name);
  }

  #focusField(name: string): void {
    void this.updateComplete.then(() =>
      this.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`)?.focus(),
    );
  }

  #onKey(option: PromptedOption, event: KeyboardEvent): void {
    if (event.isComposing) return;
    const choices = this.closed ? [] : (this.#choices(option) ?? []);
    const moved = movedActive(event.key, this.active, choices.length);
    const empty = this.#field(option).text === "";
    if (moved !== null) this.active = moved;
    else if (choices.length > 0 && this.#takes(option, event)) this.#pick(option, choices[this.active]);
    else if (event.key === "Enter") this.#run(event);
    else if (event.key === "Escape" && choices.length > 0) this.closed = true;
    else if (event.key === "Escape") this.onLeave("");
    else if (event.key === "Backspace" && empty) this.#remove(option);
    else return;
    event.preventDefault();
  }

  /** Whether a key takes the active choice. Tab passes by a field that is empty. */
  #takes(option: PromptedOption, event: KeyboardEvent): boolean {
    if (event.key === "Enter") return true;
    return event.key === "Tab" && !event.shiftKey && this.#field(option).text !== "";
  }

  #remove(option: PromptedOption): void {
    if (option.required === true) {
      if (draftOptions(this.draft)[0] === option) this.onLeave(`/${this.draft.command.name}`);
      return;
    }
    this.#change(withoutField(this.draft, option.name));
    const last = draftOptions(this.draft).at(-1);
    if (last === undefined) this.onLeave(`/${this.draft.command.name}`);
    else this.#focusField(last.name);
  }

  readonly #run = (event: Event): void => {
    event.preventDefault();
    const result = finishDraft(this.draft);
    if ("problem" in result) {
      this.problem = result.problem;
      this.#focusField(result.problem.option);
    } else this.onRun(result.values);
  };
}

customElements.define("command-form", CommandForm);
