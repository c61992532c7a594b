import type { Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import { changersSince, valueAt } from '../../db/settings.ts';
import type { Part } from '../../services/answers/answer.ts';
import { list, mention, t, timestamp } from '../../services/answers/words.ts';
import { AREAS, type AreaName } from '../../services/settings/areas.ts';
import { differenceLines } from '../../services/settings/difference.ts';
import { readSnapshot } from '../../services/settings/snapshot.ts';

/** What others have changed of an area since a version, with who they were; nothing where it still is of that version. */
export async function changedSince(
  area: AreaName,
  version: number,
  guild: Guild,
  { db }: Pick<Context, 'db'>,
): Promise<readonly Part[]> {
  const held = (await readSnapshot(db, guild.id))[area];
  if (held.version === version) return [];
  const [then, changers] = await Promise.all([
    version === 0 ? {} : valueAt(db, guild.id, area, version),
    changersSince(db, guild.id, area, version),
  ]);
  const lines = differenceLines(area, AREAS[area].mend(then).value, held.value, guild);
  const [last] = changers;
  if (lines.length === 0 || !last) return [];
  const people = [...new Set(changers.map(({ by }) => by))];
  const who = list(people.map((by) => (by === null ? '-' : mention('user', by))));
  return [{ kind: 'lines', title: t('settings.section.meanwhile', { who, when: timestamp(last.at) }), lines }];
}
