import { domainIn } from '../external/read-domains.ts';
import type { Entry } from './entries.ts';
import { LONGEST_ENTRY, MOST_TERM_LETTERS, MOST_TERMS } from './limits.ts';
import { readTerm, type TermProblem } from './read-term.ts';

/** What a list is of: terms to be found in texts, or domains that links lead to. */
export type ListKind = 'words' | 'domains';

export type EntryProblem = TermProblem | 'notText' | 'notADomain';
/** Why nothing more can be added. */
export type Full = 'tooMany' | 'tooManyLetters';

/** An entry as it is kept, and what makes it the same as another. */
interface ReadEntry {
  readonly text: string;
  readonly key: string;
}

/** The entries of a list in their order, each there once, within the limits that hold for one server. */
export class List {
  readonly #kind: ListKind;
  readonly #texts = new Map<string, string>();
  /** UTF-16 units of what is compared. */
  letters = 0;

  constructor(kind: ListKind) {
    this.#kind = kind;
  }

  get size(): number {
    return this.#texts.size;
  }

  add({ text: raw }: Pick<Entry, 'text'>): 'added' | 'twice' | EntryProblem | Full {
    const entry = this.#read(raw);
    if (typeof entry === 'string') return entry;
    const { text, key } = entry;
    if (this.#texts.has(key)) return 'twice';
    if (this.#texts.size >= MOST_TERMS) return 'tooMany';
    if (this.#kind === 'words' && this.letters + key.length > MOST_TERM_LETTERS) return 'tooManyLetters';
    this.#texts.set(key, text);
    this.letters += key.length;
    return 'added';
  }

  remove({ text: raw }: Pick<Entry, 'text'>): 'removed' | 'missing' | EntryProblem {
    const entry = this.#read(raw);
    if (typeof entry === 'string') return entry;
    if (!this.#texts.delete(entry.key)) return 'missing';
    this.letters -= entry.key.length;
    return 'removed';
  }

  /** One entry a line. */
  written(): Uint8Array {
    return new TextEncoder().encode([...this.#texts.values(), ''].join('\n'));
  }

  #read(raw: string | undefined): ReadEntry | EntryProblem {
    if (raw === undefined) return 'notText';
    if (raw.length > LONGEST_ENTRY) return 'tooLong';
    if (this.#kind === 'domains') {
      const domain = domainIn(raw);
      return domain === undefined ? 'notADomain' : { text: domain, key: domain };
    }
    const term = readTerm(raw, { kind: 'word', leet: false });
    if (typeof term === 'string') return term;
    return { text: raw.trim().replace(/\s+/gu, ' ').toWellFormed(), key: `${term.except ? '!' : ''}${term.text}` };
  }
}

/** The entries of a list as it is kept. */
export function* entriesOf(bytes: Uint8Array): Generator<string, void, undefined> {
  const text = new TextDecoder().decode(bytes);
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const stop = end === -1 ? text.length : end;
    if (stop > at) yield text.slice(at, stop);
    at = stop + 1;
  }
}
