import type { Waiting } from '../../lib/deadline.ts';
import type { Workers } from '../../workers/offload.ts';
import { MOST_TEXTS } from '../../workers/patterns/limits.ts';
import { UserError } from '../answers/user-error.ts';
import { problemInWords } from './in-words.ts';

/** A pattern as a server wrote it. */
export interface PatternSource {
  readonly source: string;
  readonly ignoreCase: boolean;
}

/** That the pattern can be used; otherwise UserError, which says why, where, and what to write instead. */
export async function checkPattern(workers: Workers, pattern: PatternSource, waiting: Waiting = {}): Promise<void> {
  const { patterns } = await workers.offload('matchPatterns', { patterns: [pattern], texts: [] }, waiting);
  const [facts] = patterns;
  if (facts?.kind === 'refused') throw new UserError('patterns.refused', { why: problemInWords(facts.problem) });
}

/** The places of those texts that the pattern matches, in threads, however many and whatever texts they are. */
export async function textsMatching(
  workers: Workers,
  pattern: PatternSource,
  texts: readonly string[],
  waiting: Waiting = {},
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  let next = 0;
  while (next < texts.length) {
    const batch = texts.slice(next, next + MOST_TEXTS);
    const { hits, done } = await workers.offload('matchPatterns', { patterns: [pattern], texts: batch }, waiting);
    for (const { text } of hits) found.add(next + text);
    next += Math.max(1, done);
  }
  return found;
}
