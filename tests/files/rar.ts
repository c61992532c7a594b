import { concat, latin1, u16, u32 } from './bytes.ts';

export interface RarFile {
  readonly path: string;
  readonly size: number;
  /** Of packed bytes that follow. */
  readonly packed?: number;
  readonly encrypted?: boolean;
  readonly folder?: boolean;
  readonly target?: string;
}

interface Options {
  /** Even the names are encrypted. */
  readonly locked?: boolean;
  readonly volume?: boolean;
}

/** A RAR 5 archive of these files; what is packed in it is noise. */
export function rar5(files: readonly RarFile[], { locked = false, volume = false }: Options = {}): Uint8Array {
  const start = latin1('Rar!\x1a\x07\x01\0');
  if (locked) return concat([start, block5(4, 0, new Uint8Array(20)), new Uint8Array(64)]);
  const parts = files.map((file) => {
    const name = new TextEncoder().encode(file.path);
    const extra = concat([
      ...(file.encrypted ? [record(1, new Uint8Array(20))] : []),
      ...(file.target ? [record(5, concat([vint(1), vint(0), vint(file.target.length), latin1(file.target)]))] : []),
    ]);
    const packed = file.packed ?? 0;
    const body = concat([
      ...[...(extra.length > 0 ? [vint(extra.length)] : []), vint(packed)],
      ...[vint(file.folder ? 1 : 0), vint(file.size), vint(0o644), vint(0), vint(1), vint(name.length), name, extra],
    ]);
    return concat([block5(2, (extra.length > 0 ? 1 : 0) | 2, body), new Uint8Array(packed).fill(0x55)]);
  });
  return concat([start, block5(1, 0, vint(volume ? 1 : 0)), ...parts, block5(5, 0, vint(0))]);
}

/** A RAR archive as it was before 5. */
export function rar4(files: readonly RarFile[], { locked = false, volume = false }: Options = {}): Uint8Array {
  const main = block4(0x73, (locked ? 0x80 : 0) | (volume ? 1 : 0), new Uint8Array(6));
  const parts = files.map(({ path, size, packed = 0, encrypted, folder }) => {
    const name = latin1(path.replaceAll('/', '\\'));
    const flags = 0x8000 | (encrypted ? 4 : 0) | (folder ? 0xe0 : 0);
    const fields = [
      u32(packed),
      u32(size),
      Uint8Array.of(2),
      u32(0),
      u32(0),
      Uint8Array.of(29, 0x33),
      u16(name.length),
      u32(0x20),
      name,
    ];
    return concat([block4(0x74, flags, concat(fields)), new Uint8Array(packed).fill(0x55)]);
  });
  return concat([latin1('Rar!\x1a\x07\0'), main, ...parts, block4(0x7b, 0, new Uint8Array(0))]);
}

function block5(kind: number, flags: number, body: Uint8Array): Uint8Array {
  const header = concat([vint(kind), vint(flags), body]);
  return concat([u32(0), vint(header.length), header]);
}

function record(kind: number, body: Uint8Array): Uint8Array {
  return concat([vint(body.length + 1), vint(kind), body]);
}

function block4(kind: number, flags: number, body: Uint8Array): Uint8Array {
  return concat([u16(0), Uint8Array.of(kind), u16(flags), u16(7 + body.length), body]);
}

function vint(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80);
  return Uint8Array.from([...bytes, left]);
}
