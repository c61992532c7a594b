import { extensionsOf, runsByName, safeName, suspiciousName } from './names.ts';
import type { Finding, Preview } from './report.ts';
import { isSource, SCRIPTS } from './scripts.ts';

/** One thing in an archive, as the archive describes it: all of it is a stranger's claim. */
export interface ArchiveEntry {
  readonly path: string;
  /** Unpacked and packed, in bytes; packed is unknown where many are packed as one. */
  readonly size: number;
  readonly packed?: number;
  readonly encrypted: boolean;
  readonly folder: boolean;
  /** Where it points, when it is a link. */
  readonly target?: string;
  /** Its first `most` bytes, or all; takes them from the budget. Absent where nobody can have them. */
  readonly read?: (most?: number) => Uint8Array;
  /** Throws where not as much comes out of it as it says. Absent where that cannot be otherwise. */
  readonly measure?: () => void;
  /** Markup that a document consists of: who knows that kind of document reads it. */
  readonly part?: boolean;
}

const SHOWN = { entries: 30, path: 100, names: 3, name: 60 };
const MOST_NAME_FINDINGS = 3;

/** What the names, the links and the locks of an archive's entries give away, before anything is unpacked. */
export function entryFindings(entries: readonly ArchiveEntry[]): Finding[] {
  const files = entries.filter(({ folder }) => !folder);
  const locked = files.filter(({ encrypted }) => encrypted).length;
  const escaping = entries.find(({ path }) => escapes(path));
  const leading = entries.find(({ path, target }) => target !== undefined && escapes(target, depthOf(path)));
  const names = entries.map(({ path }) => suspiciousName(path)).filter((finding) => finding !== undefined);
  return [
    ...(escaping ? [finding('escapes', 'dangerous', { path: shown(escaping.path) })] : []),
    ...(leading?.target === undefined
      ? []
      : [finding('link-escapes', 'dangerous', { path: shown(leading.path), target: shown(leading.target) })]),
    ...named(
      'programs-inside',
      'dangerous',
      files.filter(({ path }) => runsByName(path)),
    ),
    ...scriptFindings(files.filter(({ path }) => !runsByName(path) && isScript(path))),
    ...(locked > 0 ? [finding('entries-encrypted', 'careful', { number: locked, all: files.length })] : []),
    ...oneOfEach(names).slice(0, MOST_NAME_FINDINGS),
  ];
}

/** The entries worth showing: first those that somebody should see, then the others as they stand. */
export function entriesPreview(entries: readonly ArchiveEntry[]): Preview {
  const telling = entries.filter(
    (entry) => entry.encrypted || escapes(entry.path) || runsByName(entry.path) || entry.target,
  );
  const chosen = new Set(telling.slice(0, SHOWN.entries / 2));
  for (const entry of entries) {
    if (chosen.size >= SHOWN.entries) break;
    chosen.add(entry);
  }
  return {
    kind: 'entries',
    entries: [...chosen].map((entry) => ({ path: shown(entry.path), bytes: entry.size, note: noteOf(entry) })),
    more: Math.max(0, entries.length - chosen.size),
  };
}

/** A path fit to be shown: its end says more than its middle. */
export function shown(path: string): string {
  return safeName(path.length > SHOWN.path ? `${path.slice(0, 60)}…${path.slice(-35)}` : path, SHOWN.path);
}

/** Folders above it. */
export function depthOf(path: string): number {
  return path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.').length - 1;
}

/** Programs by what they are called or by what was found in them, as one finding with the first names. */
export function named(
  code: 'programs-inside' | 'scripts-inside' | 'secrets-inside',
  level: Finding['level'],
  entries: readonly Pick<ArchiveEntry, 'path'>[],
): Finding[] {
  if (entries.length === 0) return [];
  const names = entries
    .slice(0, SHOWN.names)
    .map(({ path }) => safeName(path.length > SHOWN.name ? `…${path.slice(1 - SHOWN.name)}` : path, SHOWN.name));
  return [
    finding(code, level, {
      number: entries.length,
      names: `${names.join(', ')}${entries.length > SHOWN.names ? ', …' : ''}`,
    }),
  ];
}

/** Absolute, or up and out of the folder that it starts `below` levels deep in. */
function escapes(path: string, below = 0): boolean {
  if (/^(?:[\\/]|[a-z]:)/i.test(path)) return true;
  if (!path.includes('..')) return false;
  let level = below;
  for (const part of path.split(/[\\/]+/)) {
    if (part === '..') level--;
    else if (part !== '' && part !== '.') level++;
    if (level < 0) return true;
  }
  return false;
}

function noteOf({ path, encrypted, folder, target }: ArchiveEntry): string {
  if (target !== undefined) return `→ ${safeName(target, 40)}`;
  if (escapes(path)) return '⚠ path';
  if (encrypted) return '🔒';
  if (runsByName(path)) return '⚠';
  return folder ? '/' : '';
}

/** As safe as each is by itself; those that are not stand first. */
function scriptFindings(scripts: readonly ArchiveEntry[]): Finding[] {
  const { sources = [], others = [] } = Object.groupBy(scripts, ({ path }) =>
    isSource(extensionsOf(path)[0] ?? '') ? 'sources' : 'others',
  );
  return named('scripts-inside', others.length > 0 ? 'careful' : 'safe', [...others, ...sources]);
}

/** Whether it is a script by its name, if not one that is run at a double click. */
export function isScript(path: string): boolean {
  return SCRIPTS.includes(extensionsOf(path)[0] ?? '');
}

function oneOfEach(findings: readonly Finding[]): Finding[] {
  return [...Map.groupBy(findings, ({ code }) => code).values()].flatMap(([first]) => first ?? []);
}

function finding(code: Finding['code'], level: Finding['level'], params: Finding['params']): Finding {
  return { code, level, params };
}
