import type { ArchiveEntry } from './archive-entries.ts';
import type { Budget } from './budget.ts';
import { ByteReader } from './byte-reader.ts';

/** What is packed as one, and how. */
export interface Folder {
  /** Hexadecimal. */
  readonly methods: readonly string[];
  /** Of the first method. */
  readonly settings: Uint8Array;
  /** Where the packed bytes begin, behind the file's own start, and how many there are. */
  readonly at: number;
  readonly packed: number;
  /** Unpacked, in bytes. */
  readonly size: number;
  /** Whether its checksum is known, and need not be told again for the one file in it. */
  readonly summed: boolean;
}

interface Streams {
  readonly folders: readonly Folder[];
  /** The files in the folders, one after another, as many of them as may be read. */
  readonly files: readonly Content[];
}

interface Content {
  readonly size: number;
  readonly folder: Folder;
}

const END = 0x00;
const PROPERTIES = 0x02;
const MORE_STREAMS = 0x03;
const STREAMS = 0x04;
const FILES = 0x05;
const PACK_INFO = 0x06;
const UNPACK_INFO = 0x07;
const SUB_STREAMS = 0x08;
const SIZE = 0x09;
const CRC = 0x0a;
const FOLDER = 0x0b;
const UNPACK_SIZE = 0x0c;
const COUNT = 0x0d;
const EMPTY_STREAM = 0x0e;
const EMPTY_FILE = 0x0f;
const NAMES = 0x11;
const ATTRIBUTES = 0x15;
const MOST_CODERS = 32;
/** Of anything a header counts: more can be told of in a few bytes than memory holds. */
const MOST = 100_000;
const AES = '06f10701';
const LINK_MODE = 0xa000;

/** Reads the header behind its first byte into `entries` and gives the methods it names, hexadecimal. */
export function readHeader(reader: ByteReader, budget: Budget, entries: ArchiveEntry[]): ReadonlySet<string> {
  let streams: Streams = { folders: [], files: [] };
  for (let part = reader.byte(); part !== END; part = reader.byte()) {
    if (part === PROPERTIES) skipProperties(reader);
    else if (part === MORE_STREAMS) readStreams(reader);
    else if (part === STREAMS) streams = readStreams(reader);
    else if (part === FILES) readFiles(reader, streams, budget, entries);
    else throw new Error('its header has a part nobody knows');
  }
  return new Set(streams.folders.flatMap(({ methods }) => methods));
}

/** What a packed header is packed as. */
export function readPackedHeader(reader: ByteReader): Folder {
  const [folder] = readStreams(reader).folders;
  if (!folder) throw new Error('its header is packed in nothing');
  return folder;
}

function skipProperties(reader: ByteReader): void {
  for (let kind = number(reader); kind !== END; kind = number(reader)) reader.skip(number(reader));
}

interface Coding {
  readonly methods: readonly string[];
  readonly settings: Uint8Array;
  readonly packedStreams: number;
  readonly outputs: number;
  /** The output that is no other coder's input. */
  readonly last: number;
}

function readStreams(reader: ByteReader): Streams {
  let packed = { at: 0, sizes: [] as number[] };
  let folders: Folder[] = [];
  let files: Content[] | undefined;
  for (let part = number(reader); part !== END; part = number(reader)) {
    if (part === PACK_INFO) packed = readPackInfo(reader);
    else if (part === UNPACK_INFO) folders = readFolders(reader, packed);
    else if (part === SUB_STREAMS) files = readSubStreams(reader, folders);
    else throw new Error('its header has a part nobody knows');
  }
  return { folders, files: files ?? folders.map((folder) => ({ size: folder.size, folder })) };
}

function readPackInfo(reader: ByteReader) {
  const at = number(reader);
  const count = few(number(reader), MOST);
  const sizes: number[] = [];
  for (let part = number(reader); part !== END; part = number(reader)) {
    if (part === SIZE) for (let index = 0; index < count; index++) sizes.push(number(reader));
    else if (part === CRC) sums(reader, count);
    else throw new Error('its header has a part nobody knows');
  }
  return { at, sizes };
}

function readFolders(reader: ByteReader, packed: { readonly at: number; readonly sizes: readonly number[] }): Folder[] {
  if (number(reader) !== FOLDER) throw new Error('its header tells of no folders');
  const count = few(number(reader), MOST);
  if (reader.byte() !== 0) throw new Error('its header continues elsewhere');
  const codings: Coding[] = [];
  for (let index = 0; index < count; index++) codings.push(readCoding(reader));
  let folders: Folder[] = [];
  for (let part = number(reader); part !== END; part = number(reader)) {
    if (part === UNPACK_SIZE) folders = placed(reader, codings, packed);
    else if (part !== CRC) throw new Error('its header has a part nobody knows');
    else {
      const known = sums(reader, count);
      folders = folders.map((folder, index) => ({ ...folder, summed: known(index) }));
    }
  }
  return folders;
}

/** One folder's packed bytes stand behind the other's. */
function placed(
  reader: ByteReader,
  codings: readonly Coding[],
  packed: { readonly at: number; readonly sizes: readonly number[] },
): Folder[] {
  let [at, stream] = [packed.at, 0];
  return codings.map(({ methods, settings, packedStreams, outputs, last }) => {
    const sizes = Array.from({ length: outputs }, () => number(reader));
    const length = packed.sizes.slice(stream, stream + packedStreams).reduce((sum, size) => sum + size, 0);
    const folder = { methods, settings, at, packed: length, size: sizes[last] ?? 0, summed: false };
    stream += packedStreams;
    at += length;
    return folder;
  });
}

