import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { FILE_LIMITS } from '../file-limits.ts';

function limit(bounds: { readonly default: number; readonly minimum: number; readonly maximum: number }) {
  return Type.Integer({ ...bounds, expected: 'settings.expected.limit' });
}

/** What becomes of files, and how much of them is opened. */
export default defineArea({
  schema: Type.Object(
    {
      /** What is done with a picture that looks like one the server's moderators have blocked. */
      shield: Type.Union([Type.Literal('off'), Type.Literal('flag'), Type.Literal('delete')], {
        default: 'delete',
        expected: 'settings.expected.shield',
      }),
      /** Whether pictures that other servers have blocked are flagged; they are never deleted for that. */
      sharedLists: Type.Boolean({ default: true, expected: 'settings.expected.yesNo' }),
      /** Whether uploads of text are looked through for secrets, and their authors warned. */
      watchUploads: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
      maxMegabytes: limit(FILE_LIMITS.maxMegabytes),
      downloadSeconds: limit(FILE_LIMITS.downloadSeconds),
      unpackedMegabytes: limit(FILE_LIMITS.unpackedMegabytes),
      entries: limit(FILE_LIMITS.entries),
      depth: limit(FILE_LIMITS.depth),
      megapixels: limit(FILE_LIMITS.megapixels),
      frames: limit(FILE_LIMITS.frames),
      pages: limit(FILE_LIMITS.pages),
      rows: limit(FILE_LIMITS.rows),
      openingMilliseconds: limit(FILE_LIMITS.openingMilliseconds),
    },
    { additionalProperties: false },
  ),
});
