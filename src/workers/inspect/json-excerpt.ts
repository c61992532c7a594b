import { safeText } from './safe-text.ts';

const INDENT = '  ';
/** Beyond so many levels lines go no further to the right. */
const DEEPEST = 12;
const LONGEST_VALUE = 60;

/**
 * The first lines of JSON as they would be laid out with one value a line, whatever the text is laid out like. Reads no
 * further than it shows, says nothing of faults, and makes the best of what is broken or cut off.
 */
export function jsonExcerpt(
  text: string,
  { lines, width }: { readonly lines: number; readonly width: number },
): string {
  return new Layout(text, lines, width).run();
}

class Layout {
  readonly #text: string;
  readonly #most: number;
  readonly #width: number;
  readonly #lines: string[] = [];
  #line = '';
  #depth = 0;

  constructor(text: string, most: number, width: number) {
    this.#text = text;
    this.#most = most;
    this.#width = width;
  }

  run(): string {
    const text = this.#text;
    for (let at = 0; at < text.length && this.#lines.length < this.#most; ) {
      const char = text[at] ?? '';
      if (char === ' ' || char === '\n' || char === '\r' || char === '\t') at++;
      else if (char === '"') at = this.#string(at);
      else if ('{}[],:'.includes(char)) at = this.#sign(char, at);
      else at = this.#plain(at);
    }
    if (this.#line.trim() !== '' && this.#lines.length < this.#most) this.#break();
    return this.#lines.map((line) => safeText(line, this.#width)).join('\n');
  }

  #sign(char: string, at: number): number {
    const empty = char === '{' || char === '[' ? emptyEnd(this.#text, at, char) : 0;
    if (empty > 0) {
      this.#line += char === '{' ? '{}' : '[]';
      return empty;
    }
    if (char === '{' || char === '[') {
      this.#line += char;
      this.#depth++;
      this.#break();
    } else if (char === '}' || char === ']') {
      if (this.#line.trim() !== '') this.#break();
      this.#depth = Math.max(0, this.#depth - 1);
      this.#line = this.#indent() + char;
    } else if (char === ',') {
      this.#line += char;
      this.#break();
    } else this.#line += ': ';
    return at + 1;
  }

  #string(at: number): number {
    let end = this.#text.indexOf('"', at + 1);
    while (end !== -1 && escaped(this.#text, end, at)) end = this.#text.indexOf('"', end + 1);
    const stop = end === -1 ? this.#text.length : end + 1;
    this.#line +=
      stop - at > LONGEST_VALUE ? `${this.#text.slice(at, at + LONGEST_VALUE)}…"` : this.#text.slice(at, stop);
    return stop;
  }

  #plain(at: number): number {
    let end = at + 1;
    while (end < this.#text.length && !'{}[],:" \n\r\t'.includes(this.#text[end] ?? ' ')) end++;
    this.#line += this.#text.slice(at, Math.min(end, at + LONGEST_VALUE));
    return end;
  }

  #break(): void {
    this.#lines.push(this.#line.trimEnd());
    this.#line = this.#indent();
  }

  #indent(): string {
    return INDENT.repeat(Math.min(this.#depth, DEEPEST));
  }
}

/** After the bracket that closes at once, or 0. */
function emptyEnd(text: string, at: number, open: string): number {
  let next = at + 1;
  while (next < at + 100 && (text[next] === ' ' || text[next] === '\n')) next++;
  return text[next] === (open === '{' ? '}' : ']') ? next + 1 : 0;
}

/** Whether an odd number of backslashes stands before. */
function escaped(text: string, at: number, from: number): boolean {
  let before = at - 1;
  while (before > from && text[before] === '\\') before--;
  return (at - 1 - before) % 2 === 1;
}
