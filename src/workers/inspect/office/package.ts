import { type Budget, LimitError } from '../budget.ts';
import type { LimitHit } from '../report.ts';
import { measure, readZip, unpack, type Zip, type ZipEntry, ZipEntryError } from '../zip-reader.ts';
import { type Handlers, readXml, XmlError, xmlText } from './xml.ts';

/** What one part says of another, or of something outside. */
export interface Relation {
  readonly id: string;
  /** The last word of its type: `hyperlink`, `vbaProject`, `attachedTemplate`. */
  readonly type: string;
  readonly target: string;
  readonly external: boolean;
  /** The part that says so, and the part that is meant when it is inside. */
  readonly from: string;
  readonly path: string;
}

/** More of one part is not read: in bytes. */
const MOST_PART = 12_000_000;
const MOST_RELATIONS = 20_000;

/** The parts of a document by their names, without regard to case, as Office finds them. */
export class Parts {
  readonly #bytes: Uint8Array;
  readonly #budget: Budget;
  readonly #entries = new Map<string, ZipEntry>();
  readonly #read = new Set<ZipEntry>();
  readonly zip: Zip;
  /** Parts that could not be read, or are not what they should be. */
  readonly broken = new Set<string>();

  constructor(bytes: Uint8Array, budget: Budget) {
    this.#bytes = bytes;
    this.#budget = budget;
    this.zip = readZip(bytes, budget);
    for (const entry of this.zip.entries) this.#entries.set(partName(entry.path), entry);
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(path: string): boolean {
    return this.#entries.has(partName(path));
  }

  /** A part, or the first `most` bytes of it; undefined when it is not there or cannot be had. */
  read(path: string, most = MOST_PART): Uint8Array | undefined {
    const entry = this.#entries.get(partName(path));
    if (!entry) return undefined;
    if (most >= entry.size) this.#read.add(entry);
    try {
      return unpack(this.#bytes, entry, this.#budget, most);
    } catch (error) {
      if (!(error instanceof ZipEntryError)) throw error;
      this.broken.add(partName(path));
      return undefined;
    }
  }

  /** A part as text, or its beginning with the limit that cut it off. */
  text(path: string, most = MOST_PART): { readonly text: string; readonly limit?: LimitHit } | undefined {
    const bytes = this.read(path, most);
    if (!bytes) return undefined;
    const seen = this.#entries.get(partName(path))?.size ?? 0;
    return { text: xmlText(bytes), ...(seen > most && { limit: { limit: 'bytesOut', allowed: most, seen } }) };
  }

  /**
   * Goes through the XML of a part; one that is broken is remembered, and read as far as it goes. LimitError at the end
   * when it is larger than parts are read, unless `done` had enough.
   */
  xml(path: string, handlers: Handlers, done: () => boolean = () => false): void {
    const found = this.text(path);
    if (!found) return;
    try {
      readXml(found.text, this.#budget, handlers, done);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      if (!found.limit) this.broken.add(partName(path));
    }
    if (found.limit && !done()) throw new LimitError(found.limit);
  }

  /** The first part that is not as large as it says, of those that nobody has read whole and that `may` be gone through for that. */
  measure(may: (packed: number) => boolean): string | undefined {
    for (const entry of this.zip.entries) {
      if (this.#read.has(entry) || !may(entry.packed)) continue;
      try {
        measure(this.#bytes, entry, this.#budget);
      } catch (error) {
        if (!(error instanceof ZipEntryError)) throw error;
        if (error.fault === 'lies') return entry.path;
        this.broken.add(partName(entry.path));
      }
    }
    return undefined;
  }

  /** What every part says of others. */
  *relations(): Generator<Relation, void, undefined> {
    let count = 0;
    for (const path of this.names.filter((name) => name.endsWith('.rels'))) {
      const found: Relation[] = [];
      this.xml(path, {
        open: ({ name, get }) => {
          if (name === 'Relationship') found.push(relationOf(path, get));
        },
      });
      count += found.length;
      if (count > MOST_RELATIONS) throw new LimitError({ limit: 'entries', allowed: MOST_RELATIONS, seen: count });
      yield* found;
    }
  }
}

function relationOf(path: string, get: (name: string) => string | undefined): Relation {
  const from = path.replace(/(^|\/)_rels\/([^/]*)\.rels$/, '$1$2');
  const target = (get('Target') ?? '').trim();
  const external = get('TargetMode')?.toLowerCase() === 'external';
  const type = (get('Type') ?? '').split('/').at(-1) ?? '';
  return { id: get('Id') ?? '', type, target, external, from, path: external ? '' : resolved(from, target) };
}

/** `../media/a.png`, said by `word/document.xml`, is `media/a.png`. */
function resolved(from: string, target: string): string {
  const steps = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of target.slice(0, 1_000).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return partName(steps.join('/'));
}

/** The name of a part as it is looked up: without regard to case, and to how the path is written. */
export function partName(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}
