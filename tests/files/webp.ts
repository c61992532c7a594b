import type { Moving, Pixels } from './canvas.ts';
import { join, le16, le24, le32 } from './picture-bytes.ts';
import { webp } from './pictures.ts';

export function riffChunk(type: string, data: Uint8Array): Uint8Array {
  return join(type, le32(data.length), data, data.length % 2 ? [0] : []);
}

function riff(...chunks: readonly Uint8Array[]): Uint8Array {
  const body = join('WEBP', ...chunks);
  return join('RIFF', le32(body.length), body);
}

/** The chunks of a file that an encoder made, without what stands around them. */
function pixelChunks(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset);
  const kept: Uint8Array[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    const type = String.fromCharCode(...file.subarray(at, at + 4));
    if (type !== 'VP8X') kept.push(file.subarray(at, end));
    at = end;
  }
  return join(...kept);
}

/** The same file with the chunks that only an extended one has. `flags`: 0x20 profile, 0x10 alpha, 8 EXIF, 4 XMP, 2 movement. */
export function extendedWebp(
  file: Uint8Array,
  size: Pick<Pixels, 'width' | 'height'>,
  flags: number,
  ...more: readonly Uint8Array[]
): Uint8Array {
  const header = join([flags, 0, 0, 0], le24(size.width - 1), le24(size.height - 1));
  return riff(riffChunk('VP8X', header), pixelChunks(file), ...more);
}

/** An animated WebP, of the size of its first frame; places are even. */
export async function movingWebp(frames: readonly Moving[], lossless = true): Promise<Uint8Array> {
  const { width = 1, height = 1 } = frames[0]?.pixels ?? {};
  const parts = await Promise.all(
    frames.map(async ({ pixels, x = 0, y = 0, after = 'keep', blend = 'over' }) => {
      const flags = (blend === 'instead' ? 2 : 0) | (after === 'clear' ? 1 : 0);
      const head = join(le24(x / 2), le24(y / 2), le24(pixels.width - 1), le24(pixels.height - 1), le24(100), [flags]);
      return riffChunk('ANMF', join(head, pixelChunks(await webp(pixels, { lossless }))));
    }),
  );
  const header = join([0x12, 0, 0, 0], le24(width - 1), le24(height - 1));
  return riff(riffChunk('VP8X', header), riffChunk('ANIM', join(le32(0), le16(0))), ...parts);
}
