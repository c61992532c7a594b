import { type Guild, type GuildMember, PermissionFlagsBits, PermissionsBitField, type Role } from 'discord.js';
import type { Context } from '../context.ts';
import { list, mention, type Said, t } from '../services/answers/words.ts';
import { TALK } from '../services/moderation/jail-setup.ts';
import { whyNotMine, whyNotTheirs } from '../services/moderation/member-roles.ts';
import { missing } from './rules.ts';

const { ViewChannel } = PermissionFlagsBits;
/** More are not named. */
const NAMED = 10;

interface Jail {
  readonly role: string;
  readonly channel: string | undefined;
}

/** Why a role is none for those in jail, or not for whoever chooses it; nothing where it is one. */
export async function whyNoJailRole(
  guild: Guild,
  id: string,
  by: GuildMember,
  context: Context,
): Promise<Said | undefined> {
  const why = (await whyNotMine(guild, { id })) ?? whyNotTheirs(by, { id }, context);
  if (why) return why;
  const given = guild.roles.cache.get(id)?.permissions.bitfield ?? 0n;
  const permissions = missing(given & ~guild.roles.everyone.permissions.bitfield, new PermissionsBitField());
  return permissions ? t('commands.config.jail.gives', { role: mention('role', id), permissions }) : undefined;
}

/** What of a jail does not keep people in it, a sentence each: by what Discord has told of the server so far. */
export async function whatIsOpen(
  guild: Guild,
  { role: id, channel }: Jail,
  context: Pick<Context, 'discord'>,
): Promise<readonly Said[]> {
  const role = guild.roles.cache.get(id);
  if (!role) return [t('commands.config.jail.noRole')];
  const mine = await whyNotMine(guild, role);
  const open = seenBy(role, channel);
  const jail = guild.channels.cache.get(channel ?? '');
  const staying = [...guild.roles.cache.values()].filter((one) => stays(one, guild, context));
  return [
    ...(mine ? [mine] : []),
    ...(jail?.permissionsFor(role).has(TALK) ? [] : [t('commands.config.jail.noChannel')]),
    ...(open.length > 0
      ? [t('commands.config.jail.open', { role: mention('role', role.id), channels: named(open) })]
      : []),
    ...staying.flatMap((one) => {
      const seen = seenDespite(role, one, channel);
      return seen.length === 0
        ? []
        : [t('commands.config.jail.stays', { role: mention('role', one.id), channels: named(seen) })];
    }),
  ];
}

/** Whether members keep a role in jail, as Discord gives and takes it. Bots are not put there, nor is whoever has a role above the bot's. */
function stays(role: Role, guild: Guild, { discord }: Pick<Context, 'discord'>): boolean {
  if (!role.managed || role.tags?.botId) return false;
  const me = guild.members.cache.get(discord.user?.id ?? '');
  return me !== undefined && me.roles.highest.comparePositionTo(role) > 0;
}

/** Channels but the jail that somebody with the role alone sees. */
function seenBy(role: Role, jail: string | undefined): readonly string[] {
  return channelsOf(role.guild, jail).flatMap((one) => (one.permissionsFor(role).has(ViewChannel) ? [one.id] : []));
}

/** Channels that are closed to the role, and open to whoever has another one besides. */
function seenDespite(role: Role, other: Role, jail: string | undefined): readonly string[] {
  return channelsOf(role.guild, jail).flatMap((one) => {
    const closed = !one.permissionsFor(role).has(ViewChannel);
    const allowed = one.permissionOverwrites.cache.get(other.id)?.allow.has(ViewChannel) ?? false;
    return closed && (allowed || other.permissions.has(PermissionFlagsBits.Administrator)) ? [one.id] : [];
  });
}

function channelsOf({ channels }: Guild, jail: string | undefined) {
  return [...channels.cache.values()].filter((one) => !one.isThread()).filter(({ id }) => id !== jail);
}

function named(ids: readonly string[]) {
  const shown = ids.slice(0, NAMED).map((id) => mention('channel', id));
  const more = ids.length - shown.length;
  return list(more > 0 ? [...shown, t('commands.config.jail.more', { count: more })] : shown);
}
