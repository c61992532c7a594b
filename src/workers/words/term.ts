import { BotError } from '../../lib/errors.ts';

/**
 * `word` and `part` are terms of people, with wildcards: a word stands by itself, a part anywhere. A `literal` is taken by the letter,
 * is found anywhere, told once a text, and excepted by nothing: what a pattern cannot do without.
 */
export type TermKind = 'word' | 'part' | 'literal';

/** What is looked for, spelt as canonical texts are. */
export interface Term {
  /** `*` stands for up to `REACH` letters, `?` for one, none of them white space; after a backslash they stand for themselves. */
  readonly text: string;
  readonly kind: TermKind;
  /** It allows instead: what other terms of its scope find inside it does not count. */
  readonly except?: boolean;
  /** Exceptions hold for the terms of the same scope (default 0). */
  readonly scope?: number;
}

/** More is to be looked for than there is memory for, or a term is none. */
export class TermsError extends BotError {}
