import { ByteReader } from '../byte-reader.ts';
import type { Embedded } from '../embedded.ts';
import type { Cfb, CfbEntry } from './cfb.ts';

const MOST_NAME = 260;
const MOST_BYTES = 16_000_000;

/** What Outlook calls the bytes of an attachment, and its long and its short name beside them, in two bytes a letter or one. */
const ATTACHED = '__substg1.0_37010102';
const NAMES = ['3707001F', '3704001F', '3707001E', '3704001E'].map((tag) => `__substg1.0_${tag}`);

/** Files that somebody put into a document as objects, or attached to a message, with the name they had. */
export function* packagesIn(cfb: Cfb): Generator<Embedded, void, undefined> {
  for (const entry of cfb.entries) {
    if (entry.kind !== 'stream') continue;
    if (entry.name === '\u0001Ole10Native') {
      const found = packageIn(cfb, entry);
      if (found) yield found;
    }
    if (entry.name === ATTACHED) yield { name: attachedName(cfb, entry), read: () => cfb.read(entry, MOST_BYTES) };
    // A document inside a document.
    if (entry.name === 'Package') yield { name: 'Package', usual: true, read: () => cfb.read(entry, MOST_BYTES) };
  }
}

function attachedName(cfb: Cfb, { path }: CfbEntry): string {
  const folder = path.slice(0, -ATTACHED.length);
  for (const name of NAMES) {
    const entry = cfb.entries.find((one) => one.path === `${folder}${name}`);
    if (!entry) continue;
    const text = new TextDecoder(name.endsWith('F') ? 'utf-16le' : 'latin1').decode(cfb.read(entry, MOST_NAME * 2));
    return text.replaceAll('\0', '');
  }
  return '?';
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
