import { MOST_LETTERS } from './limits.ts';
import { PatternError, type ProblemCode } from './problem.ts';

/** Escapes that mean the letter itself; JavaScript takes some of them only without Unicode. */
const NEEDLESS = /\\([\s\S])/gu;
const SIGNS = /^[ !"#%&',:;<=>@_`~-]$/;

/**
 * A pattern for JavaScript's own engine, which goes back, and may take for ever: it is run nowhere but in the thread that is ended
 * when it takes too long. PatternError when it is none.
 */
export function nativePattern(source: string, ignoreCase: boolean): RegExp {
  if (source === '') throw new PatternError('empty');
  if (source.length > MOST_LETTERS) throw new PatternError('tooLong');
  const spelt = source
    .replaceAll(NEEDLESS, (whole, sign: string) => (SIGNS.test(sign) ? `\\x${sign.charCodeAt(0).toString(16)}` : whole))
    .replaceAll('(?P<', '(?<');
  try {
    return new RegExp(spelt, ignoreCase ? 'giu' : 'gu');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PatternError(problemIn(error.message));
  }
}

/** How the engines of Bun and Deno word what is wrong; neither says where. */
const MESSAGES: readonly (readonly [RegExp, ProblemCode])[] = [
  [/unmatched parentheses|unmatched '\)'/i, 'groupNotOpened'],
  [/missing \)|unterminated group/i, 'groupNotClosed'],
  [/missing terminating \]|unterminated character class/i, 'classNotClosed'],
  [/nothing to repeat/i, 'nothingToRepeat'],
  [/out of order in (?:\{\}|quantifier)/i, 'repeatCount'],
  [/range out of order|out of order in character class|character class range/i, 'classRange'],
  [/trailing|\\ at end/i, 'trailingBackslash'],
  [/property/i, 'unknownClass'],
  [/duplicate/i, 'groupNameTwice'],
  [/group (?:specifier name|name)|capture group name/i, 'groupName'],
  [/invalid group|unrecognized character after \(\?/i, 'unknownGroup'],
  [/escape|backreference/i, 'unknownEscape'],
];

function problemIn(message: string): ProblemCode {
  const why = message.slice(message.lastIndexOf(': ') + 2); // the pattern itself may stand before it
  return MESSAGES.find(([words]) => words.test(why))?.[1] ?? 'unreadable';
}
