import { type ArchiveEntry, entryFindings } from './archive-entries.ts';
import { Inside } from './archive-inside.ts';
import type { Opener, Opening } from './opener.ts';
import { type Report, reportOf } from './report.ts';
import { entriesOf, zipFlaws } from './zip-contents.ts';
import { readZip, type Zip } from './zip-reader.ts';

type Seen = Pick<Report, 'findings' | 'limits' | 'links' | 'secrets'>;

/** Markup that such documents consist of. */
const PARTS = /\.(?:xml|rels|vml|rdf|xhtml|html?|opf|ncx)$/i;

/**
 * A document that is a zip underneath, held to what any archive is held to: whoever calls an archive a document hides
 * nothing in it. Of its own parts only the beginnings are looked at; what the document's opener `opens` is left out.
 */
export async function documentContents(
  zip: Zip,
  entries: readonly ArchiveEntry[],
  opening: Opening,
  opens: (path: string) => boolean = () => false,
): Promise<Seen> {
  const files = entries.filter(({ folder }) => !folder);
  const size = files.reduce((sum, entry) => sum + entry.size, 0);
  const bomb = opening.tree.add(size, opening.bytes.length, opening.depth);
  const inside = new Inside(opening);
  if (bomb.length === 0 && !zip.flaws.includes('overlapping'))
    await inside.look(files.filter(({ path }) => !opens(path)));
  return {
    findings: [...bomb, ...zipFlaws(zip), ...entryFindings(entries), ...inside.findings(), ...inside.unseen()],
    limits: [...(zip.limit ? [zip.limit] : []), ...inside.limits],
    links: [...inside.links],
    secrets: inside.secrets,
  };
}

/** OpenDocument, e-books and whatever else says so: nobody reads them, but nothing else is hidden in them. */
export const openOtherZip =
  (mime: string): Opener =>
  async (opening) => {
    const zip = readZip(opening.bytes, opening.budget);
    const entries = entriesOf(zip, opening).map((entry) => ({ ...entry, part: PARTS.test(entry.path) }));
    return reportOf('other', mime, await documentContents(zip, entries, opening));
  };
