/** Deflated; with sum and sizes behind the data; the name in UTF-8. */
const METHOD = 8;
const FLAGS = 0x0808;
const VERSION = 20;
/** The first day that the format knows: when it was written is of no interest. */
const DAY = 0x21;

interface Packed {
  readonly sum: number;
  readonly size: number;
  readonly packed: number;
  /** Where the data begins: the length of what stands before it. */
  readonly offset: number;
}

/** What stands before the data of a ZIP's only file. */
export function zipStart(name: string): Uint8Array {
  const named = Buffer.from(name);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  shared(head, 4, { sum: 0, size: 0, packed: 0, offset: 0 }, named.length);
  return Buffer.concat([head, named]);
}

/** What stands behind it: sum and sizes, the list of files, and where that is. Below 4 GB, as each part of an export is. */
export function zipEnd(name: string, packed: Packed): Uint8Array {
  const named = Buffer.from(name);
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(0x08074b50, 0);
  sizes.writeUInt32LE(packed.sum, 4);
  sizes.writeUInt32LE(packed.packed, 8);
  sizes.writeUInt32LE(packed.size, 12);
  const listed = Buffer.alloc(46);
  listed.writeUInt32LE(0x02014b50, 0);
  listed.writeUInt16LE(VERSION, 4);
  shared(listed, 6, packed, named.length);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(listed.length + named.length, 12);
  end.writeUInt32LE(packed.offset + packed.packed + sizes.length, 16);
  return Buffer.concat([sizes, listed, named, end]);
}

/** What a file's head and its line in the list have in common. */
function shared(into: Buffer, at: number, { sum, size, packed }: Packed, nameLength: number): void {
  into.writeUInt16LE(VERSION, at);
  into.writeUInt16LE(FLAGS, at + 2);
  into.writeUInt16LE(METHOD, at + 4);
  into.writeUInt16LE(DAY, at + 8);
  into.writeUInt32LE(sum, at + 10);
  into.writeUInt32LE(packed, at + 14);
  into.writeUInt32LE(size, at + 18);
  into.writeUInt16LE(nameLength, at + 22);
}
