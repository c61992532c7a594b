import { inPlace } from './secret-places.ts';
import { isTokenChar, type Secret, type SecretKind, tokenAt } from './secret-tokens.ts';
import { assigned } from './secret-values.ts';
import { Marks, withoutMarks } from './unseen-marks.ts';

export interface Masked {
  /** As long as it was, line for line and column for column: a star for each character of a secret. */
  readonly text: string;
  /** Each kind as often as it was found, up to a thousand in all. */
  readonly kinds: SecretKind[];
}

const MOST_KINDS = 1_000;
const MOST_PIECES = 20_000;
const TICK = 65_536;
const EQUALS = 61;
const COLON = 58;
const GREATER = 62;
const UNDERSCORE = 95;
/** How far into a word a token may begin, and how often in a word one is looked for. */
const LONGEST_BEFORE = 200;
const MOST_TRIES = 16;
const SHORTEST_WORD = 5;

/**
 * Finds tokens, keys, passwords and connection strings, and blots them out, also where colours or spaces of no width
 * stand in them. One pass, character by character; whatever is looked at from a place is bounded. `tick` is called now
 * and then and may throw. Mask before you cut: of a token that was cut in two nobody can tell any more that it was one.
 */
export function maskSecrets(whole: string, tick: () => void = () => {}): Masked {
  const kinds: SecretKind[] = [];
  const text = withoutMarks(whole);
  const marked = text.length < whole.length;
  const marks = marked ? new Marks(whole) : undefined;
  const ink = new Ink(whole, marked ? new Marks(whole) : undefined);
  let nextTick = TICK;
  for (let at = 0; at < text.length; at++) {
    if (at >= nextTick) {
      nextTick = at + TICK;
      tick();
    }
    const code = text.charCodeAt(at);
    let found: Secret | undefined;
    if (isTokenChar(code)) {
      let end = at;
      let joined = false;
      for (let next = code; isTokenChar(next); next = text.charCodeAt(++end)) joined ||= next === UNDERSCORE;
      found = (end - at >= SHORTEST_WORD ? tokenAt(text, at, end) : undefined) ?? inPlace(text, at, end);
      if (!found && (joined || marks?.within(end))) found = tokenWithin(text, at, end, marks);
      if (!found) at = end - 1;
    } else if (code === EQUALS || code === COLON || code === GREATER) found = assigned(text, at);
    if (!found) continue;
    ink.blot(found.start, found.end);
    if (found.kind && kinds.length < MOST_KINDS) kinds.push(found.kind);
    at = Math.max(at, found.end - 1);
  }
  return { text: ink.dry(), kinds };
}

/** A token in a word that begins with something else: behind `_`, or behind what shows nothing. */
function tokenWithin(text: string, start: number, end: number, marks: Marks | undefined): Secret | undefined {
  const last = Math.min(end - SHORTEST_WORD, start + LONGEST_BEFORE);
  for (let at = start + 1, tries = 0; at < last && tries < MOST_TRIES; at++) {
    if (text.charCodeAt(at - 1) !== UNDERSCORE && !marks?.before(at)) continue;
    tries++;
    const found = tokenAt(text, at, end);
    if (found && (found.kind === 'awsKey' || isRandom(text.slice(found.start, found.end)))) return found;
  }
  return undefined;
}

/** As what a machine made up is, and names with dashes in them are not. */
function isRandom(token: string): boolean {
  return /\d/.test(token) && /[a-z]/.test(token) && /[A-Z]/.test(token);
}

/** A text with blots, put together in pieces. */
class Ink {
  readonly #text: string;
  readonly #marks: Marks | undefined;
  #done = '';
  #pieces: string[] = [];
  #at = 0;

  /** `marks`: the places that are blotted are those of the text without them. */
  constructor(text: string, marks: Marks | undefined) {
    this.#text = text;
    this.#marks = marks;
  }

  blot(from: number, to: number): void {
    const start = this.#marks?.whole(from) ?? from;
    const end = this.#marks && to > from ? this.#marks.whole(to - 1) + 1 : start + to - from;
    this.#pieces.push(this.#text.slice(this.#at, start), stars(this.#text.slice(start, end)));
    this.#at = end;
    if (this.#pieces.length < MOST_PIECES) return;
    this.#done += this.#pieces.join('');
    this.#pieces = [];
  }

  dry(): string {
    if (this.#at === 0) return this.#text;
    return this.#done + this.#pieces.join('') + this.#text.slice(this.#at);
  }
}

/** Line ends stay where they are, the escaped ones too, and so does how far to the right a line begins: YAML lives by it. */
export function stars(secret: string): string {
  return secret.includes('\n') || secret.includes('\\')
    ? secret.replace(/(\\[nr"\\]|(?<=\n)[ \t]+)|[^\r\n]/g, (_, kept?: string) => kept ?? '*')
    : '*'.repeat(secret.length);
}
