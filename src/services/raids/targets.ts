import type { GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';
import type { NewItem } from '../../db/mass-runs.ts';
import type { Raid } from '../../db/raids.ts';
import { raidersOf } from '../../db/raids.ts';
import { t, type Words } from '../answers/words.ts';
import { membersAmong } from '../mass/stands.ts';
import { serverOf } from '../moderation/members.ts';
import type { RaidDeedKind } from './buttons.ts';
import { MOST_RAIDERS } from './list.ts';

const MOST_AT_ONCE = 100;

/** To whom of a raid something is done, and who is left out of it. */
interface Targets {
  readonly items: readonly NewItem[];
  readonly notes: readonly Words[];
}

/**
 * To whom of a raid something can be done: not to those whom somebody has given a role since, nor to those whom automod trusts. Whoever
 * has left can still be banned. Rejects as Discord does.
 */
export async function targetsOf(raid: Raid, kind: RaidDeedKind, context: Context): Promise<Targets> {
  const { db, settings } = context;
  const raiders = await raidersOf(db, raid.id, MOST_RAIDERS);
  const guild = await serverOf(raid.guild, context);
  const [{ people, bots }, { trusted }] = await Promise.all([
    settings.of(raid.guild, 'joinRoles'),
    settings.of(raid.guild, 'automod'),
  ]);
  const members = new Map<string, GuildMember>();
  for (let at = 0; at < raiders.length; at += MOST_AT_ONCE) {
    const ids = raiders.slice(at, at + MOST_AT_ONCE).map(({ id }) => id);
    for (const member of await membersAmong(guild, ids, context)) members.set(member.id, member);
  }
  const plain = new Set([guild.id, ...people, ...bots]);
  const trusts = new Set(trusted.map(({ member }) => member));
  const known = ({ id }: { readonly id: string }) =>
    trusts.has(id) || members.get(id)?.roles.cache.some((role) => !plain.has(role.id)) === true;
  const gone = ({ id }: { readonly id: string }) => kind !== 'ban' && !members.has(id);
  const strangers = raiders.filter((one) => !known(one));
  const there = strangers.filter((one) => !gone(one));
  const left = { known: raiders.length - strangers.length, gone: strangers.length - there.length };
  return {
    items: there.map(({ id, name }) => ({ target: id, name })),
    notes: (['known', 'gone'] as const).flatMap((why) =>
      left[why] > 0 ? [t(`raids.left.${why}`, { count: left[why] })] : [],
    ),
  };
}
