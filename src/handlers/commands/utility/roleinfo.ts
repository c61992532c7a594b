import type { Guild, Role } from 'discord.js';
import type { Context } from '../../../context.ts';
import type { Answer } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { amount, code, list, mention, t, timestamp, type Words } from '../../../services/answers/words.ts';
import { partsOf, permissionNames, yesNo } from '../../../services/logs/changes.ts';
import { ROLE_FIELDS } from '../../../services/logs/role-fields.ts';
import { defineCommand } from '../../define.ts';
import { role } from '../../options.ts';

/** What a role is, how many have it, where it stands and what it allows. */
export default defineCommand({
  options: { role: role() },
  async run({ interaction: { guild }, options: { role: asked } }, context) {
    const found = guild?.roles.cache.get(asked.id);
    if (!guild || !found) throw new UserError('commands.roleinfo.gone');
    return describe(found, guild, await holdersOf(found, guild, context));
  },
});

/** Nothing where Discord did not say. It does not count @everyone, who are all. */
async function holdersOf({ id }: Role, guild: Guild, { log }: Context): Promise<number | undefined> {
  if (id === guild.id) return guild.memberCount;
  try {
    return (await guild.roles.fetchMemberCounts()).get(id) ?? 0;
  } catch (error) {
    log.warn({ error, guild: guild.id, role: id }, 'the members with a role could not be counted');
    return undefined;
  }
}

function describe(found: Role, guild: Guild, holders: number | undefined): Answer {
  const { id, createdAt, position, permissions, managed } = found;
  const allowed = permissionNames(permissions.bitfield);
  const icon = found.iconURL({ extension: 'png', size: 256 });
  const details = partsOf(found, ROLE_FIELDS).flatMap(({ what, to }) =>
    to === undefined ? [] : [[what, to] as const],
  );
  return {
    tone: 'info',
    title: t('commands.roleinfo.title'),
    ...(icon !== null && { thumbnail: icon }),
    parts: [
      { kind: 'text', text: mention('role', id) },
      {
        kind: 'fields',
        fields: [
          ...details,
          [t('commands.roleinfo.members'), holders === undefined ? t('commands.roleinfo.unknown') : amount(holders)],
          [t('commands.roleinfo.made'), timestamp(createdAt, 'D')],
          [t('commands.roleinfo.place'), placeOf(position, guild)],
          ...(managed ? [[t('commands.roleinfo.managed'), yesNo(true)] as const] : []),
          [t('commands.roleinfo.allows'), allowed.length === 0 ? t('commands.roleinfo.nothing') : list(allowed)],
          [t('commands.roleinfo.id'), code(id)],
        ],
      },
    ],
  };
}

/** From the top, as people see them in the settings of the server. */
function placeOf(position: number, { roles }: Guild): Words {
  const above = roles.cache.filter((one) => one.position > position).size;
  return t('commands.roleinfo.placeOf', { place: above + 1, count: roles.cache.size });
}
