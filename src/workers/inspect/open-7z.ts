import { toWire } from '../../lib/errors.ts';
import { archiveReport, type Listing } from './archive.ts';
import type { ArchiveEntry } from './archive-entries.ts';
import { type Budget, LimitError } from './budget.ts';
import { ByteReader } from './byte-reader.ts';
import { LzmaDecoder } from './lzma.ts';
import type { Opener } from './opener.ts';
import type { Finding, LimitHit } from './report.ts';
import { type Folder, readHeader, readPackedHeader } from './seven-zip-header.ts';
import { Sink } from './sink.ts';

const START = 32;
const HEADER = 0x01;
const PACKED_HEADER = 0x17;
const MOST_HEADER = 8_000_000;
const HEADERS_IN_HEADERS = 4;
const METHODS: Readonly<Record<string, string>> = {
  '00': 'copy',
  '21': 'LZMA2',
  '030101': 'LZMA',
  '030401': 'PPMd',
  '040108': 'Deflate',
  '040202': 'BZip2',
  '06f10701': 'AES-256',
};

/** 7z archives: what their header tells, once it is unpacked. What is packed in them stays packed. */
export const openSevenZip: Opener = (opening) => {
  const { bytes, budget } = opening;
  const { entries, ...listing } = list(bytes, budget);
  return archiveReport({ type: 'sevenZip', mime: 'application/x-7z-compressed' }, opening, { entries, ...listing });
};

function list(bytes: Uint8Array, budget: Budget): Listing {
  const entries: ArchiveEntry[] = [];
  const broken = (where: string): Finding => ({ code: 'broken', level: 'careful', params: { where } });
  try {
    const header = findHeader(bytes, budget);
    if (header === 'encrypted')
      return { entries, findings: [{ code: 'names-encrypted', level: 'careful', params: {} }] };
    if (header === 'empty') return { entries };
    const methods = readHeader(header, budget, entries);
    const value = [...methods].map((id) => METHODS[id] ?? id).join(', ');
    return { entries, facts: value === '' ? [] : [{ label: 'packedWith', code: 'plain', params: { value } }] };
  } catch (error) {
    if (error instanceof LimitError) return { entries, limits: [error.hit satisfies LimitHit] };
    return { entries, findings: [broken(toWire(error).message.slice(0, 100))] };
  }
}

/** The header in plain bytes; it may be packed itself, as small programs do with every header. */
function findHeader(bytes: Uint8Array, budget: Budget): ByteReader | 'encrypted' | 'empty' {
  const start = new ByteReader(bytes, 12);
  const [offset, size] = [start.uint(8), start.uint(8)];
  if (size === 0) return 'empty';
  if (size > MOST_HEADER) throw new Error('its header is larger than any that is needed');
  if (START + offset + size > bytes.length) throw new Error('its end, where the names are, is missing');
  let header = new ByteReader(bytes.subarray(START + offset, START + offset + size));
  for (let round = 0; round < HEADERS_IN_HEADERS; round++) {
    const kind = header.byte();
    if (kind === HEADER) return header;
    if (kind !== PACKED_HEADER) break;
    const folder = readPackedHeader(header);
    if (folder.methods.some((id) => METHODS[id] === 'AES-256')) return 'encrypted';
    header = new ByteReader(unpackHeader(bytes, folder, budget));
  }
  throw new Error('no header');
}

function unpackHeader(bytes: Uint8Array, { methods, settings, at, packed, size }: Folder, budget: Budget): Uint8Array {
  const from = START + at;
  const input = bytes.subarray(from, from + packed);
  if (methods.length !== 1 || size > MOST_HEADER)
    throw new Error('its header is packed in a way that is not known here');
  const sink = new Sink(budget, { expected: size, most: size });
  const method = METHODS[methods[0] ?? ''];
  if (method === 'copy') sink.push(input.subarray(0, size));
  else if (method === 'LZMA') new LzmaDecoder(sink, input).lzma(settings[0] ?? 255, size);
  else if (method === 'LZMA2') new LzmaDecoder(sink, input).lzma2();
  else throw new Error('its header is packed in a way that is not known here');
  return sink.bytes();
}
