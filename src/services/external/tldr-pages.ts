import type { Config } from '../../config.ts';
import type { InFlight } from '../../lib/in-flight.ts';
import type { Logger } from '../../lib/log.ts';
import type { Workers } from '../../workers/offload.ts';
import type { ExternalData } from './external-data.ts';
import { NameIndex } from './name-index.ts';
import type { Source } from './source.ts';

const NAME = 'tldr';
const EVERY_MS = 86_400_000;
const DEADLINE_MS = 150_000;
const READING_MS = 15_000;

/** The pages of tldr, unless the operator does without. */
export function pageSources({ TLDR_URL: url }: Pick<Config, 'TLDR_URL'>): readonly Source[] {
  if (url === 'off') return [];
  return [
    {
      name: NAME,
      url,
      everyMs: EVERY_MS,
      async fetch(known, { io, workers }, signal) {
        const asked = { url, etag: known?.etag ?? null, modified: known?.modified ?? null };
        const answer = await io.errand('tldrArchive', asked, { signal, deadlineMs: DEADLINE_MS });
        if (answer.kind === 'same') return 'same';
        const { pages } = await workers.offload('tldrNames', { zip: answer.bytes }, { signal, deadlineMs: READING_MS });
        return { ...answer, entries: pages };
      },
    },
  ];
}

interface Index {
  readonly version: string;
  readonly names: NameIndex;
  readonly languages: readonly string[];
}

interface Opening {
  readonly externalData: ExternalData;
  readonly workers: Pick<Workers, 'offload'>;
  readonly inFlight: InFlight;
  readonly log: Logger;
}

/** Which pages there are, to be offered while somebody types. The index is made in a thread whenever a new archive is there. */
export class TldrPages implements Disposable {
  readonly #opening: Opening;
  readonly #listening: Disposable;
  #index: Index = { version: '0', names: new NameIndex(''), languages: [] };

  constructor(opening: Opening) {
    this.#opening = opening;
    this.#listening = opening.externalData.onRead(() => this.#indexSoon());
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }

  /** The archive as it is now, and which version that is; nothing while none has come. */
  archive(): { readonly version: string; readonly zip: SharedArrayBuffer } | undefined {
    const copy = this.#opening.externalData.copyOf(NAME);
    return copy && { version: copy.version, zip: copy.bytes };
  }

  /** Names that begin with what is typed, then those that have it; at most `most`. */
  namesLike(typed: string, most: number): readonly string[] {
    return this.#index.names.like(typed, most);
  }

  languages(): readonly string[] {
    return this.#index.languages;
  }

  #indexSoon(): void {
    const { inFlight, workers, log } = this.#opening;
    const archive = this.archive();
    if (!archive || archive.version === this.#index.version) return;
    const { version, zip } = archive;
    const make = async (signal: AbortSignal) => {
      const { names, languages } = await workers.offload('tldrNames', { zip }, { signal, deadlineMs: READING_MS });
      this.#index = { version, names: new NameIndex(names), languages };
    };
    inFlight.track('tldr names', make).catch((error: unknown) => {
      log.warn({ error }, 'the names of pages could not be read, none are offered');
    });
  }
}
