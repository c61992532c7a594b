import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip, mention, type Said, t, timestamp } from '../services/answers/words.ts';
import { arrangeReport } from '../services/reports/schedule.ts';
import type { AreaName } from '../services/settings/areas.ts';
import type { Patch, Patching } from '../services/settings/settings.ts';
import type { Asked } from './define.ts';

const LONGEST_SHOWN = 64;

/** Stores a change of one area, in the name of whoever asked; what does not fit is said in plain words. */
export async function changeArea<N extends AreaName>(
  area: N,
  patch: Patch | Patching<N>,
  { interaction }: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  const { guildId, user } = interaction;
  if (guildId === null) throw new UserError('errors.serverOnly');
  const outcome = await context.settings.set(guildId, area, patch, { by: user.id });
  // When a server's report comes stands in both.
  if (outcome.ok && (area === 'reports' || area === 'general')) await arrangeReport(guildId, context);
  if (outcome.ok) return;
  const [first] = outcome.problems;
  if (first?.path === 'timeZone' && typeof patch !== 'function')
    throw new UserError('commands.config.general.notAZone', { zone: clip(String(patch.timeZone), LONGEST_SHOWN) });
  if (first)
    throw new UserError('commands.config.problem', {
      what: { command: `config ${area}`, option: first.path },
      expected: t(first.expected),
    });
}

/** Who changed an area last, and when. */
export async function lastChange(guildId: string, area: AreaName, { settings }: Context): Promise<Said> {
  const [last] = await settings.history(guildId, area, { limit: 1 });
  if (!last) return t('commands.config.never');
  return t('commands.config.lastChange', {
    when: timestamp(last.at),
    who: last.by === null ? '-' : mention('user', last.by),
  });
}
