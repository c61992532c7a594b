import { fileTypeFromBuffer } from 'file-type';
import { tooManyControls } from './controls.ts';
import { type OldEncoding, oldEncodingOf } from './old-encodings.ts';
import { fromUtf32, type Utf16, type Utf32, utf16Of, utf32Of } from './wide-encodings.ts';

/** `unknown`: none in which the text makes sense; then it is shown as Latin-1, in which every byte is something. */
type Encoding = 'utf-8' | Utf16 | Utf32 | OldEncoding | 'unknown';

export type Decoded =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly encoding: Encoding;
      readonly incomplete: boolean;
      readonly replaced: number;
    }
  | { readonly kind: 'binary'; readonly mime?: string; readonly ext?: string };

const SNIFFED_BYTES = 65_536;
/** Stands for what is no character. */
const REPLACEMENT = 0xfffd;
/** A text in UTF-8 may have one broken character for so many whole ones. */
const WHOLE_A_BROKEN = 4;

/** Text if the bytes can be read as text, in the encoding that their mark or their own order tells; else what they are. */
export async function decode(bytes: Uint8Array): Promise<Decoded> {
  const head = bytes.subarray(0, SNIFFED_BYTES);
  const text = startsWith(head, '%PDF-') ? undefined : textOf(bytes, head);
  if (text) return { kind: 'text', ...text };
  // A damaged file can make the detector give up; then nobody can say what it is.
  const type = await fileTypeFromBuffer(head).catch(() => undefined);
  return { kind: 'binary', ...(type && { mime: type.mime, ext: type.ext }) };
}

type Text = Omit<Extract<Decoded, { kind: 'text' }>, 'kind'>;

function textOf(bytes: Uint8Array, head: Uint8Array): Text | undefined {
  const wide = utf32Of(head);
  if (wide) return { text: fromUtf32(bytes, wide), encoding: wide, incomplete: bytes.length % 4 !== 0, replaced: 0 };
  const marked = utf16Of(head);
  if (marked)
    return {
      text: withoutMark(new TextDecoder(marked).decode(bytes)),
      encoding: marked,
      incomplete: bytes.length % 2 === 1,
      replaced: 0,
    };
  if (head.includes(0) || tooManyControls(head)) return undefined;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const text = decoder.decode(bytes, { stream: true });
    return { text, encoding: 'utf-8', incomplete: !ends(decoder), replaced: 0 };
  } catch {
    return damagedUtf8(bytes, head) ?? oldText(bytes, head);
  }
}

/** UTF-8 with a few bytes that do not belong: what is beyond ASCII in Latin-1 hardly ever makes whole characters of it. */
function damagedUtf8(bytes: Uint8Array, head: Uint8Array): Text | undefined {
  if (!isMostlyWhole(countsOf(new TextDecoder().decode(head, { stream: true })))) return undefined;
  const text = new TextDecoder().decode(bytes);
  const counts = countsOf(text);
  if (!isMostlyWhole(counts)) return undefined;
  return { text, encoding: 'utf-8', incomplete: false, replaced: counts.replaced };
}

function isMostlyWhole({ beyond, replaced }: ReturnType<typeof countsOf>): boolean {
  return beyond - replaced >= replaced * WHOLE_A_BROKEN;
}

function oldText(bytes: Uint8Array, head: Uint8Array): Text {
  const encoding = oldEncodingOf(head) ?? 'unknown';
  const everyByte = encoding === 'unknown' || encoding === 'latin-1'; // is something there
  const text = new TextDecoder(everyByte ? 'latin1' : encoding).decode(bytes);
  return { text, encoding, incomplete: false, replaced: everyByte ? 0 : countsOf(text).replaced };
}

/** How much of a text is beyond ASCII, and how much of that stands for what could not be read. */
function countsOf(text: string): { readonly beyond: number; readonly replaced: number } {
  let [beyond, replaced] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 127) beyond++;
    if (unit === REPLACEMENT) replaced++;
  }
  return { beyond, replaced };
}

/** False when the last character was cut in two. */
function ends(decoder: TextDecoder): boolean {
  try {
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((char, at) => bytes[at] === char.charCodeAt(0));
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
