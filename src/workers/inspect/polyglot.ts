import { glance, LimitError } from './budget.ts';
import { hasAt } from './magic.ts';
import type { Finding, Report } from './report.ts';
import { readDirectory } from './zip-directory.ts';

const EDGE = 65_536;
const PDF_START = 1_024;
const GZIP_START = 10;
const PICTURES: readonly Report['type'][] = ['png', 'jpeg', 'gif', 'webp'];
const PROGRAMS: readonly Report['type'][] = ['pe', 'elf', 'macho'];
/** Archives and disk images hold other files as they are: that is what they are for. */
const WHOLE: readonly Report['type'][] = [...PICTURES, ...PROGRAMS, 'pdf', 'text', 'html', 'svg', 'script', 'shortcut'];
const MARKUP = /<script[\s>]|<html[\s>]|<!doctype html|<iframe\s|<svg[\s>]|<\?php/i;

/** What else a file is taken for by programs that look elsewhere in it: the same bytes, opened as two things. */
export function polyglotFindings(bytes: Uint8Array, type: Report['type']): Finding[] {
  const others = [
    WHOLE.includes(type) && endsWithZip(bytes) ? 'ZIP' : undefined,
    [...PICTURES, ...PROGRAMS].includes(type) && latin1(bytes.subarray(0, PDF_START)).includes('%PDF-')
      ? 'PDF'
      : undefined,
    PICTURES.includes(type) ? hiddenIn(bytes) : undefined,
    type === 'pdf' && (MARKUP.test(beforePdf(bytes)) || MARKUP.test(behindPdf(bytes))) ? 'HTML' : undefined,
    type === 'zip' && MARKUP.test(latin1(bytes.subarray(0, beforeZip(bytes)))) ? 'HTML' : undefined,
    type === 'gzip' && MARKUP.test(gzipHeader(bytes)) ? 'HTML' : undefined,
  ].filter((other) => other !== undefined);
  // A program that unpacks itself is such a file by design.
  const level = PROGRAMS.includes(type) ? 'careful' : 'dangerous';
  return others.map((also) => ({ code: 'polyglot', level, params: { also } }));
}

function endsWithZip(bytes: Uint8Array): boolean {
  try {
    return (readDirectory(bytes, glance(5_000, 100))?.entries.length ?? 0) > 0;
  } catch (error) {
    if (error instanceof LimitError) return true;
    throw error;
  }
}

/** Bytes in front of the first entry; what is in the entries is opened as what it is. */
function beforeZip(bytes: Uint8Array): number {
  try {
    return Math.min(EDGE, readDirectory(bytes, glance(5_000, 100))?.before ?? 0);
  } catch (error) {
    if (error instanceof LimitError) return 0;
    throw error;
  }
}

const HAS = { extra: 4, name: 8, comment: 16 };

/** Where a gzip file has room for what is not packed: none in most. */
function gzipHeader(bytes: Uint8Array): string {
  const flags = bytes[3] ?? 0;
  let end = GZIP_START;
  if (flags & HAS.extra) end += 2 + (bytes[end] ?? 0) + ((bytes[end + 1] ?? 0) << 8);
  for (const text of [HAS.name, HAS.comment]) if (flags & text) end = bytes.indexOf(0, end) + 1;
  return latin1(bytes.subarray(GZIP_START, end === 0 ? EDGE : Math.min(end, EDGE)));
}

/** What has no business in a picture. Long signatures only: in compressed data every short one stands somewhere. */
function hiddenIn(bytes: Uint8Array): string | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.includes('Rar!\x1a\x07', 0, 'latin1')) return 'RAR';
  if (all.includes('7z\xbc\xaf\x27\x1c', 0, 'latin1')) return '7z';
  if (all.includes('This program cannot be run in DOS mode', 0, 'latin1')) return 'EXE';
  const edges = latin1(bytes.subarray(0, EDGE)) + latin1(bytes.subarray(Math.max(EDGE, bytes.length - EDGE)));
  if (MARKUP.test(edges)) return 'HTML';
  // The width of the picture, or the length of its first part, opens a comment of a script that ends further on.
  const comment = hasAt(bytes, 6, '/*') || hasAt(bytes, 4, '/*') || hasAt(bytes, 6, '=');
  return comment && all.includes('*/', 6, 'latin1') ? 'JavaScript' : undefined;
}

/** Readers forgive a PDF whatever stands before its first line; behind that, comments may say anything. */
function beforePdf(bytes: Uint8Array): string {
  const start = latin1(bytes.subarray(0, EDGE));
  const at = start.slice(0, PDF_START + 5).indexOf('%PDF-');
  const comments = /^(?:%[^\r\n]*[\r\n]{1,2}){0,100}/.exec(start.slice(Math.max(0, at)))?.[0] ?? '';
  return start.slice(0, Math.max(0, at)) + comments;
}

function behindPdf(bytes: Uint8Array): string {
  const tail = latin1(bytes.subarray(Math.max(0, bytes.length - EDGE)));
  const end = tail.lastIndexOf('%%EOF');
  return end === -1 ? '' : tail.slice(end);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
