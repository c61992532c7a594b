import type { PatternSource } from '../patterns/patterns.ts';

const SPECIAL = /[\\^$.|+()[\]{}/-]/g;

/** What people type of a name, as a pattern: a part of it, or with `*` and `?` the whole, whatever stands in their places. */
export function namePattern(typed: string): PatternSource {
  const source = typed.replaceAll(SPECIAL, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return { source: /[*?]/.test(typed) ? `^${source}$` : source, ignoreCase: true };
}
