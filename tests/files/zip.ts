import { deflateRawSync } from 'node:zlib';
import { concat, latin1, u16, u32 } from './bytes.ts';

export interface ZipFile {
  readonly path: string;
  readonly content?: string | Uint8Array;
  /** Packed already, by deflate; `size` says what comes out. */
  readonly deflated?: Uint8Array;
  readonly store?: boolean;
  /** How its directory says that it is packed, if not the truth. */
  readonly method?: number;
  /** What the directory claims, if not the truth. */
  readonly size?: number;
  readonly encrypted?: boolean;
  readonly link?: boolean;
  /** Another name in its own header. */
  readonly localPath?: string;
  /** Has no data of its own but that of the entry before it. */
  readonly shared?: boolean;
}

const constants = { Z_SYNC_FLUSH: 2 };

/** A zip of these files, with whatever is wrong with them; `before` and `comment` stand around it. */
export function zip(files: readonly ZipFile[], { before = '', comment = '' } = {}): Uint8Array {
  const parts: Uint8Array[] = [latin1(before)];
  const directory: Uint8Array[] = [];
  let [at, previous] = [before.length, 0];
  for (const file of files) {
    const { data, method, size } = packed(file);
    const flags = (file.encrypted ? 1 : 0) | 0x800;
    const claims = [u32(0), u32(data.length), u32(file.size ?? size)];
    const local = new TextEncoder().encode(file.localPath ?? file.path);
    const name = new TextEncoder().encode(file.path);
    if (!file.shared) {
      previous = at;
      const header = [
        u32(0x04034b50),
        u16(20),
        u16(flags),
        u16(method),
        u32(0),
        ...claims,
        u16(local.length),
        u16(0),
        local,
      ];
      parts.push(...header, data);
      at += 30 + local.length + data.length;
    }
    const mode = file.link ? u32(0xa1ff0000) : u32(0x81a40000);
    directory.push(
      ...[u32(0x02014b50), u16(0x0314), u16(20), u16(flags), u16(method), u32(0), ...claims, u16(name.length), u16(0)],
      ...[u16(0), u16(0), u16(0), mode, u32(previous - before.length), name],
    );
  }
  const tail = concat(directory);
  const count = u16(Math.min(files.length, 0xffff));
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    count,
    count,
    u32(tail.length),
    u32(at - before.length),
    u16(comment.length),
  ];
  return concat([...parts, tail, ...end, latin1(comment)]);
}

/** Nothing, deflated, in so many blocks that the last bytes are not reached by who gives up on silence; `rest` follows. */
export function behindEmptyBlocks(rest: Uint8Array, blocks: number): Uint8Array {
  const empty = Uint8Array.of(0, 0, 0, 0xff, 0xff);
  const out = new Uint8Array(blocks * empty.length + rest.length);
  for (let at = 0; at < blocks * empty.length; at += empty.length) out.set(empty, at);
  out.set(rest, blocks * empty.length);
  return out;
}

function packed(file: ZipFile) {
  const { method, ...as } = packing(file);
  return { ...as, method: file.method ?? method };
}

function packing({ content = '', deflated, store, size }: ZipFile) {
  if (deflated) return { data: deflated, method: 8, size: size ?? 0 };
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  if (store) return { data: bytes, method: 0, size: bytes.length };
  return { data: new Uint8Array(deflateRawSync(bytes)), method: 8, size: bytes.length };
}

/** So many zeros, deflated, without ever having them: ten million at a time. */
export function deflatedZeros(size: number): Uint8Array {
  const step = 10_000_000;
  const piece = new Uint8Array(deflateRawSync(new Uint8Array(step), { finishFlush: constants.Z_SYNC_FLUSH, level: 9 }));
  return concat([...Array.from({ length: Math.ceil(size / step) }, () => piece), Uint8Array.of(3, 0)]);
}

/** Zips in zips, as 42.zip is made: each of `levels` holds the next one `width` times, the last one four gigabytes of zeros. */
export function nested(levels: number, width = 16): Uint8Array {
  const bottom = zip([{ path: '0.dll', deflated: deflatedZeros(100_000_000), size: 4_294_967_294 }]);
  return Array.from({ length: levels }).reduce<Uint8Array>(
    (inner, _, level) =>
      zip(Array.from({ length: width }, (_, index) => ({ path: `lib ${level}-${index}.zip`, content: inner }))),
    bottom,
  );
}

/** As many entries as so many bytes hold, each of one letter and nothing in it. */
export function crowded(bytes: number): Uint8Array {
  const [one] = [zip([{ path: 'a', store: true }])];
  const [local, central] = [one.subarray(0, 31), one.subarray(31, 31 + 47)];
  const count = Math.floor((bytes - 22) / (local.length + central.length));
  const out = new Uint8Array(count * (local.length + central.length) + 22);
  for (let index = 0; index < count; index++) {
    out.set(local, index * local.length);
    const at = count * local.length + index * central.length;
    out.set(central, at);
    out.set(u32(index * local.length), at + 42);
  }
  const sizes = [u32(count * central.length), u32(count * local.length), u16(0)];
  out.set(concat([u32(0x06054b50), u16(0), u16(0), u16(0xffff), u16(0xffff), ...sizes]), out.length - 22);
  return out;
}
