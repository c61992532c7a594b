import { glance, LimitError } from './budget.ts';
import { hasAt } from './magic.ts';
import type { TrueType } from './true-type.ts';
import { readDirectory, scanLocalHeaders } from './zip-directory.ts';
import type { ZipEntry } from './zip-reader.ts';

const OPEN_DOCUMENT = /^(?:mimetype)$/;

const ZIP: TrueType = { type: 'zip', mime: 'application/zip' };

/** Which of the many formats that are zips underneath this is, by the names in it. */
export function zipKind(bytes: Uint8Array): TrueType {
  try {
    const budget = glance(5_000, 200);
    const { entries } = readDirectory(bytes, budget) ?? scanLocalHeaders(bytes, budget);
    return kindOf(bytes, entries);
  } catch (error) {
    if (error instanceof LimitError) return ZIP;
    throw error;
  }
}

function kindOf(bytes: Uint8Array, entries: readonly ZipEntry[]): TrueType {
  const names = new Set(entries.map(({ path }) => path));
  const within = (folder: string) => entries.some(({ path }) => path.startsWith(folder));
  if (names.has('AndroidManifest.xml')) return { type: 'apk', mime: 'application/vnd.android.package-archive' };
  if (names.has('[Content_Types].xml')) {
    const office = 'application/vnd.openxmlformats-officedocument';
    if (within('word/')) return { type: 'docx', mime: `${office}.wordprocessingml.document` };
    if (within('xl/')) return { type: 'xlsx', mime: `${office}.spreadsheetml.sheet` };
    if (within('ppt/')) return { type: 'pptx', mime: `${office}.presentationml.presentation` };
  }
  if (names.has('META-INF/MANIFEST.MF') || entries.some(({ path }) => path.endsWith('.class'))) {
    return { type: 'jar', mime: 'application/java-archive' };
  }
  const first = entries[0];
  if (first && OPEN_DOCUMENT.test(first.path) && first.method === 0)
    return { type: 'other', mime: mimeIn(bytes, first) };
  return ZIP;
}

/** OpenDocument and e-books say what they are in a first entry that is not packed. */
function mimeIn(bytes: Uint8Array, { at, packed }: ZipEntry): string {
  const start = at + 38;
  if (!hasAt(bytes, at + 30, 'mimetype') || packed > 100) return 'application/zip';
  const mime = String.fromCharCode(...bytes.subarray(start, start + packed));
  return /^[a-z]+\/[a-z0-9.+-]{1,80}$/.test(mime) ? mime : 'application/zip';
}
