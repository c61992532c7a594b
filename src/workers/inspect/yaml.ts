import { EVENT_ID, type Event, getScalarValue, parseEvents, YAMLException } from 'js-yaml';
import { shownKey } from './shown-key.ts';

export interface YamlShape {
  readonly documents: number;
  readonly depth: number;
  /** Mappings, lists and single values. */
  readonly values: number;
  /** Of the first document's root; safe to show. */
  readonly keys: string[];
  /** How many keys that root has. */
  readonly entries: number;
  readonly root: 'object' | 'array' | 'value';
}

export interface TextFault {
  /** Of the parser, in its words. */
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

export type YamlScan =
  | { readonly ok: true; readonly shape: YamlShape }
  | { readonly ok: false; readonly fault: TextFault };

const MAX_KEYS = 25;
const MAX_DEPTH = 100;
/** Keys remembered at a time to find those that come twice. */
const MOST_REMEMBERED = 100_000;

/**
 * Reads YAML as a list of events: nothing is built, so aliases unfold into nothing, and tags of programs that we do not
 * know are no errors. The parser takes about half a second a megabyte: give it no more.
 */
export function scanYaml(text: string): YamlScan {
  try {
    return new Walk(text).run(parseEvents(text, { maxDepth: MAX_DEPTH }));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    return { ok: false, fault: { reason, line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 } };
  }
}

interface Open {
  readonly mapping: boolean;
  /** Of a mapping: whether the next thing is a key. */
  key: boolean;
  readonly keys: Set<string>;
}

class Walk {
  readonly #text: string;
  readonly #open: Open[] = [];
  readonly #keys: string[] = [];
  #documents = 0;
  #deepest = 0;
  #values = 0;
  #entries = 0;
  #remembered = 0;
  #root: YamlShape['root'] = 'value';

  constructor(text: string) {
    this.#text = text;
  }

  run(events: readonly Event[]): YamlScan {
    for (const event of events) {
      const twice = this.#take(event);
      if (twice !== undefined)
        return { ok: false, fault: { reason: 'duplicated mapping key', ...placeOf(this.#text, twice) } };
    }
    const [documents, depth, values, entries] = [this.#documents, this.#deepest, this.#values, this.#entries];
    return { ok: true, shape: { documents, depth, values, keys: this.#keys, entries, root: this.#root } };
  }

  /** Where a key stands that its mapping has already, if this is one. */
  #take(event: Event): number | undefined {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.#documents++;
        this.#open.push({ mapping: false, key: false, keys: new Set() });
        return undefined;
      case EVENT_ID.POP:
        this.#remembered -= this.#open.pop()?.keys.size ?? 0;
        return undefined;
      case EVENT_ID.SCALAR: {
        const key = this.#next();
        if (!key) return undefined;
        const name = getScalarValue(this.#text, event);
        if (this.#open.length === 2 && this.#documents === 1) this.#rootKey(name);
        return this.#twice(name) ? event.valueStart : undefined;
      }
      case EVENT_ID.ALIAS:
        this.#next();
        return undefined;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        this.#next();
        return this.#descend(event.type === EVENT_ID.MAPPING);
      default: {
        const never: never = event;
        return never;
      }
    }
  }

  /** Counts a value; true when it is a key. */
  #next(): boolean {
    const inside = this.#open.at(-1);
    const key = inside?.mapping === true && inside.key;
    if (inside?.mapping) inside.key = !inside.key;
    if (!key) this.#values++;
    if (!key && this.#open.length === 2 && this.#documents === 1 && this.#root === 'array') this.#entries++;
    return key;
  }

  #descend(mapping: boolean): undefined {
    if (this.#open.length === 1 && this.#documents === 1) this.#root = mapping ? 'object' : 'array';
    this.#open.push({ mapping, key: mapping, keys: new Set() });
    this.#deepest = Math.max(this.#deepest, this.#open.length - 1);
  }

  #rootKey(name: string): void {
    this.#entries++;
    if (this.#keys.length < MAX_KEYS) this.#keys.push(shownKey(name));
  }

  #twice(name: string): boolean {
    const keys = this.#open.at(-1)?.keys;
    if (!keys || name === '<<') return false;
    if (keys.has(name)) return true;
    if (this.#remembered < MOST_REMEMBERED) {
      this.#remembered++;
      keys.add(name);
    }
    return false;
  }
}

/** Line and column, from 1, of a place in a text. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return { line, column: at - start + 1 };
}
