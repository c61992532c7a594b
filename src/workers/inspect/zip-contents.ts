import type { ArchiveEntry } from './archive-entries.ts';
import { LimitError } from './budget.ts';
import type { Opening } from './opener.ts';
import type { Finding } from './report.ts';
import { safeText } from './safe-text.ts';
import { measure, unpack, type Zip, type ZipEntry, ZipEntryError } from './zip-reader.ts';

const LONGEST_TARGET = 1_000;
const DEFLATED = 8;

/** The entries of a zip as those of any archive. */
export function entriesOf({ entries }: Zip, { bytes, budget }: Opening): ArchiveEntry[] {
  return entries.map((entry) => entryOf(bytes, entry, budget));
}

function entryOf(bytes: Uint8Array, entry: ZipEntry, budget: Opening['budget']): ArchiveEntry {
  const { path, size, packed, encrypted, folder, link } = entry;
  const target = link ? targetOf(bytes, entry, budget) : undefined;
  const read = (most?: number) => unpack(bytes, entry, budget, most);
  return {
    path,
    size,
    packed,
    encrypted,
    folder,
    read,
    measure: () => measure(bytes, entry, budget),
    ...(target !== undefined && { target }),
  };
}

function targetOf(bytes: Uint8Array, entry: ZipEntry, budget: Opening['budget']): string {
  try {
    return new TextDecoder().decode(unpack(bytes, entry, budget, LONGEST_TARGET));
  } catch (error) {
    if (error instanceof ZipEntryError || error instanceof LimitError) return '?';
    throw error;
  }
}

/** What is wrong with how a zip is put together, but for a directory that is missing. */
export function zipFlaws({ entries, flaws }: Zip): Finding[] {
  const liar = entries.find(
    ({ method, size, packed, encrypted }) => !encrypted && method === DEFLATED && packed > mostPacked(size),
  );
  return [
    ...(flaws.includes('overlapping') ? [{ code: 'overlapping', level: 'dangerous', params: {} } as const] : []),
    ...(flaws.includes('two-names') ? [{ code: 'two-names', level: 'careful', params: {} } as const] : []),
    ...(flaws.includes('hidden-entries') ? [{ code: 'hidden-entries', level: 'careful', params: {} } as const] : []),
    ...(liar
      ? [{ code: 'lies-about-size', level: 'dangerous', params: { path: safeText(liar.path, 100) } } as const]
      : []),
  ];
}

/** Packing makes nothing much larger than it was: five bytes for every stored block. */
function mostPacked(size: number): number {
  return size * 1.1 + 1_000;
}
