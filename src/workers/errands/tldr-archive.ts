import { Type } from '@sinclair/typebox';
import { HttpRefusedError } from '../../lib/http-errors.ts';
import { defineErrand } from '../errand.ts';
import { Asked, fetchChanged, Version } from '../external/fetch-changed.ts';
import { MOST_ARCHIVE_BYTES } from '../external/limits.ts';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';

const TYPES = ['application/zip', 'application/x-zip-compressed', 'application/octet-stream', 'binary/octet-stream'];

/** The pages of tldr as they are released, packed, when they have changed. What is in it is for a task to see. */
export default defineErrand({
  input: Type.Object(Asked),
  output: Type.Union([
    Type.Object({ kind: Type.Literal('same') }),
    Type.Object({
      kind: Type.Literal('new'),
      ...Version,
      hash: Type.String(),
      bytes: SharedBytes(MOST_ARCHIVE_BYTES),
    }),
  ]),
  async run(asked, tools) {
    const changed = await fetchChanged(asked, { maxBytes: MOST_ARCHIVE_BYTES, accept: TYPES }, tools);
    if (!changed) return { kind: 'same' } as const;
    const { bytes, ...version } = changed;
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
      throw new HttpRefusedError('what came instead of the pages is no archive');
    return { kind: 'new', ...version, bytes: shareBytes(bytes) } as const;
  },
});
