/**
 * A string select as Discord draws it: the library's only shows options, this one is picked from, with mouse, touch,
 * keys or a screen reader (the combobox pattern of the ARIA practices, without typing).
 */
import type { APIStringSelectComponent } from "discord-api-types/v10";
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { chevronIcon } from "../icons.ts";

/** Told what was picked, as `detail`. */
const PICK_EVENT = "pick";

let menus = 0;

export class SelectMenu extends LitElement {
  static override properties = {
    menu: { attribute: false },
    disabled: { type: Boolean, reflect: true },
    open: { state: true },
    active: { state: true },
  };

  declare menu: APIStringSelectComponent;
  declare disabled: boolean;
  declare private open: boolean;
  declare private active: number;
  readonly #id: string;

  constructor() {
    super();
    this.disabled = false;
    this.open = false;
    this.active = 0;
    menus += 1;
    this.#id = `menu-${menus}`;
    this.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node) || !this.contains(event.relatedTarget)) this.open = false;
    });
  }

  /** Drawn into the page itself, so that its styles, focus and ids are the page's. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    if (this.open) this.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }

  protected override render(): TemplateResult {
    const { options, placeholder = "Make a selection" } = this.menu;
    const chosen = options.find((option) => option.default);
    return html`
      <button
        type="button"
        class="select"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded=${this.open}
        aria-controls=${this.#id}
        aria-label=${chosen === undefined ? placeholder : `${placeholder}: ${chosen.label}`}
        aria-activedescendant=${this.open ? `${this.#id}-${this.active}` : nothing}
        ?disabled=${this.disabled}
        @click=${() => this.#toggle()}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      >
        <span class=${chosen === undefined ? "select-placeholder" : "select-value"}>${chosen?.label ?? placeholder}</span>
        ${chevronIcon}
      </button>
      <div class="select-options" id=${this.#id} role="listbox" aria-label=${placeholder} ?hidden=${!this.open}>
        ${options.map(
          (option, index) => html`<div
            id="${this.#id}-${index}"
            role="option"
            class="select-option ${index === this.active ? "active" : ""}"
            aria-selected=${option === chosen}
            @pointerdown=${(event: Event) => event.preventDefault()}
            @pointermove=${() => {
              this.active = index;
            }}
            @click=${() => this.#pick(index)}
          >
            <span class="select-label">${option.emoji?.name} ${option.label}</span>
            ${option.description === undefined ? nothing : html`<span class="select-description">${option.description}</span>`}
          </div>`,
        )}
      </div>
    `;
  }

  #toggle(): void {
    this.open = !this.open;
    this.active = Math.max(
      0,
      this.menu.options.findIndex((option) => option.default),
    );
  }

  #pick(index: number): void {
    const option = this.menu.options[index];
    this.open = false;
    if (option !== undefined) this.dispatchEvent(new CustomEvent(PICK_EVENT, { detail: [option.value] }));
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.menu.options.length - 1;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (!this.open) this.#toggle();
        else this.active = Math.min(last, Math.max(0, this.active + (event.key === "ArrowDown" ? 1 : -1)));
        break;
      case "Home":
      case "End":
        if (!this.open) return;
        this.active = event.key === "Home" ? 0 : last;
        break;
      case "Enter":
      case " ":
        if (!this.open) return;
        this.#pick(this.active);
        break;
      case "Escape":
        if (!this.open) return;
        this.open = false;
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

customElements.define("select-menu", SelectMenu);
