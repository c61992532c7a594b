import { REACH } from './limits.ts';

/** What lies between two pieces of a term, or at one of its ends: so many letters, none of them white space. */
export interface Gap {
  readonly least: number;
  readonly most: number;
}

/** A term in pieces that stand as they are; `gaps` has one more: before the first, between each two, after the last. */
export interface Pieces {
  readonly pieces: readonly string[];
  readonly gaps: readonly Gap[];
}

const NO_GAP: Gap = { least: 0, most: 0 };
const SPECIAL = /[*?\\]/;

/** Whether a gap has no bound that counts: it holds a `*`. */
export function isOpen({ least, most }: Gap): boolean {
  return most > least;
}

/** Takes a term apart at its wildcards. Wildcards side by side are one gap. A term of wildcards alone has no pieces. */
export function piecesOf(text: string): Pieces {
  if (!SPECIAL.test(text)) return { pieces: [text], gaps: [NO_GAP, NO_GAP] };
  const pieces: string[] = [];
  const gaps: Gap[] = [];
  let piece = '';
  let gap = NO_GAP;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign !== '*' && sign !== '?') {
      if (sign === '\\' && at + 1 < text.length) at++;
      if (piece === '') gaps.push(gap);
      piece += text[at];
      continue;
    }
    if (piece !== '') {
      pieces.push(piece);
      piece = '';
      gap = NO_GAP;
    }
    gap = widened(gap, sign);
  }
  if (piece !== '') pieces.push(piece);
  gaps.push(piece === '' ? gap : NO_GAP);
  return { pieces, gaps };
}

function widened({ least, most }: Gap, sign: '*' | '?'): Gap {
  if (sign === '?') return { least: least + 1, most: most + 1 };
  return { least, most: most > least ? most : least + REACH };
}

/** The same term again, as it is written. */
export function written({ pieces, gaps }: Pieces): string {
  return gaps.map((gap, at) => `${wildcards(gap)}${(pieces[at] ?? '').replace(/[*?\\]/g, '\\$&')}`).join('');
}

function wildcards(gap: Gap): string {
  return `${'?'.repeat(gap.least)}${isOpen(gap) ? '*' : ''}`;
}
