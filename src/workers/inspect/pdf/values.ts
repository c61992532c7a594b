import { BotError } from '../../../lib/errors.ts';

/** `/Name` */
export class Name {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** `12 0 R`: the object of that number. */
export class Ref {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

/** A string, one character a byte. */
export class Text {
  readonly bytes: string;
  constructor(bytes: string) {
    this.bytes = bytes;
  }
}

/** A bare word: an operator, or what should not be there. */
export class Word {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}

/** A dictionary, and where the bytes of its stream begin if it has one. */
export class Dict {
  readonly entries: ReadonlyMap<string, Value>;
  /** Of the stream's first byte, in `source`; -1 when it is a dictionary alone. */
  readonly streamAt: number;
  constructor(entries: ReadonlyMap<string, Value>, streamAt = -1) {
    this.entries = entries;
    this.streamAt = streamAt;
  }

  get(...names: readonly string[]): Value {
    for (const name of names) {
      const value = this.entries.get(name);
      if (value !== undefined) return value;
    }
    return null;
  }
}

export type Value = null | boolean | number | Name | Ref | Text | Word | Dict | readonly Value[];

/** The file breaks the rules of its format there. */
export class PdfError extends BotError {}

/** The name it is, or nothing. */
export function nameOf(value: Value): string | undefined {
  return value instanceof Name ? value.name : undefined;
}

/** The text of a string: UTF-16 or UTF-8 by its mark, else Latin-1, which its own encoding is but for a few. */
export function textOf(value: Value): string | undefined {
  if (!(value instanceof Text)) return undefined;
  const { bytes } = value;
  const mark = bytes.slice(0, 3);
  if (mark.startsWith('\xfe\xff')) return decode('utf-16be', bytes.slice(2));
  if (mark.startsWith('\xff\xfe')) return decode('utf-16le', bytes.slice(2));
  return mark === '\xef\xbb\xbf' ? decode('utf-8', bytes.slice(3)) : bytes;
}

function decode(encoding: string, bytes: string): string {
  return new TextDecoder(encoding).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}
