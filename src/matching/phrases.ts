/** Writes out the choices in a phrase: `{delete|close} my account` stands for two phrases. */

/** More than this from one line is a slip of its author. */
const MOST = 128;
const CHOICE = /\{([^{}]*)\}/;

/**
 * Every way to read a phrase's choices.
 *
 * @throws {RangeError} where a line stands for more than 128 phrases
 */
export function writeOut(phrase: string): string[] {
  const done: string[] = [];
  const open = [phrase];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const choice = CHOICE.exec(next);
    if (choice === null) {
      done.push(next.replace(/\s+/g, " ").trim());
      continue;
    }
    const head = next.slice(0, choice.index);
    const tail = next.slice(choice.index + choice[0].length);
    for (const option of (choice[1] ?? "").split("|")) open.push(head + option + tail);
    if (open.length + done.length > MOST) throw new RangeError(`"${phrase}" stands for more than ${MOST} phrases`);
  }
  return done;
}
