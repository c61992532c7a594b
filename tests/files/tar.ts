import { concat, latin1, padded } from './bytes.ts';

export interface TarFile {
  readonly path: string;
  readonly content?: string | Uint8Array;
  /** `0` a file, `1` a hard link, `2` a symbolic one, `5` a folder. */
  readonly kind?: string;
  readonly target?: string;
  /** What the header claims, if not the truth. */
  readonly size?: number;
  /** How a name that is too long for its field is written. */
  readonly long?: 'pax' | 'gnu';
}

/** A TAR archive of these files. */
export function tar(files: readonly TarFile[]): Uint8Array {
  return concat([...files.flatMap(entry), new Uint8Array(1_024)]);
}

function entry({ path, content = '', kind = '0', target = '', size, long }: TarFile): Uint8Array[] {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const before = long === 'pax' ? pax(path) : long === 'gnu' ? gnu(path) : [];
  const data = padded(bytes, Math.ceil(bytes.length / 512) * 512);
  return [...before, header(long ? 'short' : path, kind, size ?? bytes.length, target), data];
}

function pax(path: string): Uint8Array[] {
  const record = (length: number): string => {
    const text = `${length} path=${path}\n`;
    const real = new TextEncoder().encode(text).length;
    return real === length ? text : record(real);
  };
  const bytes = new TextEncoder().encode(record(0));
  return [header('PaxHeader', 'x', bytes.length, ''), padded(bytes, Math.ceil(bytes.length / 512) * 512)];
}

function gnu(path: string): Uint8Array[] {
  const bytes = new TextEncoder().encode(`${path}\0`);
  return [header('././@LongLink', 'L', bytes.length, ''), padded(bytes, Math.ceil(bytes.length / 512) * 512)];
}

function header(path: string, kind: string, size: number, target: string): Uint8Array {
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  const fields = concat([
    padded(new TextEncoder().encode(path), 100),
    latin1(octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(0, 12) + ' '.repeat(8) + kind),
    padded(new TextEncoder().encode(target), 100),
    latin1('ustar\x0000'),
  ]);
  const block = padded(fields, 512);
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.set(latin1(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return block;
}
