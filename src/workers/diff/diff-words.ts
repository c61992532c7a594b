import { Changes } from './changes.ts';
import type { Lines } from './lines.ts';

/** A piece of a text that stands in both versions, only in the one before, or only in the one after. */
export interface Segment {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Words with the spaces after them, ends of lines, and single signs. */
const WORD = /[\p{L}\p{N}\p{M}_]+ *|\n|\s+|[^\s\p{L}\p{N}\p{M}_]/gu;

/** What has changed from one text to the other, word by word. `over` says that the time is up: longer than need be then. */
export function diffWords(before: string, after: string, over: () => boolean): Segment[] {
  const known = new Map<string, number>();
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const { changes } = new Changes(numbered(old, known), numbered(fresh, known), over).run();
  const segments: Segment[] = [];
  const add = (kind: Segment['kind'], words: readonly string[]) => {
    if (words.length > 0) segments.push({ kind, text: words.join('') });
  };
  let at = 0;
  for (const { oldFrom, oldTo, newFrom, newTo } of changes) {
    add('same', old.slice(at, oldFrom));
    add('gone', old.slice(oldFrom, oldTo));
    add('new', fresh.slice(newFrom, newTo));
    at = oldTo;
  }
  add('same', old.slice(at));
  return segments;
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

function numbered(words: readonly string[], known: Map<string, number>): Lines {
  const ids = new Int32Array(words.length);
  for (const [at, word] of words.entries()) {
    const bare = word.trimEnd() || word;
    const id = known.get(bare) ?? known.size;
    known.set(bare, id);
    ids[at] = id;
  }
  return { ids, starts: new Int32Array(), length: words.length };
}
