import type { Parts } from './package.ts';

/** Comments of sheets and slides, old ones and threads, and what speakers note for themselves. */
const NOTES =
  /^(?:xl\/(?:comments\d{0,5}|comments\/[^/]{1,100}|threadedcomments\/[^/]{1,100})|ppt\/(?:notesslides|comments)\/[^/]{1,100})\.xml$/;
const MOST_PARTS = 500;
const MOST_TEXT = 1_000_000;
/** Pieces of a text in different type belong together, these do not. */
const ENDS = new Set(['comment', 'threadedComment', 'cm', 'p', 'author']);

/** What people have written beside sheets and slides, each note on lines of its own. */
export function readNotes(parts: Parts): string {
  let notes = '';
  for (const path of parts.names.filter((name) => NOTES.test(name)).slice(0, MOST_PARTS)) {
    parts.xml(
      path,
      {
        text: (text) => {
          notes += text;
        },
        close: (name) => {
          if (ENDS.has(name)) notes += '\n';
        },
      },
      () => notes.length > MOST_TEXT,
    );
  }
  return notes;
}
