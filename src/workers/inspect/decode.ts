import { fileTypeFromBuffer } from 'file-type';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1';

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
/** Texts have few, and no zero; what is compressed or compiled has a tenth. */
const MOST_CONTROLS = 0.02;
const FEW_CONTROLS = 4;
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

function textOf(bytes: Uint8Array, head: Uint8Array): Omit<Extract<Decoded, { kind: 'text' }>, 'kind'> | undefined {
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
    return (
      damagedUtf8(bytes) ?? {
        text: new TextDecoder('latin1').decode(bytes),
        encoding: 'latin-1',
        incomplete: false,
        replaced: 0,
      }
    );
  }
}

/** UTF-8 with a few bytes that do not belong: what is beyond ASCII in Latin-1 hardly ever makes whole characters of it. */
function damagedUtf8(bytes: Uint8Array) {
  const text = new TextDecoder().decode(bytes);
  let [whole, replaced] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === REPLACEMENT) replaced++;
    else if (unit > 127) whole++;
  }
  return whole >= replaced * WHOLE_A_BROKEN
    ? { text, encoding: 'utf-8' as const, incomplete: false, replaced }
    : undefined;
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

/** By its mark, or because every other byte of mostly western text is zero. */
function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const [even, odd] = zerosOf(head);
  const half = head.length / 2;
  const little = odd > half * 0.4 && even < half * 0.01;
  const big = even > half * 0.4 && odd < half * 0.01;
  if (half < 4 || !(little || big) || tooManyControls(head.filter((byte) => byte !== 0))) return undefined;
  return little ? 'utf-16le' : 'utf-16be';
}

/** How many there are at even and at odd places. */
function zerosOf(head: Uint8Array): [number, number] {
  let [even, odd] = [0, 0];
  for (let at = 0; at < head.length; at++) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  return [even, odd];
}

function tooManyControls(head: Uint8Array): boolean {
  let controls = 0;
  for (const byte of head) if (isControl(byte)) controls++;
  return controls > Math.max(FEW_CONTROLS, head.length * MOST_CONTROLS);
}

/** Below the space, save tab, line ends, form feed and the escape of coloured logs. */
function isControl(byte: number): boolean {
  return byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((char, at) => bytes[at] === char.charCodeAt(0));
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
