import { concat, latin1, u32, u64 } from './bytes.ts';
import { LZMA_SETTINGS, lzma } from './lzma.ts';

export interface SevenZipFile {
  readonly path: string;
  /** Absent for a folder. */
  readonly content?: string;
  /** What the header claims, if not the truth. */
  readonly size?: number;
}

interface Options {
  /** Packs the header too, as 7-Zip does. */
  readonly packHeader?: boolean;
  /** Tells of a lock on the contents, or on the header as well; nothing is really encrypted. */
  readonly locked?: 'contents' | 'header';
}

const COPY = Uint8Array.of(0x01, 0x00);
const LZMA = concat([Uint8Array.of(0x23, 3, 1, 1, 5, LZMA_SETTINGS), u32(1 << 16)]);
const AES = Uint8Array.of(0x24, 0x06, 0xf1, 0x07, 0x01, 0);

/** A 7z archive of these files, all in one folder that is not packed. */
export function sevenZip(files: readonly SevenZipFile[], { packHeader = false, locked }: Options = {}): Uint8Array {
  const contents = files.flatMap(({ content }) => (content === undefined ? [] : [new TextEncoder().encode(content)]));
  const data = concat(contents);
  const plain = headerOf(files, data.length, locked ? AES : COPY);
  if (!packHeader && locked !== 'header') return archive(data, plain);
  const packed = lzma(plain);
  const streams = concat([
    ...[
      Uint8Array.of(0x17, 0x06),
      number(data.length),
      number(1),
      Uint8Array.of(0x09),
      number(packed.length),
      Uint8Array.of(0),
    ],
    unpackInfo(locked === 'header' ? AES : LZMA, plain.length),
    Uint8Array.of(0),
  ]);
  return archive(concat([data, packed]), streams);
}

function archive(data: Uint8Array, header: Uint8Array): Uint8Array {
  const start = concat([u64(data.length), u64(header.length), u32(0)]);
  return concat([latin1('7z\xbc\xaf\x27\x1c\0\x04'), u32(0), start, data, header]);
}

function headerOf(files: readonly SevenZipFile[], packed: number, coder: Uint8Array): Uint8Array {
  const sizes = files.flatMap(({ content, size }) =>
    content === undefined ? [] : [size ?? new TextEncoder().encode(content).length],
  );
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const count = sizes.length;
  return concat([
    ...[Uint8Array.of(0x01, 0x04, 0x06), number(0), number(1), Uint8Array.of(0x09), number(packed), Uint8Array.of(0)],
    unpackInfo(coder, whole),
    ...[Uint8Array.of(0x08, 0x0d), number(count), Uint8Array.of(0x09), ...sizes.slice(0, -1).map(number)],
    ...[Uint8Array.of(0x0a, 1), new Uint8Array(count * 4), Uint8Array.of(0, 0)],
    ...[Uint8Array.of(0x05), number(files.length)],
    property(0x0e, bits(files.map(({ content }) => content === undefined))),
    property(0x11, concat([Uint8Array.of(0), ...files.map(({ path }) => utf16(`${path}\0`))])),
    property(0x15, concat([Uint8Array.of(1, 0), ...files.map(() => u32(0x20))])),
    Uint8Array.of(0, 0),
  ]);
}

function unpackInfo(coder: Uint8Array, size: number): Uint8Array {
  return concat([
    Uint8Array.of(0x07, 0x0b),
    number(1),
    Uint8Array.of(0, 1),
    coder,
    Uint8Array.of(0x0c),
    number(size),
    Uint8Array.of(0),
  ]);
}

function property(kind: number, value: Uint8Array): Uint8Array {
  return concat([Uint8Array.of(kind), number(value.length), value]);
}

function bits(values: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (const [index, value] of values.entries())
    if (value) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
  return bytes;
}

function utf16(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap((char) => [char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8]));
}

/** As many bytes as are needed behind a first one that says how many. */
function number(value: number): Uint8Array {
  if (value < 0x80) return Uint8Array.of(value);
  if (value < 0x4000) return Uint8Array.of(0x80 | (value >> 8), value & 0xff);
  return concat([Uint8Array.of(0xff), u64(value)]);
}
