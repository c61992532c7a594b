import { RE2JS, RE2JSException, RE2JSSyntaxException, RE2Set } from 're2js';
import { MOST_INSTRUCTIONS, MOST_LETTERS, STATE_BYTES } from './limits.ts';
import { PatternError, type ProblemCode } from './problem.ts';
import { respell } from './spell.ts';

/** Where a pattern matched, in UTF-16 units: `[from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A text in which nobody looks for anything: what matches here and where nothing is matches everywhere. */
const ODD = 'qZ7\u{10fffd}';

/** A stranger's pattern, compiled for the engine that takes time in proportion to text and program, whatever they are. */
export class Pattern {
  /** Answers yes or no; a set, because only of a set the engine lets one bound what its states take of memory. */
  readonly #tester: RE2Set;
  readonly #finder: RE2JS;

  /** PatternError, with the place where it is known, when the pattern cannot be used. */
  constructor(source: string, ignoreCase: boolean) {
    if (source === '') throw new PatternError('empty');
    if (source.length > MOST_LETTERS) throw new PatternError('tooLong');
    const spelt = respell(source);
    const flags = RE2JS.LOOKBEHINDS | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    this.#finder = compiled(spelt, flags, source);
    if (this.size > MOST_INSTRUCTIONS) throw new PatternError('tooLarge');
    this.#tester = new RE2Set(RE2Set.UNANCHORED, flags, STATE_BYTES);
    this.#tester.add(spelt);
    this.#tester.compile();
    if (this.test('') && this.test(ODD)) throw new PatternError('matchesAll');
  }

  /** Instructions of the program. */
  get size(): number {
    return this.#finder.programSize();
  }

  test(text: string): boolean {
    return this.#tester.match(text).length > 0;
  }

  /** The first places where it matches, at most `most`. */
  spans(text: string, most: number): Span[] {
    const matcher = this.#finder.matcher(text);
    const spans: Span[] = [];
    while (spans.length < most && matcher.find()) spans.push({ from: matcher.start(), to: matcher.end() });
    return spans;
  }
}

/** How the engine words what is wrong; its own names are not exported. */
const ENGINE_ERRORS: Readonly<Record<string, ProblemCode>> = {
  'invalid character class range': 'classRange',
  'invalid escape sequence': 'unknownEscape',
  'invalid named capture': 'groupName',
  'invalid or unsupported Perl syntax': 'unknownGroup',
  'invalid nested repetition operator': 'repeatTwice',
  'invalid repeat count': 'repeatCount',
  'missing argument to repetition operator': 'nothingToRepeat',
  'duplicate capture group name': 'groupNameTwice',
  'expression nests too deeply': 'tooDeep',
  'expression too large': 'tooLarge',
  'invalid capture in lookbehind': 'groupInLookBehind',
};
/** Those for which it names the whole pattern. */
const WHOLE: ReadonlySet<ProblemCode> = new Set(['groupInLookBehind', 'unreadable']);
const MOST_SHOWN = 20;

function compiled(spelt: string, flags: number, source: string): RE2JS {
  try {
    return RE2JS.compile(spelt, flags);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    if (!(error instanceof RE2JSSyntaxException)) throw new PatternError('unreadable');
    const known = ENGINE_ERRORS[error.error] ?? 'unreadable';
    const what = error.getPattern() ?? '';
    const code = known === 'classRange' && /^\\[pP]/.test(what) ? 'unknownClass' : known;
    if (what === '' || WHOLE.has(code)) throw new PatternError(code);
    throw new PatternError(code, placeOf(what, source), what.slice(0, MOST_SHOWN).toWellFormed());
  }
}

/** Known where what the engine complains of stands in the pattern once. */
function placeOf(what: string, source: string): number | undefined {
  const at = source.indexOf(what);
  return at >= 0 && source.lastIndexOf(what) === at ? at : undefined;
}
