/** A pattern taken apart, as far as it is needed to tell what it looks for. `fold`: capitals and small letters are one. */
export type Part =
  | { readonly kind: 'letter'; readonly letter: string; readonly fold: boolean }
  /** One of a class; `letters` where they are few, which is all of them. */
  | { readonly kind: 'class'; readonly written: string; readonly letters?: readonly string[]; readonly fold: boolean }
  | { readonly kind: 'any' }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly not: boolean; readonly part: Part }
  /** What an earlier group took, once more. */
  | { readonly kind: 'again'; readonly written: string }
  | { readonly kind: 'repeat'; readonly least: number; readonly most: number | undefined; readonly part: Part }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'either'; readonly parts: readonly Part[] };

export type Place = 'start' | 'end' | 'lineStart' | 'lineEnd' | 'wordEdge' | 'insideWord';

interface Flags {
  readonly fold: boolean;
  readonly lines: boolean;
}

/** Letters of a class that are told one by one. */
const MOST_OF_A_CLASS = 10;
const REPEAT = /^(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})\??/;
const LOOKS: readonly (readonly [string, { readonly ahead: boolean; readonly not: boolean }])[] = [
  ['(?=', { ahead: true, not: false }],
  ['(?!', { ahead: true, not: true }],
  ['(?<=', { ahead: false, not: false }],
  ['(?<!', { ahead: false, not: true }],
];
const NAMED = /^\(\?P?<[^>=!]{1,40}>/;
const FLAGS = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/;
const AGAIN = /^\\(?:[1-9]\d?|k<[^>]{1,40}>)/;
const PLACES: Readonly<Record<string, Place>> = {
  '\\b': 'wordEdge',
  '\\B': 'insideWord',
  '\\A': 'start',
  '\\z': 'end',
};
const SHARED_CLASS = /^\\(?:[dDwWsS]|[pP](?:\{[^}]{1,60}\}|[A-Z]))/;
const BY_NUMBER = /^\\(?:x\{([\da-fA-F]{1,6})\}|x([\da-fA-F]{2})|u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4}))/;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };

/** Undefined for what this does not know: the pattern may be good all the same. */
export function readSyntax(pattern: string, ignoreCase: boolean): Part | undefined {
  const reader = new Reader(pattern);
  const part = reader.either({ fold: ignoreCase, lines: false });
  return reader.whole ? part : undefined;
}

class Reader {
  readonly #pattern: string;
  #at = 0;
  #lost = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Everything was read, and understood. */
  get whole(): boolean {
    return !this.#lost && this.#at === this.#pattern.length;
  }

