import { type Budget, LimitError } from '../budget.ts';
import { startOfDeflated } from '../deflate-start.ts';
import { latin1 } from './data-view.ts';
import type { Metadata } from './picture.ts';

type Text = Extract<Metadata, { kind: 'text' }>;

const MOST_TEXT = 65_536;
/** Where a place is told, it stands in front of the thumbnail, which is most of such a block. */
const MOST_PROFILE = 262_144;
const ZLIB_HEADER = 2;
const RAW_PROFILE = /^raw profile type /i;
const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const ADOBE = 'XML:com.adobe.xmp';

/** The text in words; nothing where it is none, cannot be unpacked, or is longer than anybody writes. */
export function textOf(text: Text, budget: Budget): string {
  const bytes = unpacked(text, MOST_TEXT + 1, budget);
  if (text.packed && bytes.length > MOST_TEXT) return '';
  const value = new TextDecoder().decode(bytes.subarray(0, MOST_TEXT)).trim();
  return value && text.name ? `${text.name}: ${value}` : value;
}

/** Whether a program has written into it what other formats have places of their own for. */
export function isProfile({ name }: Text): boolean {
  return RAW_PROFILE.test(name) || name === ADOBE;
}

/** What such a text stands for: EXIF, or Adobe's XML; undefined for anything else. */
export function profileIn(text: Text, budget: Budget): Metadata | undefined {
  const bytes = unpacked(text, MOST_PROFILE, budget);
  if (text.name === ADOBE) return { kind: 'xmp', bytes };
  const profile = fromHex(new TextDecoder().decode(bytes));
  const head = latin1(profile.subarray(0, XMP.length));
  if (head.startsWith(EXIF)) return { kind: 'exif', bytes: profile.subarray(EXIF.length) };
  if (head.startsWith('II') || head.startsWith('MM')) return { kind: 'exif', bytes: profile };
  if (head === XMP) return { kind: 'xmp', bytes: profile.subarray(XMP.length) };
  return head.startsWith('<') ? { kind: 'xmp', bytes: profile } : undefined;
}

/** As ImageMagick and others write it: what it is, how many bytes it has, and those in lines of hexadecimal digits. */
function fromHex(text: string): Uint8Array {
  const [, digits = ''] = /^\s*\w{1,20}\s+\d{1,10}\s([\da-f\s]*)/i.exec(text) ?? [];
  return Buffer.from(digits.replace(/\s+/g, ''), 'hex');
}

function unpacked({ bytes, packed }: Text, most: number, budget: Budget): Uint8Array {
  if (!packed) return bytes.subarray(0, most);
  try {
    return startOfDeflated(bytes.subarray(ZLIB_HEADER), most, budget);
  } catch (error) {
    if (error instanceof LimitError) throw error;
    return new Uint8Array();
  }
}
