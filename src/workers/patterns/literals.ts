import { type Part, readSyntax } from './syntax.ts';

/**
 * What a text has to have for a pattern to match in it: of each group at least one, in small letters. Where there is no group,
 * nothing is known, and the pattern has to be run. After the idea of FilteredRE2.
 */
export type Needs = readonly (readonly string[])[];

/** Texts that a part can stand for, until they are too many to be told one by one; and the longest that is told. */
const MOST_TEXTS = 16;
const LONGEST = 40;
const MOST_OF_A_GROUP = 64;
/** Groups that are kept: with more of them a search finds more and rules out hardly more. */
const MOST_GROUPS = 3;
/** Two letters of those that nearly every message has, or one of the others. */
const LEAST_WEIGHT = 2;
const COMMON = /[a-z0-9 .,:'!?-]/;

/**
 * Small letters that are one with another small letter where capitals do not count, each in the place of that other: the long s, forms of
 * Greek and of Cyrillic letters. In a text that has one nothing is ruled out.
 */
const ODD =
  '\u017f\u1e9b\u03c2\u00b5\u0345\u1fbe\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5\u1fd3\u1fe3\ufb06\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88';
const PLAIN =
  's\u1e61\u03c3\u03bc\u03b9\u03b9\u03b2\u03b8\u03c6\u03c0\u03ba\u03c1\u03b5\u0390\u03b0\ufb05\u0432\u0434\u043e\u0441\u0442\u0442\u044a\u0463\ua64b';
const ODD_LETTER = new RegExp(`[${ODD}]`);

/** Whether literals tell anything of this text, which is in small letters. */
export function canRuleOut(text: string): boolean {
  return !ODD_LETTER.test(text);
}

/** What a text in small letters needs for this pattern, in the spelling of the engine that runs it. */
export function needsOf(pattern: string, ignoreCase: boolean): Needs {
  const part = readSyntax(pattern, ignoreCase);
  if (!part) return [];
  const { texts, groups } = look(part);
  const all = texts ? [...groups, texts] : groups;
  return all
    .map(shortened)
    .filter((group) => weightOf(group) >= LEAST_WEIGHT)
    .sort((one, other) => weightOf(other) - weightOf(one))
    .slice(0, MOST_GROUPS);
}

/** All texts that a part can stand for, if they are few; and groups of which whatever it matches has one each. */
interface Known {
  readonly texts?: readonly string[];
  readonly groups: readonly (readonly string[])[];
}

const NOTHING: Known = { groups: [] };
/** What takes no letter stands between its neighbours without parting them. */
const NO_LETTER: Known = { texts: [''], groups: [] };

function look(part: Part): Known {
  switch (part.kind) {
    case 'letter':
      return { texts: [small(part.letter)], groups: [] };
    case 'class':
      return part.letters ? { texts: [...new Set(part.letters.map(small))], groups: [] } : NOTHING;
    case 'place':
    case 'look':
      return NO_LETTER;
    case 'any':
    case 'again':
      return NOTHING;
    case 'repeat':
      return repeated(part);
    case 'sequence':
      return inTurn(part.parts);
    case 'either':
      return oneOf(part.parts.map(look));
    default: {
      const never: never = part;
      return never;
    }
  }
}

function repeated({ least, most, part }: Extract<Part, { kind: 'repeat' }>): Known {
  if (most === 0) return NO_LETTER;
  const inner = look(part);
  if (least === 0)
    return most === 1 && inner.texts ? { texts: [...new Set(['', ...inner.texts])], groups: [] } : NOTHING;
  if (least === 1 && most === 1) return inner;
  return inner.texts ? { groups: [inner.texts] } : inner;
}

/** Parts that follow one another; whatever is known of neighbours is known of them together. */
function inTurn(parts: readonly Part[]): Known {
  const groups: (readonly string[])[] = [];
  let run: readonly string[] = [''];
  let whole = true;
  const end = (next: readonly string[]) => {
    groups.push(run);
    run = next;
    whole = false;
  };
  for (const part of parts) {
    const { texts, groups: inner } = look(part);
    const ends = endsOf(part);
    if (texts) {
      const longer = joined(run, texts);
      if (longer) run = longer;
      else end(texts);
    } else if (ends) {
      // Before the gap stands the first of them, behind it the last; where there is but one, both are the same.
      run = joined(run, ends) ?? run;
      end(ends);
    } else {
      groups.push(...inner);
      end(['']);
    }
  }
  if (whole) return { texts: run, groups };
  return { groups: [...groups, run].filter((group) => !group.includes('')) };
}

/** What something repeated begins and ends with, once or more. */
function endsOf(part: Part): readonly string[] | undefined {
  return part.kind === 'repeat' && part.least > 0 ? look(part.part).texts : undefined;
}

function joined(before: readonly string[], behind: readonly string[]): readonly string[] | undefined {
  if (before.length * behind.length > MOST_TEXTS) return undefined;
  const all = new Set(before.flatMap((one) => behind.map((other) => one + other)));
  return [...all].some((text) => text.length > LONGEST) ? undefined : [...all];
}

/** Of each way one group, and of those together one has to be there. */
function oneOf(ways: readonly Known[]): Known {
  const texts = new Set(ways.flatMap((way) => way.texts ?? []));
  if (texts.size <= MOST_TEXTS && ways.every((way) => way.texts)) return { texts: [...texts], groups: [] };
  const best = ways.map(({ texts: all, groups }) => {
    const sorted = [...groups, ...(all ? [all] : [])].sort((one, other) => weightOf(other) - weightOf(one));
    return sorted[0] ?? [''];
  });
  const group = [...new Set(best.flat())];
  return group.length > MOST_OF_A_GROUP || group.includes('') ? NOTHING : { groups: [group] };
}

/** Without those that have another in them: where one of them is, that is as well. */
function shortened(group: readonly string[]): readonly string[] {
  return group.filter((one) => !group.some((other) => other !== one && one.includes(other)));
}

/** How seldom the commonest of them can be expected. */
function weightOf(group: readonly string[]): number {
  return Math.min(...group.map((text) => [...text].reduce((sum, letter) => sum + (COMMON.test(letter) ? 1 : 2), 0)));
}

function small(letter: string): string {
  const lower = letter.toLowerCase();
  return PLAIN[ODD.indexOf(lower)] ?? lower;
}
