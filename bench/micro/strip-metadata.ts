import stripMetadata from '../../src/workers/tasks/strip-metadata.ts';
import { exif, jpegSegment, withSegments } from '../../tests/files/exif.ts';
import { join, repeated } from '../../tests/files/picture-bytes.ts';
import { jpeg } from '../../tests/files/pictures.ts';
import { chunk, pngHeader, SIGNATURE } from '../../tests/files/png.ts';
import { LARGEST_FILE } from '../load/limits.ts';
import { gifOf } from '../load/pictures.ts';
import { randomBytes } from '../load/random-bytes.ts';
import { defineMicro, sized } from '../micro.ts';

const EXIF = exif({ make: 'Camera', model: 'One', taken: '2026:03:04 05:06:07', orientation: 6 });
const CHUNK_BYTES = 8_192;

/** Nothing is decoded, so what the pixels are packed in need not be pixels. */
function pngOfBytes(bytes: number): Uint8Array {
  const data = chunk('IDAT', randomBytes(CHUNK_BYTES));
  const chunks = Array.from({ length: Math.ceil(bytes / data.length) }, () => data);
  return join(SIGNATURE, pngHeader(1_000, 1_000), chunk('eXIf', EXIF), ...chunks, chunk('IEND'));
}

/** Noise, which hardly packs: about a byte a pixel. */
async function jpegOfBytes(bytes: number): Promise<Uint8Array> {
  const side = Math.floor(Math.sqrt(bytes));
  const data = new Uint8ClampedArray(repeated(randomBytes(side * 4), side).buffer);
  const file = await jpeg({ data, width: side, height: side }, { quality: 70 });
  return withSegments(file, jpegSegment(0xe1, join('Exif\0\0', EXIF)));
}

/** The amounts are those of bytes, or of frames. */
export default defineMicro({
  task: stripMetadata,
  about: 'a picture without what it tells beside its pixels',
  inputs: {
    png: sized((bytes) => ({ bytes: pngOfBytes(bytes) }), [10_000, 1_000_000, LARGEST_FILE]),
    jpeg: sized(async (bytes) => ({ bytes: await jpegOfBytes(bytes) }), [10_000, 1_000_000, 16_000_000]),
    gif: sized((frames) => ({ bytes: gifOf(frames) }), [1, 30, 1_000]),
  },
});
