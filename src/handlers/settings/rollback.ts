import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import { valueAt } from '../../db/settings.ts';
import type { Answer } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { AREAS, type AreaName } from '../../services/settings/areas.ts';
import { onlyKnown } from '../../services/settings/only-known.ts';
import { propertiesOf } from '../../services/settings/property-form.ts';
import { readSnapshot } from '../../services/settings/snapshot.ts';
import type { Asked } from '../define.ts';
import { leftOut } from './left-out.ts';
import { askAbout } from './plan.ts';
import { guildOf } from './rights.ts';

/** Shows what going back to a version of a section changes, and asks. Version 0 is what it was before anybody changed it. */
export async function askToGoBack(
  area: AreaName,
  version: number,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<Answer> {
  const guild = guildOf(asked.interaction);
  const stored = version === 0 ? {} : await valueAt(context.db, guild.id, area, version);
  if (stored === undefined) throw new UserError('settings.history.noSuch', { version });
  const held = (await readSnapshot(context.db, guild.id))[area];
  const then: Readonly<Record<string, unknown>> = AREAS[area].mend(stored).value;
  const settable = propertiesOf(area).filter(({ state }) => !state);
  const given = Object.fromEntries(settable.map(({ name }) => [name, then[name] ?? null]));
  const known = onlyKnown(area, held.value, given, guild);
  const areas = [{ area, version: held.version, value: { ...known.value } }];
  const notes = leftOut([{ area, ids: known.unknown }]);
  return await askAbout({ guild: guild.id, why: 'rollback', areas }, notes, asked, context);
}
