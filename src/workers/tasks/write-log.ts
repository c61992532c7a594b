import { type Static, Type } from '@sinclair/typebox';
import { defineTask } from '../task.ts';

const MOST_LINES = 20_000;
const MOST_BYTES = 8_000_000;
/** What makes a text stand otherwise than it was written, or look like another line. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const Output = Type.Object({
  bytes: Type.Uint8Array(),
  /** Lines that had no room. */
  left: Type.Integer(),
});

/** A file of text out of what is told of many things, a line each; further lines of one are set in. UTF-8. */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({ lines: Type.Array(Type.String(), { maxItems: MOST_LINES }) }),
  output: Output,
  sample: { lines: ['12:00:00 a message was deleted:\nhello'] },
  run({ lines }): Static<typeof Output> {
    const parts: Buffer[] = [];
    let size = 0;
    for (const [at, line] of lines.entries()) {
      const part = Buffer.from(`${lineOf(line)}\n`);
      size += part.length;
      if (size > MOST_BYTES) return { bytes: plain(parts), left: lines.length - at };
      parts.push(part);
    }
    return { bytes: plain(parts), left: 0 };
  },
});

function lineOf(text: string): string {
  return text
    .toWellFormed()
    .split('\n')
    .map((part) => part.replaceAll(CONTROLS, ' '))
    .join('\n    ');
}

function plain(parts: readonly Buffer[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