function readCoding(reader: ByteReader): Coding {
  const methods: string[] = [];
  let settings = new Uint8Array(0);
  let [inputs, outputs] = [0, 0];
  const count = few(number(reader), MOST_CODERS);
  for (let index = 0; index < count; index++) {
    const flags = reader.byte();
    methods.push(reader.bytes(flags & 15).toHex());
    const many = (flags & 0x10) !== 0;
    inputs += many ? few(number(reader), MOST_CODERS) : 1;
    outputs += many ? few(number(reader), MOST_CODERS) : 1;
    if (flags & 0x20) {
      const own = reader.bytes(number(reader));
      if (index === 0) settings = Uint8Array.from(own);
    }
  }
  const bound = new Set<number>();
  for (let pair = 0; pair < outputs - 1; pair++) {
    number(reader);
    bound.add(number(reader));
  }
  const packedStreams = Math.max(0, inputs - (outputs - 1));
  if (packedStreams > 1) for (let index = 0; index < packedStreams; index++) number(reader);
  const last = Array.from({ length: outputs }, (_, output) => output).findIndex((output) => !bound.has(output));
  return { methods, settings, packedStreams, outputs, last: Math.max(0, last) };
}

function readSubStreams(reader: ByteReader, folders: readonly Folder[]): Content[] {
  let counts = folders.map(() => 1);
  let files: Content[] | undefined;
  for (let part = number(reader); part !== END; part = number(reader)) {
    if (part === COUNT) counts = folders.map(() => number(reader));
    else if (part === SIZE) files = contents(reader, folders, counts);
    else if (part === CRC) {
      sums(
        reader,
        folders.reduce((sum, { summed }, index) => sum + (summed && counts[index] === 1 ? 0 : (counts[index] ?? 0)), 0),
      );
    } else throw new Error('its header has a part nobody knows');
  }
  return files ?? folders.flatMap((folder, index) => (counts[index] === 0 ? [] : [{ size: folder.size, folder }]));
}

/** All sizes in a folder but the last are written down. */
function contents(reader: ByteReader, folders: readonly Folder[], counts: readonly number[]): Content[] {
  const files: Content[] = [];
  const add = (size: number, folder: Folder) => {
    if (files.length < MOST) files.push({ size, folder });
  };
  for (const [index, folder] of folders.entries()) {
    let left = folder.size;
    for (let more = (counts[index] ?? 0) - 1; more > 0; more--) {
      const size = number(reader);
      add(size, folder);
      left -= size;
    }
    if (counts[index] !== 0) add(Math.max(0, left), folder);
  }
  return files;
}

type Bits = (index: number) => boolean;

interface Traits {
  empty: Bits;
  emptyFile: Bits;
  names: readonly string[];
  modes: (index: number) => number;
}

function readFiles(reader: ByteReader, { files }: Streams, budget: Budget, entries: ArchiveEntry[]): void {
  const count = number(reader);
  const { empty, emptyFile, names, modes } = readTraits(reader, count, budget.left('entries') + 1);
  let [file, empties] = [0, 0];
  for (let index = 0; index < count && index < names.length; index++) {
    budget.take('entries', 1);
    const content = empty(index) ? undefined : files[file++];
    const mode = modes(index) >>> 16;
    entries.push({
      path: names[index] ?? '',
      size: content?.size ?? 0,
      encrypted: content?.folder.methods.includes(AES) ?? false,
      folder: empty(index) && !emptyFile(empties++),
      ...((mode & 0xf000) === LINK_MODE && { target: '?' }),
    });
  }
}

function readTraits(reader: ByteReader, count: number, most: number): Traits {
  const traits: Traits = { empty: () => false, emptyFile: () => false, names: [], modes: () => 0 };
  for (let kind = number(reader); kind !== END; kind = number(reader)) {
    const part = new ByteReader(reader.bytes(number(reader)));
    if (kind === EMPTY_STREAM) traits.empty = bits(part.bytes(part.left));
    else if (kind === EMPTY_FILE) traits.emptyFile = bits(part.bytes(part.left));
    else if (kind === NAMES && part.byte() === 0) traits.names = namesIn(part.bytes(part.left), most);
    else if (kind === ATTRIBUTES) traits.modes = modesIn(part, count, most);
  }
  return traits;
}

function namesIn(bytes: Uint8Array, most: number): string[] {
  const names = new TextDecoder('utf-16le').decode(bytes);
  return names.slice(0, names.lastIndexOf('\0')).split('\0', most);
}

function modesIn(part: ByteReader, count: number, most: number): Traits['modes'] {
  const defined = part.byte() === 0 ? bits(part.bytes(Math.ceil(count / 8))) : () => true;
  if (part.byte() !== 0) return () => 0;
  const modes: number[] = [];
  for (let index = 0; index < Math.min(count, most); index++) modes.push(defined(index) ? part.uint(4) : 0);
  return (index) => modes[index] ?? 0;
}

/** Passes over checksums and says which are known. */
function sums(reader: ByteReader, count: number): Bits {
  if (reader.byte() !== 0) {
    reader.skip(count * 4);
    return () => true;
  }
  const defined = bits(reader.bytes(Math.ceil(count / 8)));
  for (let index = 0; index < count; index++) if (defined(index)) reader.skip(4);
  return defined;
}

function bits(bytes: Uint8Array): Bits {
  return (index) => ((bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
}

/** The first byte's leading ones are how many bytes follow; its other bits stand above them. */
function number(reader: ByteReader): number {
  const first = reader.byte();
  let [value, factor] = [0, 1];
  for (let mask = 0x80; mask > 0; mask >>= 1) {
    if (!(first & mask)) return value + (first & (mask - 1)) * factor;
    value += reader.byte() * factor;
    factor *= 256;
  }
  return value;
}

function few(count: number, most: number): number {
  if (count > most) throw new Error('its header tells of more than there can be');
  return count;
}
