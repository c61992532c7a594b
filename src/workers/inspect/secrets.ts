import { isTokenChar, type Secret, type SecretKind, tokenAt } from './secret-tokens.ts';
import { assigned } from './secret-values.ts';

export interface Masked {
  /** As long as it was, line for line and column for column: a star for each character of a secret. */
  readonly text: string;
  /** Each kind as often as it was found, up to a thousand in all. */
  readonly kinds: SecretKind[];
}

const MOST_KINDS = 1_000;
const MOST_PIECES = 20_000;
const TICK = 262_144;
const EQUALS = 61;
const COLON = 58;
const GREATER = 62;

/**
 * Finds tokens, keys, passwords and connection strings, and blots them out. One pass, character by character; whatever
 * is looked at from a place is bounded. `tick` is called now and then and may throw. Mask before you cut: of a token that
 * was cut in two nobody can tell any more that it was one.
 */
export function maskSecrets(text: string, tick: () => void = () => {}): Masked {
  const kinds: SecretKind[] = [];
  const ink = new Ink(text);
  let nextTick = TICK;
  for (let at = 0; at < text.length; at++) {
    if (at >= nextTick) {
      nextTick = at + TICK;
      tick();
    }
    const code = text.charCodeAt(at);
    let found: Secret | undefined;
    if (isTokenChar(code)) {
      let end = at + 1;
      while (end < text.length && isTokenChar(text.charCodeAt(end))) end++;
      found = end - at > 4 ? tokenAt(text, at, end) : undefined;
      if (!found) at = end - 1;
    } else if (code === EQUALS || code === COLON || code === GREATER) found = assigned(text, at);
    if (!found) continue;
    ink.blot(found.start, found.end);
    if (kinds.length < MOST_KINDS) kinds.push(found.kind);
    at = Math.max(at, found.end - 1);
  }
  return { text: ink.dry(), kinds };
}

/** A text with blots, put together in pieces. */
class Ink {
  readonly #text: string;
  #done = '';
  #pieces: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  blot(start: number, end: number): void {
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

/** Line ends stay where they are, the escaped ones too. */
function stars(secret: string): string {
  return secret.includes('\n') || secret.includes('\\')
    ? secret.replace(/\\[nr"\\]|[^\r\n]/g, (char) => (char.length === 2 ? char : '*'))
    : '*'.repeat(secret.length);
}