  /** Up to the bracket that closes it, or the end. */
  either(given: Flags): Part {
    let flags = given;
    const ways: Part[] = [];
    let parts: Part[] = [];
    while (this.#at < this.#pattern.length && !this.#next(')') && !this.#lost) {
      if (this.#take('|')) {
        ways.push(sequence(parts));
        parts = [];
        continue;
      }
      const set = this.#flagsFromHere(flags);
      if (set) flags = set;
      else parts.push(this.#repeated(this.#one(flags)));
    }
    ways.push(sequence(parts));
    return ways.length === 1 && ways[0] ? ways[0] : { kind: 'either', parts: ways };
  }

  /** `(?i)` holds to the end of its group. */
  #flagsFromHere(flags: Flags): Flags | undefined {
    const [whole, on = '', off = '', end] = FLAGS.exec(this.#rest(20)) ?? [];
    if (whole === undefined || end !== ')') return undefined;
    this.#at += whole.length;
    return changed(flags, on, off);
  }

  #one(flags: Flags): Part {
    if (this.#next('(')) return this.#group(flags);
    if (this.#next('[')) return this.#class(flags);
    if (this.#next('\\')) return this.#escape(flags);
    if (this.#take('.')) return { kind: 'any' };
    if (this.#take('^')) return { kind: 'place', place: flags.lines ? 'lineStart' : 'start' };
    if (this.#take('$')) return { kind: 'place', place: flags.lines ? 'lineEnd' : 'end' };
    return this.#letter(flags);
  }

  #letter({ fold }: Flags): Part {
    const letter = String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0);
    this.#at += letter.length;
    return { kind: 'letter', letter, fold };
  }

  #repeated(part: Part): Part {
    const [whole, sign, least, comma, most] = REPEAT.exec(this.#rest(14)) ?? [];
    if (whole === undefined) return part;
    this.#at += whole.length;
    if (sign === '*') return { kind: 'repeat', least: 0, most: undefined, part };
    if (sign === '+') return { kind: 'repeat', least: 1, most: undefined, part };
    if (sign === '?') return { kind: 'repeat', least: 0, most: 1, part };
    const last = comma === undefined ? Number(least) : most ? Number(most) : undefined;
    return { kind: 'repeat', least: Number(least), most: last, part };
  }

  #group(flags: Flags): Part {
    const rest = this.#rest(60);
    const look = LOOKS.find(([sign]) => rest.startsWith(sign));
    if (look) {
      this.#at += look[0].length;
      return { kind: 'look', ...look[1], part: this.#inside(flags) };
    }
    const [own, on = '', off = '', end] = FLAGS.exec(rest) ?? [];
    const [named] = NAMED.exec(rest) ?? [];
    const opening = own !== undefined && end === ':' ? own : (named ?? '(');
    if (opening === '(' && rest.startsWith('(?')) this.#lost = true;
    this.#at += opening.length;
    return this.#inside(opening === own ? changed(flags, on, off) : flags);
  }

  #inside(flags: Flags): Part {
    const part = this.either(flags);
    if (!this.#take(')')) this.#lost = true;
    return part;
  }

  #escape(flags: Flags): Part {
    const rest = this.#rest(70);
    if (rest.startsWith('\\Q')) return this.#quoted(flags);
    const [again] = AGAIN.exec(rest) ?? [];
    if (again !== undefined) return this.#taken(again, { kind: 'again', written: again });
    const place = PLACES[rest.slice(0, 2)];
    if (place) return this.#taken(rest.slice(0, 2), { kind: 'place', place });
    const [shared] = SHARED_CLASS.exec(rest) ?? [];
    if (shared !== undefined) return this.#taken(shared, { kind: 'class', written: shared, fold: flags.fold });
    const letter = this.#escapedLetter();
    if (letter === undefined) this.#lost = true;
    return { kind: 'letter', letter: letter ?? '', fold: flags.fold };
  }

  /** Undefined for what is not known to be one letter. */
  #escapedLetter(): string | undefined {
    const rest = this.#rest(12);
    const [whole, ...hex] = BY_NUMBER.exec(rest) ?? [];
    if (whole !== undefined) {
      this.#at += whole.length;
      const point = Number.parseInt(hex.find((one) => one !== undefined) ?? '', 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
    }
    const sign = String.fromCodePoint(rest.codePointAt(1) ?? 0);
    if (/[a-zA-Z0-9]/.test(sign) && !(sign in CONTROLS)) return undefined;
    this.#at += 1 + sign.length;
    return CONTROLS[sign] ?? sign;
  }

  #quoted({ fold }: Flags): Part {
    const end = this.#pattern.indexOf('\\E', this.#at);
    const text = this.#pattern.slice(this.#at + 2, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#pattern.length : end + 2;
    return sequence(Array.from(text, (letter) => ({ kind: 'letter', letter, fold })));
  }

  #class({ fold }: Flags): Part {
    const from = this.#at++;
    const not = this.#take('^');
    if (this.#next(']')) this.#lost = true;
    const letters: string[] = [];
    let few = !not;
    while (!this.#lost && !this.#next(']')) {
      const member = this.#member();
      if (member === undefined || (this.#next('-') && !this.#rest(2).endsWith(']'))) few = false;
      else letters.push(member);
    }
    this.#take(']');
    const written = this.#pattern.slice(from, this.#at);
    return { kind: 'class', written, fold, ...(few && letters.length <= MOST_OF_A_CLASS && { letters }) };
  }

  /** A letter of a class, or undefined for more than one. */
  #member(): string | undefined {
    const rest = this.#rest(70);
    const [more] = /^\[:\^?[a-z]{1,12}:\]/.exec(rest) ?? SHARED_CLASS.exec(rest) ?? [];
    if (more !== undefined) {
      this.#at += more.length;
      return undefined;
    }
    if (rest === '') return this.#giveUp();
    if (!rest.startsWith('\\')) {
      const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      this.#at += letter.length;
      return letter;
    }
    if (rest.startsWith('\\b')) this.#lost = true;
    return this.#escapedLetter() ?? this.#giveUp();
  }

  #giveUp(): undefined {
    this.#lost = true;
  }

  #taken(sign: string, part: Part): Part {
    this.#at += sign.length;
    return part;
  }

  #rest(letters: number): string {
    return this.#pattern.slice(this.#at, this.#at + letters);
  }

  #next(sign: string): boolean {
    return this.#pattern.startsWith(sign, this.#at);
  }

  #take(sign: string): boolean {
    const there = this.#next(sign);
    if (there) this.#at += sign.length;
    return there;
  }
}

function changed({ fold, lines }: Flags, on: string, off: string): Flags {
  return {
    fold: (fold || on.includes('i')) && !off.includes('i'),
    lines: (lines || on.includes('m')) && !off.includes('m'),
  };
}

function sequence(parts: readonly Part[]): Part {
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'sequence', parts };
}
