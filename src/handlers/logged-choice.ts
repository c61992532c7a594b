import type { Context } from '../context.ts';
import type { Key } from '../lib/i18n.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip, type Said, t } from '../services/answers/words.ts';
import { GROUPS } from '../services/logs/kind.ts';
import { KIND_NAMES } from '../services/logs/kinds.ts';
import { ALL } from '../services/logs/plan.ts';
import type { Choice, Typing } from './autocomplete.ts';

const NAMES: readonly string[] = [...new Set([ALL, ...GROUPS, ...KIND_NAMES])];
const MOST_OFFERED = 25;
const LONGEST_SHOWN = 64;

/** What can be told of, by its group's name or its own. */
export function nameOfLogged(name: string): Said {
  const isGroup = name === ALL || GROUPS.some((group) => group === name);
  return t(`eventLogs.${isGroup ? 'groups' : 'kinds'}.${name}` as Key); // a test reads each of them
}

/** The kinds and groups that fit what is typed. */
export function offerLogged({ typed, interaction }: Typing, { i18n }: Pick<Context, 'i18n'>): readonly Choice[] {
  const wanted = typed.trim().toLowerCase();
  return NAMES.map((value) => ({ value, name: i18n.t(nameOfLogged(value).key, {}, interaction.locale) }))
    .filter(({ value, name }) => value.includes(wanted) || name.toLowerCase().includes(wanted))
    .slice(0, MOST_OFFERED);
}

/** The kind or group that is meant; all of them where nothing is said. UserError when none is. */
export function readLogged(typed: string | undefined): string {
  const wanted = (typed ?? ALL).trim().toLowerCase();
  if (!NAMES.includes(wanted))
    throw new UserError('commands.config.events.notAKind', { what: clip(wanted, LONGEST_SHOWN) });
  return wanted;
}
