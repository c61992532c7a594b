import { type Static, Type } from '@sinclair/typebox';
import type { Part, Place } from './syntax.ts';

const PLACES = ['start', 'end', 'lineStart', 'lineEnd', 'wordEdge', 'insideWord'] as const satisfies readonly Place[];
const KINDS = ['digit', 'noDigit', 'wordLetter', 'noWordLetter', 'space', 'noSpace'] as const;
const JOINS = ['either', 'way', 'group', 'ahead', 'notAhead', 'behind', 'notBehind'] as const;
const WHATS = ['letters', 'oneOf', 'any', 'again', 'more', ...KINDS, ...PLACES, ...JOINS] as const;
type What = (typeof WHATS)[number];

/** One line of what a pattern looks for; each `what` has its text under `patterns.looksFor` in the catalogue. */
export type Line = Static<typeof Line>;
export const Line = Type.Object({
  /** Lines that belong to another stand below it, one deeper. */
  depth: Type.Integer({ minimum: 0 }),
  what: Type.Union(WHATS.map((what) => Type.Literal(what))),
  /** Letters to find, or a piece of the pattern as it was written. */
  text: Type.Optional(Type.String()),
  least: Type.Optional(Type.Integer()),
  /** None where there is no end. */
  most: Type.Optional(Type.Integer()),
});

const MOST_LINES = 24;
const DEEPEST = 4;
const LONGEST = 80;
const NAMED: Readonly<Record<string, (typeof KINDS)[number]>> = {
  ...{ '\\d': 'digit', '\\D': 'noDigit', '\\w': 'wordLetter', '\\W': 'noWordLetter', '\\s': 'space', '\\S': 'noSpace' },
};

/** What a pattern looks for, piece by piece; the last line says when there is more of it. */
export function describe(part: Part): readonly Line[] {
  const lines: Line[] = [];
  add(part, 0, lines);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), { depth: 0, what: 'more' }];
}

function add(part: Part, depth: number, lines: Line[], times: Pick<Line, 'least' | 'most'> = {}): void {
  if (lines.length > MOST_LINES) return;
  const say = (what: What, text?: string) =>
    lines.push({ depth, what, ...(text !== undefined && { text: clipped(text) }), ...times });
  switch (part.kind) {
    case 'letter':
      say('letters', part.letter);
      return;
    case 'class': {
      const named = NAMED[part.written];
      if (named) say(named);
      else say('oneOf', part.written);
      return;
    }
    case 'any':
      say('any');
      return;
    case 'place':
      say(part.place);
      return;
    case 'again':
      say('again', part.written);
      return;
    case 'look':
      say(part.ahead ? (part.not ? 'notAhead' : 'ahead') : part.not ? 'notBehind' : 'behind');
      below(part.part, depth, lines);
      return;
    case 'repeat':
      repeat(part, depth, lines, times);
      return;
    case 'either':
      say('either');
      for (const way of part.parts) {
        if (wordOf(way) !== undefined)
          lines.push({ depth: depth + 1, what: 'letters', text: clipped(wordOf(way) ?? '') });
        else {
          lines.push({ depth: depth + 1, what: 'way' });
          below(way, depth + 1, lines);
        }
      }
      return;
    case 'sequence':
      if (times.least !== undefined) {
        say('group');
        below(part, depth, lines);
      } else inTurn(part.parts, depth, lines);
      return;
    default:
      part satisfies never;
  }
}

/** Too deep down it is only said that there is more. */
function below(part: Part, depth: number, lines: Line[]): void {
  if (depth >= DEEPEST) lines.push({ depth: depth + 1, what: 'more' });
  else add(part, depth + 1, lines);
}

function repeat(
  part: Extract<Part, { kind: 'repeat' }>,
  depth: number,
  lines: Line[],
  outer: Pick<Line, 'least' | 'most'>,
): void {
  const times = { least: part.least, ...(part.most !== undefined && { most: part.most }) };
  const word = wordOf(part.part);
  if (word !== undefined) lines.push({ depth, what: 'letters', text: clipped(word), ...times });
  else if (outer.least === undefined) add(part.part, depth, lines, times);
  else {
    lines.push({ depth, what: 'group', ...outer });
    if (depth < DEEPEST) add(part.part, depth + 1, lines, times);
  }
}

/** Letters that follow one another are one text. */
function inTurn(parts: readonly Part[], depth: number, lines: Line[]): void {
  let word = '';
  const end = () => {
    if (word !== '') lines.push({ depth, what: 'letters', text: clipped(word) });
    word = '';
  };
  for (const part of parts) {
    if (part.kind === 'letter') word += part.letter;
    else {
      end();
      add(part, depth, lines);
    }
  }
  end();
}

/** The text, where a part is nothing but letters. */
function wordOf(part: Part): string | undefined {
  if (part.kind === 'letter') return part.letter;
  if (part.kind !== 'sequence' || part.parts.some(({ kind }) => kind !== 'letter')) return undefined;
  return part.parts.map((one) => (one.kind === 'letter' ? one.letter : '')).join('');
}

function clipped(text: string): string {
  return (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text).toWellFormed();
}
