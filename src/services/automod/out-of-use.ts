import type { Context } from '../../context.ts';
import { triggersOf } from '../../workers/rules/late.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import { clip, code, type Said, t } from '../answers/words.ts';

const LONGEST_SHOWN = 80;

type Patterned = Pick<Rule, 'when'>;
type Sources = Pick<Context, 'backtracking'>;

/** The patterns of a rule that took too long and are not run any more, each in words. */
export async function outOfUse(
  { when }: Patterned,
  guild: string,
  { backtracking }: Sources,
): Promise<readonly Said[]> {
  const own = goingBackIn(when);
  if (own.length === 0) return [];
  const out = new Set((await backtracking.quarantined(guild)).map(keyOf));
  const sources = own.filter((one) => out.has(keyOf(one))).map(({ source }) => source);
  return sources.map((source) => t('automod.outOfUse.what', { source: code(clip(source, LONGEST_SHOWN)) }));
}

/** Has the patterns of a rule run again; false where none of them was out of use. */
export async function releasePatterns({ when }: Patterned, guild: string, { backtracking }: Sources): Promise<boolean> {
  const released: boolean[] = [];
  for (const { source, ignoreCase } of goingBackIn(when)) {
    released.push(await backtracking.release({ guild, source, ignoreCase }));
  }
  return released.includes(true);
}

function goingBackIn(when: Rule['when']) {
  return triggersOf(when)
    .filter((trigger) => trigger.type === 'pattern')
    .filter(({ engine }) => engine === 'backtracking');
}

function keyOf({ source, ignoreCase }: { readonly source: string; readonly ignoreCase: boolean }): string {
  return `${ignoreCase} ${source}`;
}
