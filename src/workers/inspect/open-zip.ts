import { archiveReport } from './archive.ts';
import { LimitError } from './budget.ts';
import type { Opener, Opening } from './opener.ts';
import type { Fact, Finding, Report } from './report.ts';
import { safeText } from './safe-text.ts';
import { entriesOf, zipFlaws } from './zip-contents.ts';
import { readZip, unpack, type Zip, ZipEntryError } from './zip-reader.ts';

const MOST_MANIFEST = 65_536;

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
  const zip = readZip(opening.bytes, opening.budget);
  const facts = type === 'jar' ? mainClass(zip, opening) : [];
  return archiveReport({ type, mime }, opening, {
    entries: entriesOf(zip, opening),
    findings: [
      ...program,
      ...(zip.flaws.includes('no-directory')
        ? [{ code: 'broken', level: 'careful', params: { where: 'no directory' } } as const]
        : []),
      ...zipFlaws(zip),
    ],
    facts,
    limits: zip.limit ? [zip.limit] : [],
  });
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
