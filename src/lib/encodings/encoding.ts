/** What came of decoding: bytes, or what is wrong with the text. `at` counts characters from 1. */
export type Decoded =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: 'character'; readonly at: number; readonly found: string }
  | { readonly ok: false; readonly problem: 'incomplete' };

/** What came of encoding; only Morse code cannot write everything. */
export type Encoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: 'character'; readonly at: number; readonly found: string };

/** A way to write a text, and back. Both take time in proportion to the text, whatever it is, and never throw. */
export interface Encoding {
  readonly encode: (text: string) => Encoded;
  readonly decode: (text: string) => Decoded;
}

export function asText(text: string): Encoded {
  return { ok: true, text };
}

export function asBytes(text: string): Decoded {
  return { ok: true, bytes: new TextEncoder().encode(text) };
}

/** `index` is where the character stands, in UTF-16 units. */
export function stray(text: string, index: number): Extract<Decoded, { problem: 'character' }> {
  const found = String.fromCodePoint(text.codePointAt(index) ?? 0);
  return { ok: false, problem: 'character', at: [...text.slice(0, index)].length + 1, found };
}
