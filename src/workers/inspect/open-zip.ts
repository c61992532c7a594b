import { archiveReport } from './archive.ts';
import type { ArchiveEntry } from './archive-entries.ts';
import { LimitError } from './budget.ts';
import type { Opener, Opening } from './opener.ts';
import type { Fact, Finding, Report } from './report.ts';
import { safeText } from './safe-text.ts';
import { measure, readZip, unpack, type Zip, type ZipEntry, ZipEntryError } from './zip-reader.ts';

const LONGEST_TARGET = 1_000;
const MOST_MANIFEST = 65_536;
const DEFLATED = 8;

/** ZIP archives, as they are. */
export const openZip: Opener = (opening) => open('zip', 'application/zip', opening);

/** Android apps: an archive, and a program. */
export const openApk: Opener = (opening) =>
  open('apk', 'application/vnd.android.package-archive', opening, [
    { code: 'program-android', level: 'dangerous', params: {} },
  ]);

/** Java programs: an archive, and a program. */
export const openJar: Opener = (opening) =>
  open('jar', 'application/java-archive', opening, [{ code: 'program-java', level: 'dangerous', params: {} }]);

async function open(
  type: Report['type'],
  mime: string,
  opening: Opening,
  program: readonly Finding[] = [],
): Promise<Report> {
  const { bytes, budget } = opening;
  const zip = readZip(bytes, budget);
  const entries = zip.entries.map((entry) => entryOf(bytes, entry, opening));
  const facts = type === 'jar' ? mainClass(zip, opening) : [];
  return archiveReport({ type, mime }, opening, {
    entries,
    findings: [...program, ...flaws(zip)],
    facts,
    limits: zip.limit ? [zip.limit] : [],
  });
}

function entryOf(bytes: Uint8Array, entry: ZipEntry, { budget }: Opening): ArchiveEntry {
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

function flaws({ entries, flaws }: Zip): Finding[] {
  const liar = entries.find(
    ({ method, size, packed, encrypted }) => !encrypted && method === DEFLATED && packed > mostPacked(size),
  );
  return [
    ...(flaws.includes('no-directory')
      ? [{ code: 'broken', level: 'careful', params: { where: 'no directory' } } as const]
      : []),
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

/** What a Java program starts with, as its manifest says. */
function mainClass({ entries }: Zip, { bytes, budget }: Opening): Fact[] {
  const manifest = entries.find(({ path }) => path === 'META-INF/MANIFEST.MF');
  if (!manifest) return [];
  try {
    const text = new TextDecoder().decode(unpack(bytes, manifest, budget, MOST_MANIFEST));
    const name = /^Main-Class:[ ]?([^\r\n]{1,200})/m.exec(text)?.[1];
    return name ? [{ label: 'mainClass', code: 'plain', params: { value: safeText(name, 100) } }] : [];
  } catch (error) {
    if (error instanceof ZipEntryError || error instanceof LimitError) return [];
    throw error;
  }
}
