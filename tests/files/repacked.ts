import { deflateSync, inflateSync } from 'node:zlib';
import { gunzipSync, unzipSync, zipSync } from 'fflate';
import { gzip } from './gzip.ts';
import { mutated } from './mutated.ts';
import { join } from './picture-bytes.ts';
import { chunk } from './png.ts';
import type { Random } from './random.ts';

const HEADER = 64;

/** The file with only its beginning changed: whatever follows is read by what that says. */
function headMutated(bytes: Uint8Array, random: Random): Uint8Array {
  return join(mutated(bytes.subarray(0, HEADER), random), bytes.subarray(HEADER));
}

/** The file with what is packed in it changed and packed again, so that the change gets past the packing; itself where nothing is. */
function insideMutated(name: string, bytes: Uint8Array, random: Random): Uint8Array {
  if (/\.(?:zip|jar|apk|docx|xlsx|pptx)$/.test(name)) return zipMutated(bytes, random);
  if (name.endsWith('.png')) return pngMutated(bytes, random);
  if (name.endsWith('.gz')) return gzip(mutated(gunzipSync(bytes), random));
  return mutated(bytes, random);
}

/** A third of the cases goes to the whole file, its beginning, and what is packed in it each. */
export function anyhowMutated(name: string, bytes: Uint8Array, random: Random): Uint8Array {
  switch (random.below(3)) {
    case 0:
      return mutated(bytes, random);
    case 1:
      return headMutated(bytes, random);
    default:
      return insideMutated(name, bytes, random);
  }
}

function zipMutated(bytes: Uint8Array, random: Random): Uint8Array {
  const files = Object.entries(unzipSync(bytes));
  const chosen = random.below(files.length);
  return zipSync(
    Object.fromEntries(files.map(([path, content], at) => [path, at === chosen ? mutated(content, random) : content])),
  );
}

/** The rows of its pixels, and the sums of every part made right. */
function pngMutated(bytes: Uint8Array, random: Random): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + view.getUint32(at));
    if (type === 'IDAT')
      parts.push(chunk(type, new Uint8Array(deflateSync(mutated(new Uint8Array(inflateSync(data)), random)))));
    else parts.push(chunk(type, type === 'IEND' || random.below(3) > 0 ? data : mutated(data, random)));
  }
  return join(...parts);
}
