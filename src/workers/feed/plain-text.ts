import type { Budget } from '../inspect/budget.ts';
import { readMarkup } from '../inspect/page/markup.ts';
import { cut } from '../inspect/safe-text.ts';

/** What is read of a text to show so little of it. */
const READ = 4_000;
const UNSEEN = new Set(['script', 'style', 'template']);
const BREAKS = new Set('p div br li tr h1 h2 h3 h4 h5 h6 blockquote pre'.split(' '));
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what this is for
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** What people would see of a piece of HTML, in one line of at most `max` characters. */
export function plainText(html: string, max: number, budget: Budget): string {
  const pieces: string[] = [];
  let unseen = 0;
  readMarkup(html.slice(0, READ), 'html', budget, {
    open({ name }) {
      if (UNSEEN.has(name)) unseen += 1;
      if (BREAKS.has(name)) pieces.push(' ');
    },
    close(name) {
      if (UNSEEN.has(name)) unseen = Math.max(0, unseen - 1);
      if (BREAKS.has(name)) pieces.push(' ');
    },
    text(text) {
      if (unseen === 0) pieces.push(text);
    },
    instruction() {},
  });
  return oneLine(pieces.join(''), max);
}

/** A text as it is, in one line of at most `max` characters. */
export function oneLine(text: string, max: number): string {
  const line = text.toWellFormed().replace(/\s+/g, ' ').replace(HIDDEN, '').trim();
  return line.length <= max ? line : `${cut(line, max - 1)}…`;
}
