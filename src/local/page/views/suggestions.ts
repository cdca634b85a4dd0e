/** The list that opens above the composer: commands, people, or an option's choices. */
import { html, nothing, type TemplateResult } from "lit";

export interface Suggestion {
  readonly title: string;
  readonly description?: string;
  /** Small words behind the title: a command's options. */
  readonly details?: readonly string[];
  readonly image?: string;
}

export interface SuggestionList {
  /** The list's element id; its entries are `id-0`, `id-1`, … */
  readonly id: string;
  readonly heading: string;
  readonly suggestions: readonly Suggestion[];
  /** Shown instead of an empty list. */
  readonly empty?: string;
  /** The entry that Enter takes. */
  readonly active: number;
  readonly onPick: (index: number) => void;
}

export function suggestionsView(list: SuggestionList): TemplateResult {
  return html`<div class="suggestions">
    <p class="suggestions-heading">${list.heading}</p>
    ${list.suggestions.length === 0 && list.empty !== undefined ? html`<p class="suggestions-empty">${list.empty}</p>` : nothing}
    <div id=${list.id} role="listbox" aria-label=${list.heading}>
      ${list.suggestions.map(
        (suggestion, index) => html`<div
          id="${list.id}-${index}"
          role="option"
          class="suggestion ${index === list.active ? "active" : ""}"
          aria-selected=${index === list.active}
          @pointerdown=${(event: Event) => event.preventDefault()}
          @click=${() => list.onPick(index)}
        >
          ${suggestion.image === undefined ? nothing : html`<img class="avatar" src=${suggestion.image} alt="" />`}
          <span class="suggestion-text">
            <span class="suggestion-title">
              ${suggestion.title}${suggestion.details?.map((detail) => html` <span class="detail">${detail}</span>`)}
            </span>
            ${suggestion.description === undefined ? nothing : html`<span class="suggestion-description">${suggestion.description}</span>`}
          </span>
        </div>`,
      )}
    </div>
  </div>`;
}

/** The entry that an arrow key leads to, round the ends; null if the key is another. */
export function movedActive(key: string, active: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown") return (active + 1) % count;
  if (key === "ArrowUp") return (active - 1 + count) % count;
  return null;
}
