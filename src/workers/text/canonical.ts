import { Fold } from './fold.ts';
import { Form } from './form.ts';
import { Letters } from './letters.ts';

/** A text as it is compared. */
export interface Canonical {
  readonly text: string;
  /** Of `text.length + 1`: units `[i, j)` stand in the original at `[from[i], from[j])`. Not to be changed, nor sent to another thread. */
  readonly from: Int32Array;
}

export interface CanonicalOptions {
  /** Whether figures and signs that stand for letters are read as letters. */
  readonly leet: boolean;
}

/** More than Discord lets anyone write; what is beyond is not looked at. */
const LONGEST = 200_000;
const form = new Form();
const fold = new Fold(new Letters(), form);

/**
 * One text for all the ways to write it: small letters in their compatibility form, nothing that does not show, one space
 * where there are several. Linear in the text; the result is at most 18 times as long.
 */
export function canonical(original: string, _options: CanonicalOptions): Canonical {
  const end = Math.min(original.length, LONGEST);
  fold.begin();
  for (let at = 0; at < end; ) {
    const code = original.codePointAt(at) ?? 0;
    fold.put(code, at);
    at += code > 0xffff ? 2 : 1;
  }
  return { text: form.text(), from: form.places(end) };
}
