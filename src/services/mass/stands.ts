import type { Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import type { MassRun } from '../../db/mass-runs.ts';
import { type Said, t } from '../answers/words.ts';
import { whatStandsInTheWay } from '../moderation/hierarchy.ts';
import { memberNow, serverOf } from '../moderation/members.ts';
import { Refused } from '../moderation/refusal.ts';

/** So many people Discord tells of in one answer of the gateway. */
const MOST_AT_ONCE = 100;

interface Person {
  readonly place: number;
  readonly target: string;
}

/**
 * For whom of these somebody's place stands in the way, by theirs in the run, and which. Refused where who ordered it is not
 * in the server any more; rejects as Discord does.
 */
export async function standingInTheWay(
  { guild: id, actor: by }: Pick<MassRun, 'guild' | 'actor'>,
  people: readonly Person[],
  context: Context,
): Promise<ReadonlyMap<number, Said>> {
  const guild = await serverOf(id, context);
  const actor = await memberNow(guild, by);
  if (!actor) throw new Refused(t('moderation.stands.gone'));
  const found = new Map<number, Said>();
  for (let at = 0; at < people.length; at += MOST_AT_ONCE) {
    const some = people.slice(at, at + MOST_AT_ONCE);
    const ids = some.map(({ target }) => target);
    const members = new Map((await membersAmong(guild, ids, context)).map((member) => [member.id, member]));
    for (const { place, target } of some) {
      const stands = await whatStandsInTheWay({ guild, actor, target, member: members.get(target) }, context);
      if (stands) found.set(place, stands);
    }
  }
  return found;
}

/** Those of them who are members. Only the process that has the server's shard can ask its gateway for many at once. */
export async function membersAmong(guild: Guild, ids: readonly string[], { discord, gateway }: Context) {
  if (discord.guilds.cache.has(guild.id)) return await gateway.members.membersAmong(guild, ids);
  const found = await Promise.all(ids.map((id) => memberNow(guild, id)));
  return found.flatMap((member) => member ?? []);
}
