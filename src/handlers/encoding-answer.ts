import type { Answer, Part } from '../services/answers/answer.ts';
import type { Words } from '../services/answers/words.ts';

/** What is longer would be cut off in a message. */
const LONGEST_SHOWN = 1_800;

interface Result {
  readonly title: Words;
  readonly text: string;
  readonly file: string;
  readonly note?: Words;
}

/** A text to be copied from: in a code block, or as a file where it is too long for that or would end the block. */
export function resultAnswer({ title, text, file, note }: Result): Answer {
  const small: readonly Part[] = note === undefined ? [] : [{ kind: 'small', text: note }];
  const shown = text.length <= LONGEST_SHOWN && !text.includes('```') && text.trim() !== '';
  if (shown) return { tone: 'info', title, parts: [{ kind: 'code', text }, ...small] };
  return { tone: 'info', title, parts: small, files: [{ name: file, bytes: new TextEncoder().encode(text) }] };
}
