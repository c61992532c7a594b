import { joined } from './pdf.ts';

const SECTOR = 512;
const FREE = 0xffffffff;
const END = 0xfffffffe;
const FAT = 0xfffffffd;

/** A compound file of streams by their paths; storages are made as paths name them. Every stream is padded to live outside the mini stream. */
export function cfbOf(streams: Readonly<Record<string, Uint8Array | string>>): Uint8Array<ArrayBuffer> {
  const nodes = nodesOf(streams);
  const sectors: Uint8Array[] = [];
  const fat: number[] = [];
  const put = (bytes: Uint8Array): number => {
    const start = sectors.length;
    const count = Math.max(1, Math.ceil(bytes.length / SECTOR));
    for (let index = 0; index < count; index++) {
      const sector = new Uint8Array(SECTOR);
      sector.set(bytes.subarray(index * SECTOR, (index + 1) * SECTOR));
      sectors.push(sector);
      fat.push(index === count - 1 ? END : start + index + 1);
    }
    return start;
  };
  for (const node of nodes) if (node.bytes) node.start = put(node.bytes);
  const directory = put(joined(nodes.map(entryOf)));
  const fatSectors = Math.ceil((sectors.length + 8) / 127);
  const fatStart = sectors.length;
  for (let index = 0; index < fatSectors; index++) fat.push(FAT);
  const table = new DataView(new ArrayBuffer(fatSectors * SECTOR));
  for (let index = 0; index < table.byteLength / 4; index++) table.setUint32(index * 4, fat[index] ?? FREE, true);
  return joined([header(directory, fatStart, fatSectors), ...sectors, new Uint8Array(table.buffer)]);
}

interface Node {
  readonly name: string;
  readonly kind: 1 | 2 | 5;
  readonly bytes?: Uint8Array;
  readonly children: number[];
  sibling: number;
  start: number;
}

function nodesOf(streams: Readonly<Record<string, Uint8Array | string>>): Node[] {
  const nodes: Node[] = [{ name: 'Root Entry', kind: 5, children: [], sibling: FREE, start: END }];
  const places = new Map([['', 0]]);
  const add = (path: string, bytes?: Uint8Array): number => {
    const known = places.get(path);
    if (known !== undefined) return known;
    const parent = add(path.split('/').slice(0, -1).join('/'));
    const name = path.split('/').at(-1) ?? '';
    nodes.push({ name, kind: bytes ? 2 : 1, children: [], sibling: FREE, start: END, ...(bytes && { bytes }) });
    const index = nodes.length - 1;
    places.set(path, index);
    nodes[parent]?.children.push(index);
    return index;
  };
  for (const [path, content] of Object.entries(streams)) {
    const bytes = typeof content === 'string' ? Uint8Array.from(content, (char) => char.charCodeAt(0)) : content;
    const padded = new Uint8Array(Math.max(4_096, bytes.length));
    padded.set(bytes);
    add(path, padded);
  }
  for (const { children } of nodes) {
    for (const [at, child] of children.entries()) {
      const node = nodes[child];
      if (node) node.sibling = children[at + 1] ?? FREE;
    }
  }
  return nodes;
}

function entryOf({ name, kind, bytes, children, sibling, start }: Node): Uint8Array {
  const view = new DataView(new ArrayBuffer(128));
  for (let at = 0; at < name.length && at < 31; at++) view.setUint16(at * 2, name.charCodeAt(at), true);
  view.setUint16(64, (Math.min(name.length, 31) + 1) * 2, true);
  view.setUint8(66, kind);
  view.setUint32(68, FREE, true);
  view.setUint32(72, sibling, true);
  view.setUint32(76, children[0] ?? FREE, true);
  view.setUint32(116, start, true);
  view.setUint32(120, bytes?.length ?? 0, true);
  return new Uint8Array(view.buffer);
}

function header(directory: number, fatStart: number, fatSectors: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(SECTOR));
  for (const [at, byte] of [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].entries()) view.setUint8(at, byte);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, fatSectors, true);
  view.setUint32(48, directory, true);
  view.setUint32(56, 4_096, true);
  view.setUint32(60, END, true);
  view.setUint32(68, END, true);
  for (let index = 0; index < 109; index++)
    view.setUint32(76 + index * 4, index < fatSectors ? fatStart + index : FREE, true);
  return new Uint8Array(view.buffer);
}

/** A module of macros: some compiled bytes nobody here reads, then its source, packed with letters only. */
export function moduleOf(source: string): Uint8Array<ArrayBuffer> {
  const text = Uint8Array.from(`Attribute VB_Name = "Module1"\r\n${source}\r\n`, (char) => char.charCodeAt(0));
  const parts: Uint8Array[] = [Uint8Array.of(9, 9, 9, 9, 9, 1)];
  for (let at = 0; at < text.length; at += 3_600) {
    const letters = text.subarray(at, at + 3_600);
    const body: number[] = [];
    for (let index = 0; index < letters.length; index += 8) body.push(0, ...letters.subarray(index, index + 8));
    const header = 0xb000 | (body.length + 2 - 3);
    parts.push(Uint8Array.of(header & 255, header >> 8), Uint8Array.from(body));
  }
  return joined(parts);
}

/** A project of macros, as newer documents carry it. */
export function vbaProject(source: string): Uint8Array<ArrayBuffer> {
  return cfbOf({ 'VBA/dir': 'x', 'VBA/_VBA_PROJECT': 'x', 'VBA/Module1': moduleOf(source), PROJECT: 'x' });
}

/** A file as Windows packs it into a document. */
export function ole10Native(name: string, file: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = (length: number) => {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, length, true);
    return new Uint8Array(view.buffer);
  };
  return joined([
    size(file.length),
    '\x02\0',
    `${name}\0`,
    `C:\\temp\\${name}\0`,
    '\0\0\x03\0',
    size(4),
    'tmp\0',
    size(file.length),
    file,
  ]);
}

/** Records of an older workbook: its sheets, and what is asked for beside them. */
export function bookOf(
  sheets: readonly { name: string; kind?: number; state?: number }[],
  more: readonly (readonly [number, string])[] = [],
): Uint8Array<ArrayBuffer> {
  const record = (kind: number, body: string) =>
    `${String.fromCharCode(kind & 255, kind >> 8, body.length & 255, body.length >> 8)}${body}`;
  const bound = sheets.map(({ name, kind = 0, state = 0 }) =>
    record(0x85, `\0\0\0\0${String.fromCharCode(state, kind, name.length)}\0${name}`),
  );
  return joined([
    record(0x809, '\0\x06\x05\0'),
    ...more.map(([kind, body]) => record(kind, body)),
    ...bound,
    record(0x0a, ''),
  ]);
}
