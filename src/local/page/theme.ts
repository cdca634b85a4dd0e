/** Dark or light: what the system asks for, until the person chooses. Their choice is kept by the browser alone. */

const KEY = "theme";
const system = matchMedia("(prefers-color-scheme: light)");

/** Whether the light theme is shown. */
export function isLight(): boolean {
  return document.documentElement.dataset["theme"] === "light";
}

/**
 * Shows the theme that applies, and follows the system.
 * @param onChange told when the system's changes the page's
 */
export function applyTheme(onChange: () => void): void {
  const apply = () => {
    const light = (localStorage.getItem(KEY) ?? (system.matches ? "light" : "dark")) === "light";
    document.documentElement.dataset["theme"] = light ? "light" : "dark";
  };
  system.addEventListener("change", () => {
    apply();
    onChange();
  });
  apply();
}

/** Changes to the other theme, and keeps it. */
export function toggleTheme(): void {
  const theme = isLight() ? "dark" : "light";
  localStorage.setItem(KEY, theme);
  document.documentElement.dataset["theme"] = theme;
}
