/**
 * Turns a text as people type it into plain tokens: no accents, capitals, markup, links, zero-width signs or look-alike
 * letters, whatever the script.
 */

/** One word, or one run of letters of a script that does not part its words. */
export interface Token {
  /** Lower case, without accents and apostrophes. */
  readonly text: string;
  /** Whether it began with a capital where most of the text does not. */
  readonly capital: boolean;
  /** Whether it ended in an apostrophe and s: TikTok's, against TikToks. */
  readonly possessive: boolean;
  /** Whether `@` or `#` stood before it. */
  readonly marked: boolean;
  /** Whether no space parts it from the token before: `tiktok.com`, `tik-tok`. */
  readonly glued: boolean;
  /** Whether a sentence ended before it. */
  readonly starts: boolean;
  /** Whether its script writes words without spaces or with particles fused to them. */
  readonly run: boolean;
}

/** Discord's limit for a message; longer texts are cut. */
const MAX_LENGTH = 4000;

const MENTION =
  /<(?:a?:\w{1,32}:\d{1,20}|@[!&]?\d{1,20}|#\d{1,20}|id:\w{1,20}|\/[^>]{1,64}:\d{1,20}|t:-?\d{1,20}(?::\w)?)>/g;
const LINK = /(?:https?:\/\/|www\.)([^\s/?#<>()]{1,253})[^\s<>)]*/gi;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g;

const ASCII = /^\p{ASCII}*$/u;
/** Texts in which every word is only letters and digits, and lower case all that it needs. */
const SIMPLE = /^[^$'`\P{ASCII}]*$/u;

// Latin, Greek and Cyrillic accents, Arabic vowel signs, Hebrew points; other scripts' marks belong to their letters.
const ACCENTS = /[\u0300-\u036f\u064b-\u065f\u0591-\u05c7\u0640]/g;
// Zero-width and direction signs, soft hyphen, variation selectors, tags.
const UNSEEN = /\p{Cf}|\p{Variation_Selector}|[\u115f\u1160\u3164\uffa0]/gu;
const APOSTROPHES = /['’‘`´ʼ]/;
const ALL_APOSTROPHES = /['’‘`´ʼ]/g;
const POSSESSIVE = /['’‘`´ʼ][sS]$/;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
// Scripts in which a known word may stand anywhere in a run of letters.
const RUN =
  /[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0900-\u097f\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]/;
const END = /[.!?;。！？؟।…]/;
const BLANK = /[ \n\t\r\u3000\u00a0]/;

/** Letters that no decomposition turns into plain ones. */
const FOLDED: Readonly<Record<string, string>> = {
  ı: "i",
  ł: "l",
  ø: "o",
  đ: "d",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ð: "d",
};
const FOLDABLE = /[ıłøđßæœþð]/g;

/** Cyrillic and Greek letters that look Latin: used inside Latin words to get past filters. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: "a",
  в: "b",
  е: "e",
  к: "k",
  м: "m",
  н: "h",
  о: "o",
  р: "p",
  с: "c",
  т: "t",
  у: "y",
  х: "x",
  і: "i",
  ј: "j",
  ѕ: "s",
  ԁ: "d",
  α: "a",
  ε: "e",
  ι: "i",
  κ: "k",
  ο: "o",
  ρ: "p",
  τ: "t",
  υ: "u",
  χ: "x",
  ν: "v",
};
const LATIN = /[a-z]/;
const PLAIN_WORD = /^[A-Za-z0-9+]*$/;
const MIXED = /[\u0370-\u03ff\u0400-\u052f]/;

/** Removes accents, capitals, unseen signs and font tricks: for texts and for the words that they are compared with. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const plain = text.normalize("NFKD").replace(UNSEEN, "").replace(ACCENTS, "").normalize("NFC").toLowerCase();
  return plain.replace(ACCENTS, "").replace(FOLDABLE, unfold);
}

/**
 * Cuts a text into tokens.
 *
 * @param text - as it was typed; what lies behind Discord's 4,000 characters is left out
 */
export function tokenize(text: string): Token[] {
  const source = clear(text);
  const lower = source.toLowerCase();
  const simple = SIMPLE.test(source);
  const shouting = lower !== source && isShouting(source);

  const tokens: Token[] = [];
  let glued = false;
  let marked = false;
  let starts = true;
  let index = 0;
  while (index < source.length) {
    const start = index;
    const kind = kindAt(source, index);
    if (kind !== WORD_LETTER && kind !== RUN_LETTER) {
      if (kind === SPACE) glued = false;
      else if (kind === SENTENCE_END) starts = true;
      marked = kind === MARK;
      index += 1;
      continue;
    }
    index = endOfWord(source, index, kind);
    let text: string;
    let possessive = false;
    if (simple) text = lower.slice(start, index);
    else {
      const raw = source.slice(start, index);
      text = cleanWord(raw);
      possessive = POSSESSIVE.test(raw);
    }
    if (text === "") continue;
    const first = source.charCodeAt(start);
    const capital = !shouting && first >= 65 && first <= 90;
    tokens.push({ text, capital, possessive, marked, glued, starts, run: kind === RUN_LETTER });
    glued = true;
    marked = false;
    starts = false;
  }
  return joinSpelled(tokens);
}

/** Leaves out what is no word: unseen signs, accents, mentions, email addresses, and of links all but the host. */
function clear(text: string): string {
  let source = text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text;
  if (!ASCII.test(source)) {
    source = source.normalize("NFKD").replace(UNSEEN, "").replace(ACCENTS, "").normalize("NFC");
    // Some single letters decompose into a whole phrase, so the limit counts again afterwards.
    source = source.slice(0, MAX_LENGTH);
  }
  if (source.includes("<")) source = source.replace(MENTION, " ");
  if (source.includes("://") || source.includes("www.") || source.includes("WWW.")) {
    source = source.replace(LINK, " $1 ");
  }
  return source.includes("@") ? source.replace(EMAIL, " ") : source;
}

const OTHER = 0;
const WORD_LETTER = 1;
const RUN_LETTER = 2;
const SPACE = 3;
const SENTENCE_END = 4;
const MARK = 5;
const JOINT = 6;
type Kind =
  | typeof OTHER
  | typeof WORD_LETTER
  | typeof RUN_LETTER
  | typeof SPACE
  | typeof SENTENCE_END
  | typeof MARK
  | typeof JOINT;

/** The kinds of ASCII's signs: a table, as nearly all texts consist of these. */
const ASCII_KINDS: readonly Kind[] = Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(sign: string): Kind {
  if (RUN.test(sign)) return LETTER.test(sign) ? RUN_LETTER : OTHER;
  if (LETTER.test(sign)) return WORD_LETTER;
  if (BLANK.test(sign)) return SPACE;
  if (APOSTROPHES.test(sign) || sign === "$") return JOINT;
  if (END.test(sign)) return SENTENCE_END;
  return sign === "@" || sign === "#" ? MARK : OTHER;
}

function kindAt(source: string, index: number): Kind {
  return ASCII_KINDS[source.charCodeAt(index)] ?? kindOf(source.charAt(index));
}

function endOfWord(source: string, from: number, kind: Kind): number {
  let index = from + 1;
  for (; index < source.length; index += 1) {
    const next = kindAt(source, index);
    if (next === kind) continue;
    // can't, a$ap
    const joins = next === JOINT && kind === WORD_LETTER && index + 1 < source.length;
    if (!joins || kindAt(source, index + 1) !== WORD_LETTER) break;
  }
  // disney+, ubisoft+: the sign belongs to the name.
  return kind === WORD_LETTER && source.charCodeAt(index) === PLUS ? index + 1 : index;
}

const PLUS = 43;

function cleanWord(raw: string): string {
  if (PLAIN_WORD.test(raw)) return raw.toLowerCase();
  const word = raw.toLowerCase().replace(ALL_APOSTROPHES, "").replace(ACCENTS, "").replace(FOLDABLE, unfold);
  if (!MIXED.test(word) || !LATIN.test(word)) return word;
  return Array.from(word, (letter) => LOOKALIKES[letter] ?? letter).join("");
}

function unfold(letter: string): string {
  return FOLDED[letter] ?? letter;
}

/** Whether so many letters are capitals that a capital says nothing. */
function isShouting(source: string): boolean {
  let upper = 0;
  let lower = 0;
  for (let index = 0; index < source.length; index += 1) {
    const code = source.charCodeAt(index);
    if (code >= 97 && code <= 122) lower += 1;
    else if (code >= 65 && code <= 90) upper += 1;
    // Most texts are decided half-way.
    if (lower * 2 > source.length) return false;
  }
  return upper > lower;
}

/** So many single letters in a row are a word. */
const SPELLED = 5;

/** Joins letters that were typed apart: d e l e t e. */
function joinSpelled(tokens: Token[]): Token[] {
  if (!hasSpelled(tokens)) return tokens;
  const joined: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const first = tokens[index];
    if (first === undefined) break;
    let end = index;
    while (isSingleLetter(tokens[end])) end += 1;
    if (end - index < SPELLED) {
      joined.push(first);
      continue;
    }
    const text = tokens
      .slice(index, end)
      .map((token) => token.text)
      .join("");
    joined.push({ ...first, text });
    index = end - 1;
  }
  return joined;
}

function hasSpelled(tokens: readonly Token[]): boolean {
  let row = 0;
  for (const token of tokens) {
    row = isSingleLetter(token) ? row + 1 : 0;
    if (row === SPELLED) return true;
  }
  return false;
}

function isSingleLetter(token: Token | undefined): boolean {
  return token !== undefined && token.text.length === 1 && !token.run && token.text >= "a";
}
