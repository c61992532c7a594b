import { type Guild, type GuildMember, PermissionsBitField } from 'discord.js';
import type { Context } from '../../context.ts';
import { mention, type Said, t } from '../answers/words.ts';
import { HIGHEST_RANK, type Person, type Ranks, type Standing, standingOf } from '../permissions/ranks.ts';
import { rankWords } from '../permissions/words.ts';

/** An action that is about to be done to a person. */
export interface Between {
  readonly guild: Guild;
  /** Who ordered it; nobody where it is a rule of the server that acts. */
  readonly actor: GuildMember | undefined;
  readonly target: string;
  /** Nothing where the person is not in the server. */
  readonly member: GuildMember | undefined;
}

/**
 * Which of the three, actor, target and bot, stands in the way of an action and what to do about it; nothing where none
 * does. Discord knows no exception of what it forbids the bot; ranks do not bind the owner and who runs the bot.
 */
export async function whatStandsInTheWay(
  between: Between,
  context: Pick<Context, 'settings' | 'gateway'>,
): Promise<Said | undefined> {
  const { guild, actor, target, member } = between;
  const who = mention('user', target);
  if (actor?.id === target) return t('moderation.stands.self');
  if (target === guild.client.user.id) return t('moderation.stands.bot');
  if (target === guild.ownerId) return t('moderation.stands.owner', { who });
  const above = await whoIsAbove(between, context);
  if (above) return above;
  if (!member) return undefined;
  const { highest: own } = (guild.members.me ?? (await guild.members.fetchMe())).roles;
  if (own.comparePositionTo(member.roles.highest) > 0) return undefined;
  return t('moderation.stands.botRole', {
    ...{ who, own: mention('role', own.id), theirs: mention('role', member.roles.highest.id) },
  });
}

/** Whether the target's rank or role is as high as that of who orders something, in words; nothing where it is not. */
export async function whoIsAbove(
  between: Between,
  context: Pick<Context, 'settings' | 'gateway'>,
): Promise<Said | undefined> {
  const { guild, actor, member } = between;
  if (!actor) return undefined;
  const ranks = await context.settings.of(guild.id, 'permissions');
  const standing = standingOf(personOf(actor, context), ranks);
  if (standing.by === 'frozen') return t('moderation.stands.frozen', { who: mention('user', actor.id) });
  return ranksAbove(standing, between, ranks, context) ?? rolesAbove(standing, actor, member);
}

/** Somebody of a server, as far as their rank goes. */
export function personOf(
  { id, guild, roles, permissions }: GuildMember,
  { gateway }: Pick<Context, 'gateway'>,
): Person {
  return {
    ...{ id, guildId: guild.id, ownerId: guild.ownerId, held: permissions },
    roles: [...roles.cache.keys()],
    operator: gateway.isOwner(id),
  };
}

/** Where the server has given out ranks, nobody does anything to whoever has as high a rank as they. */
function ranksAbove(
  actor: Standing,
  { guild, target, member }: Between,
  ranks: Ranks,
  context: Pick<Context, 'gateway'>,
): Said | undefined {
  if (actor.by === 'operator' || actor.by === 'owner') return undefined;
  const person = member ? personOf(member, context) : absent(guild, target, context);
  const { by, rank } = standingOf(person, ranks);
  if (by === 'discord' || by === 'nothing' || rank < actor.rank || rank === 0) return undefined;
  const params = { who: mention('user', target), own: rankWords(actor.rank), theirs: rankWords(rank) };
  return t(
    rank === HIGHEST_RANK && by === 'operator' ? 'moderation.stands.operator' : 'moderation.stands.rank',
    params,
  );
}

function absent({ id, ownerId }: Guild, target: string, { gateway }: Pick<Context, 'gateway'>): Person {
  return {
    ...{ id: target, guildId: id, ownerId, roles: [], held: new PermissionsBitField() },
    operator: gateway.isOwner(target),
  };
}

function rolesAbove(standing: Standing, actor: GuildMember, member: GuildMember | undefined): Said | undefined {
  if (!member || standing.by === 'operator' || standing.by === 'owner') return undefined;
  const [own, theirs] = [actor.roles.highest, member.roles.highest];
  if (own.comparePositionTo(theirs) > 0) return undefined;
  const params = { who: mention('user', member.id), own: mention('role', own.id), theirs: mention('role', theirs.id) };
  return t('moderation.stands.role', params);
}
