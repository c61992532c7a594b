import { type Budget, LimitError } from '../budget.ts';

/** A stream or a storage of a compound file, the container of older documents. */
export interface CfbEntry {
  readonly name: string;
  /** With the names of the storages around it: `Macros/VBA/dir`. */
  readonly path: string;
  readonly kind: 'stream' | 'storage' | 'root';
  readonly size: number;
  readonly start: number;
}

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const LAST_SECTOR = 0xfffffffa;
const ENTRY = 128;
const MOST_ENTRIES = 20_000;
const MINI_SECTOR = 64;
const KINDS: Readonly<Record<number, CfbEntry['kind']>> = { 1: 'storage', 2: 'stream', 5: 'root' };

export function isCfb(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/** Reads a compound file. A chain of sectors is never followed further than the file has sectors; what is missing is left out. */
export class Cfb {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #budget: Budget;
  readonly #sector: number;
  readonly #sectors: number;
  readonly #fat: Uint32Array;
  readonly #miniFat: Uint32Array;
  readonly #mini: Uint8Array;
  readonly #miniFrom: number;
  readonly entries: readonly CfbEntry[];

  constructor(bytes: Uint8Array, budget: Budget) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#budget = budget;
    this.#sector = this.#uint16(30) === 12 ? 4_096 : 512;
    this.#sectors = Math.max(0, Math.ceil(bytes.length / this.#sector) - 1);
    this.#fat = this.#readFat();
    this.#miniFrom = Math.min(this.#uint32(56) || 4_096, 65_536);
    this.#miniFat = numbers(this.#chain(this.#uint32(60), Number.MAX_SAFE_INTEGER));
    this.entries = this.#directory(this.#chain(this.#uint32(48), Number.MAX_SAFE_INTEGER));
    const root = this.entries.find(({ kind }) => kind === 'root');
    this.#mini = root ? this.#chain(root.start, root.size) : new Uint8Array(0);
  }

  /** The bytes of a stream, at most `most`, taken from the budget. */
  read({ start, size }: CfbEntry, most = Number.MAX_SAFE_INTEGER): Uint8Array {
    const wanted = Math.min(size, most, this.#bytes.length);
    return size < this.#miniFrom ? this.#miniChain(start, wanted) : this.#chain(start, wanted);
  }

  #readFat(): Uint32Array {
    const places: number[] = [];
    for (let at = 76; at < 512; at += 4) places.push(this.#uint32(at));
    const perSector = this.#sector / 4;
    const seen = new Set<number>();
    for (let next = this.#uint32(68); next < this.#sectors && !seen.has(next); ) {
      seen.add(next);
      const at = (next + 1) * this.#sector;
      for (let index = 0; index < perSector - 1; index++) places.push(this.#uint32(at + index * 4));
      next = this.#uint32(at + (perSector - 1) * 4);
    }
    const fat = new Uint32Array(this.#sectors).fill(LAST_SECTOR);
    let filled = 0;
    for (const place of places.filter((sector) => sector < this.#sectors)) {
      for (let index = 0; index < perSector && filled < fat.length; index++)
        fat[filled++] = this.#uint32((place + 1) * this.#sector + index * 4);
      if (filled >= fat.length) break;
    }
    return fat;
  }

  #chain(start: number, wanted: number): Uint8Array {
    const places: number[] = [];
    for (
      let next = start;
      next < this.#sectors && places.length < this.#sectors && places.length * this.#sector < wanted;
      next = this.#fat[next] ?? LAST_SECTOR
    ) {
      if (places.length % 4_096 === 0) this.#budget.checkTime();
      places.push(next);
    }
    return this.#gather(
      this.#bytes,
      places.map((place) => (place + 1) * this.#sector),
      this.#sector,
      wanted,
    );
  }

  #miniChain(start: number, wanted: number): Uint8Array {
    const places: number[] = [];
    const count = this.#miniFat.length;
    for (
      let next = start;
      next < count && places.length < count && places.length * MINI_SECTOR < wanted;
      next = this.#miniFat[next] ?? LAST_SECTOR
    ) {
      places.push(next * MINI_SECTOR);
    }
    return this.#gather(this.#mini, places, MINI_SECTOR, wanted);
  }

  #gather(from: Uint8Array, places: readonly number[], size: number, wanted: number): Uint8Array {
    const length = Math.min(wanted, places.length * size);
    this.#budget.take('bytesOut', length);
    const out = new Uint8Array(length);
    for (const [index, place] of places.entries()) {
      out.set(from.subarray(place, place + Math.min(size, length - index * size)), index * size);
    }
    return out;
  }

  #directory(bytes: Uint8Array): readonly CfbEntry[] {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = Math.floor(bytes.length / ENTRY);
    if (count > MOST_ENTRIES) throw new LimitError({ limit: 'entries', allowed: MOST_ENTRIES, seen: count });
    this.#budget.take('entries', count);
    const found: CfbEntry[] = [];
    const seen = new Set<number>();
    const stack = [{ index: 0, path: '' }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { index, path } = next;
      if (index >= count || seen.has(index)) continue;
      seen.add(index);
      const entry = entryAt(view, index * ENTRY, path);
      if (entry.kind) found.push({ ...entry, kind: entry.kind });
      const below = entry.kind === 'root' ? '' : `${entry.path}/`.slice(-1_000);
      for (const [offset, around] of [
        [68, path],
        [72, path],
        [76, below],
      ] as const) {
        stack.push({ index: view.getUint32(index * ENTRY + offset, true), path: around });
      }
    }
    return found;
  }

  #uint16(at: number): number {
    return at + 2 <= this.#bytes.length ? this.#view.getUint16(at, true) : 0;
  }

  /** Past the end nothing follows. */
  #uint32(at: number): number {
    return at + 4 <= this.#bytes.length ? this.#view.getUint32(at, true) : LAST_SECTOR;
  }
}

function entryAt(view: DataView, at: number, path: string) {
  const length = Math.min(Math.max(0, view.getUint16(at + 64, true) - 2), 62);
  let name = '';
  for (let unit = 0; unit < length; unit += 2) name += String.fromCharCode(view.getUint16(at + unit, true));
  return {
    name,
    path: path + name,
    kind: KINDS[view.getUint8(at + 66)],
    start: view.getUint32(at + 116, true),
    size: view.getUint32(at + 120, true),
  };
}

function numbers(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => view.getUint32(at * 4, true));
}
