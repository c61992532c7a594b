import type { Grammar } from '../lib/time/grammar/grammar.ts';
import { grammarOf } from '../lib/time/grammar/grammars.ts';
import { parseDuration } from '../lib/time/parse.ts';
import { sayDuration } from '../lib/time/say.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip, renderPlain, t } from '../services/answers/words.ts';
import type { Choice, Suggest } from './autocomplete.ts';

/** What Discord takes of a choice, and so the longest text that is read. */
export const LONGEST_DURATION = 100;
const SECOND = 1_000;

/** Between what a span may be. Milliseconds. */
export interface Bounds {
  readonly minMs: number;
  readonly maxMs: number;
}

/** The span that is meant, in whole seconds, as milliseconds. UserError with what to write instead. */
export function readDuration(typed: string, bounds: Bounds): number {
  const read = parseDuration(typed, bounds);
  if (!read.ok) throw new UserError(`time.problems.${read.problem.code}`, read.problem.params);
  return Math.ceil(read.ms / SECOND) * SECOND;
}

/**
 * Offers spans: these typical ones while nothing is typed, else how what is typed is read, or what is wrong with it. A
 * number alone is offered in every unit that fits.
 */
export function offerDuration(bounds: Bounds, typical: readonly string[]): Suggest {
  return ({ typed, interaction }, { i18n }) => {
    const words = grammarOf(interaction.locale);
    const text = typed.trim().slice(0, LONGEST_DURATION);
    if (text === '') return typical.map((span) => ({ name: span, value: span }));
    const read = parseDuration(text, bounds);
    if (read.ok) return [{ name: sayDuration(read.ms, words), value: text }];
    const { code, params } = read.problem;
    if (code === 'needsUnit') {
      const units = inEveryUnit(text, bounds, words);
      if (units.length > 0) return units;
    }
    const problem = renderPlain(t(`time.problems.${code}`, params), { i18n, locale: interaction.locale });
    return [{ name: clip(problem.replaceAll('`', ''), LONGEST_DURATION), value: text }];
  };
}

function inEveryUnit(number: string, bounds: Bounds, words: Grammar): readonly Choice[] {
  return ['s', 'min', 'h', 'd', 'w'].flatMap((unit) => {
    const read = parseDuration(`${number} ${unit}`, bounds);
    return read.ok ? [{ name: sayDuration(read.ms, words), value: sayDuration(read.ms) }] : [];
  });
}
