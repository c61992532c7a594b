import { sizeText } from '../../lib/size-text.ts';
import { type ArchiveEntry, depthOf, entriesPreview, entryFindings } from './archive-entries.ts';
import { Inside } from './archive-inside.ts';
import type { Opening } from './opener.ts';
import { type Fact, type Finding, type LimitHit, type Report, reportOf } from './report.ts';

/** What an archive's own opener found in it. */
export interface Listing {
  readonly entries: readonly ArchiveEntry[];
  readonly findings?: readonly Finding[];
  readonly facts?: readonly Fact[];
  readonly limits?: readonly LimitHit[];
}

/** A report of an archive of any kind: its list, what the list gives away, and what is in the entries that matter. */
export async function archiveReport(
  what: Pick<Report, 'type' | 'mime'>,
  opening: Opening,
  { entries, findings = [], facts = [], limits = [] }: Listing,
): Promise<Report> {
  const files = entries.filter(({ folder }) => !folder);
  const size = files.reduce((sum, entry) => sum + entry.size, 0);
  const bomb = opening.tree.add(size, opening.bytes.length, opening.depth);
  const inside = new Inside(opening);
  // A bomb is told by its list: nothing of it needs to be lit.
  if (bomb.length === 0 && !findings.some(({ code }) => code === 'overlapping')) await inside.look(files);
  return reportOf(what.type, what.mime, {
    findings: once([...bomb, ...findings, ...entryFindings(entries), ...inside.findings(), ...inside.unseen()]),
    facts: [...listFacts(entries, files, size, opening.bytes.length), ...facts],
    previews: entries.length > 0 ? [entriesPreview(entries)] : [],
    limits: [...Map.groupBy([...limits, ...inside.limits], ({ limit }) => limit).values()].flatMap(
      ([hit]) => hit ?? [],
    ),
    links: [...inside.links],
    secrets: [...inside.secrets],
  });
}

/** What the list gives away need not be said again when the entry is looked into. */
function once(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** Size and ratio of what comes out. */
export function unpackedFact(size: number, packed: number): Fact {
  const ratio = Math.round((size / Math.max(packed, 1)) * 10) / 10;
  if (ratio < 1) return { label: 'unpacked', code: 'unpacksTo', params: { size: sizeText(size) } }; // stored, or empty
  return { label: 'unpacked', code: 'ratio', params: { size: sizeText(size), ratio } };
}

function listFacts(
  entries: readonly ArchiveEntry[],
  files: readonly ArchiveEntry[],
  size: number,
  packed: number,
): Fact[] {
  const locked = files.filter(({ encrypted }) => encrypted).length;
  const deepest = entries.reduce((most, { path }) => Math.max(most, depthOf(path)), 0);
  return [
    { label: 'contents', code: 'contents', params: { files: files.length, folders: entries.length - files.length } },
    unpackedFact(size, packed),
    ...(locked > 0 ? [{ label: 'encrypted', code: 'of', params: { number: locked, all: files.length } } as const] : []),
    ...(deepest > 0 ? [{ label: 'deepest', code: 'levels', params: { number: deepest } } as const] : []),
  ];
}
