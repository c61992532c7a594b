import { gzip } from '../../tests/files/gzip.ts';
import { tar } from '../../tests/files/tar.ts';
import { zip } from '../../tests/files/zip.ts';
import { proseOf } from './texts.ts';

const ENTRY_BYTES = 2_000;

function entriesOf(count: number) {
  const content = proseOf(ENTRY_BYTES);
  return Array.from({ length: count }, (_, at) => ({ path: `folder ${at % 50}/text ${at}.txt`, content }));
}

/** So many texts of 2 kB. */
export function zipOf(entries: number): Uint8Array {
  return zip(entriesOf(entries));
}

export function tarOf(entries: number): Uint8Array {
  return tar(entriesOf(entries));
}

/** A packed text of so many bytes. */
export function gzipOf(bytes: number): Uint8Array {
  return gzip(proseOf(bytes), { name: 'penguins.txt' });
}
