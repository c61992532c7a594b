import type { PdfDocument } from './document.ts';
import type { Page } from './text.ts';
import { type Dict, Ref, type Value } from './values.ts';

const MOST_PAGES = 100_000;

interface Branch {
  readonly value: Value;
  readonly resources: Dict | undefined;
}

/** The tree of pages, walked once; a branch that is met again is not entered. */
export class Pages {
  readonly #doc: PdfDocument;
  readonly #seen = new Set<number>();
  /** A branch stands in two places, or in itself. */
  loops = false;

  constructor(doc: PdfDocument) {
    this.#doc = doc;
  }

  *walk(): Generator<Page, void, undefined> {
    const catalog = this.#doc.dict(this.#doc.trailer.get('Root') ?? null);
    const stack: Branch[] = [{ value: catalog?.get('Pages') ?? null, resources: undefined }];
    for (let branch = stack.pop(), pages = 0; branch && pages < MOST_PAGES; branch = stack.pop()) {
      const dict = this.#enter(branch.value);
      if (!dict) continue;
      const resources = this.#doc.dict(dict.get('Resources')) ?? branch.resources;
      const kids = this.#doc.resolve(dict.get('Kids'));
      if (!Array.isArray(kids)) {
        pages++;
        yield { dict, resources };
        continue;
      }
      for (const value of kids.toReversed()) stack.push({ value, resources });
    }
  }

  #enter(value: Value): Dict | undefined {
    if (value instanceof Ref) {
      if (this.#seen.has(value.number)) this.loops = true;
      if (this.#seen.has(value.number)) return undefined;
      this.#seen.add(value.number);
    }
    return this.#doc.dict(value);
  }
}
