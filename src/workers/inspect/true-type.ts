import { fileTypeFromBuffer } from 'file-type';
import { decode } from './decode.ts';
import type { Report } from './report.ts';

export interface TrueType {
  readonly type: Report['type'];
  readonly mime: string;
}

const BY_EXTENSION: Readonly<Record<string, Report['type']>> = {
  zip: 'zip',
  tar: 'tar',
  gz: 'gzip',
  bz2: 'bzip2',
  xz: 'xz',
  '7z': 'sevenZip',
  rar: 'rar',
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  pptx: 'pptx',
  cfb: 'legacyOffice',
  png: 'png',
  jpg: 'jpeg',
  gif: 'gif',
  webp: 'webp',
  exe: 'pe',
  elf: 'elf',
  macho: 'macho',
  apk: 'apk',
  jar: 'jar',
  lnk: 'shortcut',
};

/** What a file is by its content alone. Text of any kind is `text`; its opener finds out which. */
export async function trueType(bytes: Uint8Array): Promise<TrueType> {
  if (bytes.length === 0) return { type: 'empty', mime: 'application/x-empty' };
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined); // cut off inside what it looks at
  const known = found && BY_EXTENSION[found.ext];
  if (found && known) return { type: known, mime: found.mime };
  if (found) return { type: 'other', mime: found.mime };
  const decoded = await decode(bytes.subarray(0, 65_536));
  return decoded.kind === 'binary'
    ? { type: 'unknown', mime: 'application/octet-stream' }
    : { type: 'text', mime: 'text/plain' };
}
