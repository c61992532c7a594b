import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t } from '../../services/answers/words.ts';
import { capsOf } from '../../services/inspector/limits.ts';
import { whyNotTheirs } from '../../services/moderation/member-roles.ts';
import { checkPattern } from '../../services/patterns/patterns.ts';
import { HIGHEST_FOR_ALL } from '../../services/permissions/ranks.ts';
import { inArea, labelOf } from '../../services/settings/area-words.ts';
import type { AreaName } from '../../services/settings/areas.ts';
import { type Difference, differencesIn } from '../../services/settings/difference.ts';
import { whyNoJailRole } from '../jail-checks.ts';
import { mustOwn } from '../standing.ts';

type Values = Readonly<Record<string, unknown>>;

/** Settings by which the bot gives roles to whoever meets a condition, whoever sets them included. */
const GIVES = ['joinRoles.bots', 'joinRoles.people', 'levels.rewards', 'verification.role'];

interface Wanted {
  readonly area: AreaName;
  readonly before: Values;
  readonly after: Values;
}

/**
 * UserError where a change, by whatever way it comes, does what whoever asks for it may not do by the commands of its own: a file or an older
 * version would else be a way around them.
 */
export async function mustMayChange(
  wanted: readonly Wanted[],
  interaction: BaseInteraction,
  context: Context,
): Promise<void> {
  const changes = wanted.flatMap(({ area, before, after }) => differencesIn(area, before, after));
  const owners = changes.find(({ property }) => property.owners);
  if (owners) await mustOwn(interaction, context, { what: inArea(owners.property) });
  for (const change of changes) {
    if (change.property.area === 'files') refuseBeyond(change, context);
    if (change.property.area === 'jail' && change.property.name === 'role')
      await refuseJailRole(change.after, interaction, context);
    if (GIVES.includes(`${change.property.area}.${change.property.name}`))
      await refuseRoles(change, interaction, context);
    if (change.property.area === 'events' && change.property.name === 'exemptPattern')
      await refusePattern(change.after, context);
  }
}

/** The operator's memory is not a server's to give away. */
function refuseBeyond({ property, after }: Difference, { config }: Context): void {
  const most = Object.entries(capsOf(config)).find(([name]) => name === property.name)?.[1];
  if (most !== undefined && Number(after) > most)
    throw new UserError('commands.config.files.beyond', { what: labelOf(property), most });
}

async function refusePattern(source: unknown, { workers }: Context): Promise<void> {
  if (typeof source === 'string') await checkPattern(workers, { source, ignoreCase: true });
}

/** Nobody has the bot give what they could not give themselves, in Discord or by the ranks of the bot. */
async function refuseRoles({ before, after }: Difference, interaction: BaseInteraction, context: Context) {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  const { guild, member } = interaction;
  const { roles: ranks } = await context.settings.of(guild.id, 'permissions');
  const had = rolesIn(before);
  for (const id of rolesIn(after).filter((one) => !had.includes(one))) {
    const ranked = (ranks[id] ?? 0) > HIGHEST_FOR_ALL;
    const why = whyNotTheirs(member, { id }, context) ?? (ranked ? t('joining.moderates') : undefined);
    if (why) throw new UserError(why.key, why.params);
  }
}

/** The roles of a setting: one, a list of them, or what stands beside each. */
function rolesIn(value: unknown): readonly string[] {
  const found =
    typeof value === 'object' && value !== null ? (Array.isArray(value) ? value : Object.keys(value)) : [value];
  return found.filter((one): one is string => typeof one === 'string');
}

async function refuseJailRole(role: unknown, interaction: BaseInteraction, context: Context): Promise<void> {
  if (typeof role !== 'string') return;
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  const { guild, member } = interaction;
  if (!guild.roles.cache.has(role)) return; // it is gone, and given to nobody
  const why = await whyNoJailRole(guild, role, member, context);
  if (why) throw new UserError(why.key, why.params);
}
