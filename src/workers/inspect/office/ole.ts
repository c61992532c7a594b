import { ByteReader } from '../byte-reader.ts';
import type { Embedded } from '../embedded.ts';
import type { Cfb, CfbEntry } from './cfb.ts';

const MOST_NAME = 260;
const MOST_BYTES = 16_000_000;

/** Files that somebody put into a document as objects: packages of Windows, with the name they had. */
export function* packagesIn(cfb: Cfb): Generator<Embedded, void, undefined> {
  for (const entry of cfb.entries) {
    if (entry.kind !== 'stream') continue;
    if (entry.name === '\u0001Ole10Native') {
      const found = packageIn(cfb, entry);
      if (found) yield found;
    }
    // A document inside a document.
    if (entry.name === 'Package') yield { name: 'Package', usual: true, read: () => cfb.read(entry, MOST_BYTES) };
  }
}

/** Its length, its kind, its title, its name, where it lay, and then the file itself. */
function packageIn(cfb: Cfb, entry: CfbEntry): Embedded | undefined {
  const bytes = cfb.read(entry, MOST_BYTES);
  try {
    const reader = new ByteReader(bytes);
    reader.skip(6);
    const title = line(reader);
    const name = line(reader);
    reader.skip(4);
    reader.skip(reader.uint(4));
    const length = Math.min(reader.uint(4), reader.left);
    const file = reader.bytes(length);
    return { name: (title || name).split(/[\\/]/).at(-1) ?? title, read: () => file };
  } catch {
    // Of other objects, or cut off: what is in them has no name and is not a file.
    return undefined;
  }
}

function line(reader: ByteReader): string {
  let text = '';
  for (let byte = reader.byte(); byte !== 0; byte = reader.byte()) {
    if (text.length < MOST_NAME) text += String.fromCharCode(byte);
  }
  return text;
}
