/** Writes out the choices in a phrase: `{delete|close} my account` stands for two phrases. */

const CHOICE = /\{([^{}]*)\}/;

/**
 * Ways to read a phrase's choices: every choice comes up, but not beside each of the others, which would make thousands
 * of phrases that teach nothing more.
 *
 * @returns phrases without choices, at least one
 */
export function writeOut(phrase: string): string[] {
  const parts = phrase.split(CHOICE);
  // Odd parts are what stood in braces.
  const choices = parts.map((part, index) => (index % 2 === 1 ? part.split("|") : [part]));
  const most = Math.max(...choices.map(({ length }) => length));
  const all = choices.reduce((product, { length }) => product * length, 1);
  const written = new Set<string>();
  for (let turn = 0; turn < Math.min(all, most); turn += 1) {
    const chosen = choices.map((options, index) => {
      const cycle = Math.floor(turn / options.length);
      return options[(turn + cycle * (index >> 1)) % options.length] ?? "";
    });
    written.add(chosen.join("").replace(/\s+/g, " ").trim());
  }
  return [...written];
}
