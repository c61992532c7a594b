import { type Static, Type } from '@sinclair/typebox';
import { MOST_ID_BYTES } from '../ids/limits.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

/** Nobody is shown more of what could not be read. */
const MOST_SHOWN = 5;
const LONGEST_SHOWN = 40;
/** The largest number that Discord's ids can be: 64 bits, signed. */
const LARGEST = 2n ** 63n - 1n;

/** An id or a mention of a person, with whatever lists put around it. */
const PERSON = /^["'([]*<?@?!?(\d{15,20})>?["')\]]*$/;

const Output = Type.Object({
  ids: Type.Array(Type.String()),
  /** People beyond `most`. */
  beyond: Type.Integer(),
  twice: Type.Integer(),
  rubbish: Type.Integer(),
  /** The first pieces of it. */
  shown: Type.Array(Type.String()),
});

/**
 * Ids and mentions of people out of a text that somebody pasted or a file, each once, in their order. What else stands there is
 * counted. Reads any spacing, commas, semicolons and quotes; UTF-8, and UTF-16 with its mark.
 */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({
    text: Type.Optional(Type.String({ maxLength: MOST_ID_BYTES })),
    file: Type.Optional(SharedBytes(MOST_ID_BYTES)),
    most: Type.Integer({ minimum: 1, maximum: 10_000 }),
  }),
  output: Output,
  sample: { text: '<@123456789012345678>, 123456789012345679', file: shareBytes(new Uint8Array([51])), most: 10 },
  run({ text = '', file, most }): Static<typeof Output> {
    const ids = new Set<string>();
    let beyond = 0;
    let twice = 0;
    let rubbish = 0;
    const shown: string[] = [];
    for (const piece of piecesOf(`${text}\n${file ? decoded(file) : ''}`)) {
      const id = PERSON.exec(piece)?.[1];
      if (id === undefined || BigInt(id) > LARGEST) {
        rubbish++;
        if (shown.length < MOST_SHOWN) shown.push(piece.slice(0, LONGEST_SHOWN).toWellFormed());
      } else if (ids.has(id)) twice++;
      else if (ids.size < most) ids.add(id);
      else beyond++;
    }
    return { ids: [...ids], beyond, twice, rubbish, shown };
  },
});

function* piecesOf(text: string): Generator<string> {
  for (const [piece] of text.matchAll(/[^\s,;|]+/g)) yield piece;
}

function decoded(file: SharedArrayBuffer): string {
  const bytes = new Uint8Array(file);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}
