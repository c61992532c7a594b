import { fileTypeFromBuffer } from 'file-type';
import { glance, LimitError } from './budget.ts';
import { decode } from './decode.ts';
import { byMagic, hasAt } from './magic.ts';
import { markupOf } from './page/kind.ts';
import type { Report } from './report.ts';
import { scriptOf } from './scripts.ts';
import { isTarHeader } from './tar-header.ts';
import { readDirectory } from './zip-directory.ts';
import { zipKind } from './zip-kind.ts';

export interface TrueType {
  readonly type: Report['type'];
  readonly mime: string;
}

/** Enough for every signature that is asked for here; a stranger's file is not searched for more. */
const HEAD = 65_536;
/** Kinds of files that are written in characters. */
const WRITTEN = /rtf|postscript|pgp/;

/** What a file is by its content; its name has a say only in which kind of script a text is. Other text is `text`; its opener finds out which. */
export async function trueType(bytes: Uint8Array, name = ''): Promise<TrueType> {
  if (bytes.length === 0) return { type: 'empty', mime: 'application/x-empty' };
  const magic = byMagic(bytes);
  if (magic) return { type: magic.type, mime: magic.mime };
  if (hasAt(bytes, 0, 'PK\x03\x04') || hasAt(bytes, 0, 'PK\x05\x06')) return zipKind(bytes);
  if (isTarHeader(bytes)) return { type: 'tar', mime: 'application/x-tar' };
  const head = bytes.subarray(0, HEAD);
  const found = await fileTypeFromBuffer(head).catch(() => undefined); // cut off inside what it looks at
  const decoded = await decode(head);
  // "BM is a brand" begins like a picture, and is none.
  const sure = found && (decoded.kind === 'binary' || WRITTEN.test(found.mime));
  if (sure && !/^text\/|[/+]xml$/.test(found.mime)) return { type: 'other', mime: found.mime };
  if (isLatePdf(bytes)) return { type: 'pdf', mime: 'application/pdf' };
  if (decoded.kind === 'text')
    return (
      scriptOf(decoded.text, name) ??
      markupOf(decoded.text, name) ?? { type: 'text', mime: found?.mime ?? 'text/plain' }
    );
  return endsAsZip(bytes) ? zipKind(bytes) : { type: 'unknown', mime: 'application/octet-stream' };
}

/** Readers forgive a PDF as much in front of it. */
const LATEST_PDF = 1_024;

/** Text that only tells of PDFs has no dictionary in an object. */
function isLatePdf(bytes: Uint8Array): boolean {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = all.subarray(0, LATEST_PDF).indexOf('%PDF-', 0, 'latin1');
  return (
    start !== -1 && /[\s>]\d{1,10}\s\d{1,5}\sobj\s{0,9}<<\s{0,9}\//.test(all.toString('latin1', start, start + HEAD))
  );
}

/** Programs that unpack look for a zip's end: what stands before its beginning does not stop them. */
function endsAsZip(bytes: Uint8Array): boolean {
  try {
    return readDirectory(bytes, glance(100, 100)) !== undefined;
  } catch (error) {
    if (error instanceof LimitError) return true; // a directory, and a long one
    throw error;
  }
}
