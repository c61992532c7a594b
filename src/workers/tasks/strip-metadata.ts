import { Type } from '@sinclair/typebox';
import { Budget } from '../inspect/budget.ts';
import { formatOf } from '../inspect/picture/formats.ts';
import { BrokenPictureError } from '../inspect/picture/picture.ts';
import { defineTask } from '../task.ts';

const LIMITS = {
  bytesOut: 0,
  entries: 0,
  depth: 0,
  pixels: 0,
  roughPixels: 0,
  frames: 0,
  pages: 0,
  rows: 0,
  milliseconds: 4_000,
};

/**
 * The same picture without what it tells beside its pixels: nothing is decoded and compressed again, only left out. Which
 * side is up stays. Throws BrokenPictureError for what is no PNG, JPEG, GIF or WebP picture, or has no header.
 */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 5_000,
  input: Type.Object({ bytes: Type.Uint8Array() }),
  output: Type.Object({ bytes: Type.Uint8Array(), mime: Type.String() }),
  sample: { bytes: onePixel() },
  run({ bytes }) {
    const format = formatOf(bytes);
    if (!format) throw new BrokenPictureError('it is no picture that metadata can be left out of');
    const budget = new Budget(LIMITS);
    const { copy } = format.read(bytes, { tick: () => budget.checkTime(), mostFrames: 0 });
    return { bytes: copy.bytes(), mime: format.mime };
  },
});

/** The smallest GIF. */
function onePixel(): Uint8Array {
  return Uint8Array.from(atob('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs='), (char) => char.charCodeAt(0));
}
