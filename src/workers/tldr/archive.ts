import { TaskError } from '../../lib/errors.ts';
import { Budget } from '../inspect/budget.ts';
import { readZip, unpack, type ZipEntry } from '../inspect/zip-reader.ts';

/** Pages of all languages are some 30,000; a page has some kilobytes. */
const LIMITS = {
  depth: 0,
  pixels: 0,
  roughPixels: 0,
  frames: 0,
  pages: 0,
  rows: 0,
  entries: 200_000,
  bytesOut: 0,
  milliseconds: 4_000,
};
const MOST_PAGE_BYTES = 65_536;
/** No other path is looked at, and none is ever written to a disk. */
const PATH = /^pages(?:\.([a-z]{2,3}(?:_[A-Za-z]{2,4})?))?\/([a-z0-9-]{1,20})\/([^/\\\p{C}]{1,100})\.md$/u;

export interface Page {
  readonly name: string;
  /** As `pages.pt_BR` says it; English is `en`. */
  readonly language: string;
  readonly platform: string;
  readonly entry: ZipEntry;
}

/** What is in the pages archive, by the name of the page in small letters. Nothing is unpacked but what is asked for. */
export class Archive {
  readonly pages: ReadonlyMap<string, readonly Page[]>;
  readonly #bytes: Uint8Array;

  /** TaskError where it is no archive of pages; LimitError where it is too much of one. */
  constructor(zip: SharedArrayBuffer) {
    this.#bytes = new Uint8Array(zip);
    const { entries, limit } = readZip(this.#bytes, new Budget(LIMITS));
    if (limit) throw new TaskError(`the archive has more than ${limit.allowed} entries`);
    this.pages = Map.groupBy(entries.flatMap(pageOf), ({ name }) => name.toLowerCase());
    if (this.pages.size === 0) throw new TaskError('the archive has no pages');
  }

  /** The page as it was written. ZipEntryError, LimitError or TypeError when it cannot be had. */
  read({ entry }: Page): string {
    const budget = new Budget({ ...LIMITS, bytesOut: MOST_PAGE_BYTES });
    return new TextDecoder('utf-8', { fatal: true }).decode(unpack(this.#bytes, entry, budget));
  }
}

function pageOf(entry: ZipEntry): Page[] {
  const [, language = 'en', platform, name] = entry.folder || entry.link ? [] : (PATH.exec(entry.path) ?? []);
  return platform === undefined || name === undefined ? [] : [{ name, language, platform, entry }];
}
