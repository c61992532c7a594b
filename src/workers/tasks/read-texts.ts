import { Type } from '@sinclair/typebox';
import { MOST_REPLAYED, MOST_REPLAYED_BYTES } from '../rules/read/limits.ts';
import { countLines, textsIn } from '../rules/read/lines.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

/**
 * Makes an uploaded file of messages ready to be read some lines at a time: one that is an array of JSON becomes a string of JSON a line. Says
 * how many there are; more than `MOST_REPLAYED` are not made ready.
 */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({ file: SharedBytes(MOST_REPLAYED_BYTES) }),
  output: Type.Object({ total: Type.Integer(), json: Type.Optional(SharedBytes(2 * MOST_REPLAYED_BYTES)) }),
  sample: { file: new SharedArrayBuffer(0) },
  run({ file }) {
    const texts = textsIn(file);
    if (!texts) return { total: countLines(file, MOST_REPLAYED) };
    if (texts.length > MOST_REPLAYED) return { total: texts.length };
    const lines = texts.map((text) => JSON.stringify(text)).join('\n');
    return { total: texts.length, json: shareBytes(new TextEncoder().encode(lines)) };
  },
});
