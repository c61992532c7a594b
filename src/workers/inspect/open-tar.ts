import { archiveReport } from './archive.ts';
import type { ArchiveEntry } from './archive-entries.ts';
import { type Budget, LimitError } from './budget.ts';
import type { Opener } from './opener.ts';
import type { Finding, LimitHit } from './report.ts';
import { isTarHeader, octal } from './tar-header.ts';

const BLOCK = 512;
const LONGEST_NAME = 65_536;

interface Tar {
  readonly entries: readonly ArchiveEntry[];
  readonly findings: readonly Finding[];
  readonly limits: readonly LimitHit[];
}

/** TAR archives: names as ustar, pax and GNU write them. */
export const openTar: Opener = (opening) =>
  archiveReport({ type: 'tar', mime: 'application/x-tar' }, opening, readTar(opening.bytes, opening.budget));

interface Names {
  path?: string;
  target?: string;
  size?: number;
}

function readTar(bytes: Uint8Array, budget: Budget): Tar {
  const entries: ArchiveEntry[] = [];
  const behind: Finding[] = [];
  const tar = { entries, findings: behind, limits: [] };
  let names: Names = {};
  for (let at = 0; at < bytes.length; ) {
    if (isZero(bytes, at)) {
      // Blocks of nothing end it. Programs that are told to go on show what another one behind them holds.
      at = pastZeros(bytes, at);
      if (at + BLOCK > bytes.length || !isTarHeader(bytes, at)) return tar;
      if (behind.length === 0) behind.push({ code: 'hidden-entries', level: 'careful', params: {} });
      names = {};
    }
    if (!isTarHeader(bytes, at)) return { ...tar, findings: [...behind, broken(`header at ${at}`)] };
    const size = names.size ?? octal(bytes, at + 124, 12);
    const kind = String.fromCharCode(bytes[at + 156] ?? 0);
    const start = at + BLOCK;
    if (!(size >= 0)) return { ...tar, findings: [...behind, broken(`header at ${at}`)] };
    const data = bytes.subarray(start, start + size);
    try {
      budget.take('entries', 1);
    } catch (error) {
      if (error instanceof LimitError && error.hit.limit === 'entries') return { ...tar, limits: [error.hit] };
      throw error;
    }
    if ('xgLK'.includes(kind))
      names = kind === 'g' ? names : { ...names, ...longNames(kind, data.subarray(0, LONGEST_NAME)) };
    else {
      entries.push(entryOf(bytes, at, kind, size, data, names));
      names = {};
    }
    if (start + size > bytes.length) return { ...tar, findings: [...behind, broken(`entry at ${at}`)] };
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { ...tar, findings: [...behind, broken('no end')] };
}

function entryOf(
  bytes: Uint8Array,
  at: number,
  kind: string,
  size: number,
  data: Uint8Array,
  names: Names,
): ArchiveEntry {
  const prefix = text(bytes, at + 257, 5) === 'ustar' && bytes[at + 262] === 0 ? text(bytes, at + 345, 155) : '';
  const own = text(bytes, at, 100);
  const path = names.path ?? (prefix === '' ? own : `${prefix}/${own}`);
  const link = kind === '1' || kind === '2';
  const target = link ? (names.target ?? text(bytes, at + 157, 100)) : undefined;
  const folder = kind === '5' || path.endsWith('/');
  const read = (most?: number) => data.subarray(0, most);
  // A hard link is told from the top of the archive on, a symbolic one from where it stands.
  return {
    path,
    size: folder || link ? 0 : size,
    encrypted: false,
    folder,
    ...(target !== undefined && { target: kind === '1' && target.includes('..') ? `/${target}` : target }),
    ...(!link && !folder && { read }),
  };
}

/** The name that the next header has no room for. */
function longNames(kind: string, data: Uint8Array): Names {
  if (kind === 'L') return { path: text(data, 0, data.length) };
  if (kind === 'K') return { target: text(data, 0, data.length) };
  const found: Names = {};
  for (const [, key, value = ''] of decode(data).matchAll(/^\d{1,10} (path|linkpath|size)=([^\n]{0,65536})\n/gm)) {
    if (key === 'path') found.path = value;
    else if (key === 'linkpath') found.target = value;
    else if (/^\d{1,15}$/.test(value)) found.size = Number(value);
  }
  return found;
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return decode(end === -1 ? field : field.subarray(0, end));
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function isZero(bytes: Uint8Array, at: number): boolean {
  return bytes.subarray(at, at + BLOCK).every((byte) => byte === 0);
}

/** The next block that something is in, or the end. */
function pastZeros(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isZero(bytes, at)) at += BLOCK;
  return at;
}

function broken(where: string): Finding {
  return { code: 'broken', level: 'careful', params: { where } };
}
