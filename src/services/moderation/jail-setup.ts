import {
  type APIGuildChannel,
  type APIRole,
  ChannelType,
  type Guild,
  OverwriteType,
  PermissionFlagsBits as P,
  type RESTGetAPIGuildRoleMemberCountsResult,
  Routes,
} from 'discord.js';
import type { Context } from '../../context.ts';
import type { AreaValue } from '../settings/areas.ts';
import { closeTo } from './jail-closing.ts';

/** What those in jail may do in the one channel they see. */
export const TALK = P.ViewChannel | P.SendMessages | P.ReadMessageHistory;
const ROLE = 'Jailed';
const CHANNEL = 'jail';

type Setting = AreaValue<'jail'>;

/** A jail that is being set up: where, by whom, and what is settled about it so far. */
interface SettingUp {
  readonly guild: Guild;
  readonly by: string;
  readonly before: Setting;
  /** What Discord's audit log is given. */
  readonly reason: string;
}

/** What was set up, and the channels that Discord did not let the bot close. */
export interface JailPlace {
  readonly role: string;
  readonly channel: string;
  readonly missed: readonly string[];
}

/**
 * Has a jail be complete: the role and the channel that are settled, else such as an earlier try has left, else new ones; all other
 * channels are closed to the role. Two who do so at once make one jail. Rejects as Discord does.
 */
export async function setUpJail(
  guild: Guild,
  by: { readonly id: string; readonly username: string },
  context: Context,
): Promise<JailPlace> {
  const before = await context.settings.of(guild.id, 'jail');
  const { language } = await context.settings.of(guild.id, 'general');
  const why = context.i18n.t('moderation.jail.auditSetUp', {}, language);
  const name = by.username.replaceAll(' · ', ' ');
  const setting: SettingUp = { guild, before, by: by.id, reason: `${name} (${by.id}) · ${why}` };
  const role = await roleOf(setting, context);
  const channel = await channelOf(setting, role, context);
  const channels = await channelsOf(guild, context);
  const others = channels.filter(({ id }) => id !== channel);
  const closed = others.map(({ id, permission_overwrites: overwrites = [] }) => ({ id, overwrites }));
  return { role, channel, missed: await closeTo({ role, reason: setting.reason }, closed, context) };
}

async function channelsOf({ id }: Guild, { discord }: Context): Promise<readonly APIGuildChannel[]> {
  return (await discord.rest.get(Routes.guildChannels(id))) as APIGuildChannel[]; // what Discord answers to this
}

async function roleOf(setting: SettingUp, context: Context): Promise<string> {
  const { guild, before, reason } = setting;
  const { rest } = context.discord;
  const route = Routes.guildRoles(guild.id);
  const roles = (await rest.get(route)) as APIRole[]; // what Discord answers to this
  if (roles.some(({ id }) => id === before.role)) return before.role ?? '';
  const counts = await holdersIn(guild.id, context);
  // One that somebody has for decoration would lock them out of everything.
  const left = roles.find(
    ({ id, name, permissions }) => name === ROLE && permissions === '0' && (counts[id] ?? 0) === 0,
  );
  if (left) return await settle('role', left.id, setting, context);
  const { id } = (await rest.post(route, { body: { name: ROLE, permissions: '0' }, reason })) as APIRole; // the same
  const settled = await settle('role', id, setting, context);
  if (settled !== id) await rest.delete(Routes.guildRole(guild.id, id), { reason });
  return settled;
}

/** How many people have each role of a server. Rejects as Discord does. */
export async function holdersIn(guild: string, { discord }: Context): Promise<RESTGetAPIGuildRoleMemberCountsResult> {
  const route = Routes.guildRoleMemberCounts(guild);
  return (await discord.rest.get(route)) as RESTGetAPIGuildRoleMemberCountsResult; // what Discord answers to this
}

async function channelOf(setting: SettingUp, role: string, context: Context): Promise<string> {
  const { guild, before, reason } = setting;
  const { rest } = context.discord;
  const channels = await channelsOf(guild, context);
  const chosen = channels.find(({ id }) => id === before.channel);
  if (chosen) {
    await openTo(role, chosen, reason, context);
    return chosen.id;
  }
  const left = channels.find(
    ({ name, permission_overwrites: all }) => name === CHANNEL && all?.some(({ id }) => id === role),
  );
  if (left) return await settle('channel', left.id, setting, context);
  const made = await makeChannel(setting, role, context);
  const settled = await settle('channel', made, setting, context);
  if (settled !== made) await rest.delete(Routes.channel(made), { reason });
  return settled;
}

/** Lets those in jail see a channel that was there before, and talk in it. */
async function openTo(
  role: string,
  { id, permission_overwrites: all = [] }: APIGuildChannel,
  reason: string,
  { discord }: Context,
): Promise<void> {
  const own = all.find((one) => one.id === role);
  if ((BigInt(own?.allow ?? 0) & TALK) === TALK) return;
  const body = {
    type: OverwriteType.Role,
    allow: String(BigInt(own?.allow ?? 0) | TALK),
    deny: String((BigInt(own?.deny ?? 0) | P.CreatePublicThreads) & ~TALK),
  };
  await discord.rest.put(Routes.channelPermission(id, role), { body, reason });
}

/** Keeps a part of the jail, unless somebody else has settled it meanwhile; says which holds. */
async function settle(
  part: keyof Setting,
  id: string,
  { guild, before, by }: SettingUp,
  { settings }: Context,
): Promise<string> {
  const patch = (held: Setting) => (held[part] === before[part] ? { [part]: id } : {});
  const outcome = await settings.set(guild.id, 'jail', patch, { by });
  return (outcome.ok && outcome.value[part]) || id;
}

async function makeChannel({ guild, reason }: SettingUp, role: string, { discord }: Context): Promise<string> {
  const { rest, user } = discord;
  const overwrites = [
    { id: guild.id, type: OverwriteType.Role, allow: '0', deny: String(P.ViewChannel) },
    { id: role, type: OverwriteType.Role, allow: String(TALK), deny: String(P.CreatePublicThreads) },
    { id: user?.id ?? '', type: OverwriteType.Member, allow: String(TALK), deny: '0' },
    ...guild.roles.cache
      .filter(({ id, permissions }) => id !== guild.id && permissions.has(P.ModerateMembers))
      .map(({ id }) => ({ id, type: OverwriteType.Role, allow: String(TALK), deny: '0' })),
  ];
  const body = { name: CHANNEL, type: ChannelType.GuildText, permission_overwrites: overwrites };
  const { id } = (await rest.post(Routes.guildChannels(guild.id), { body, reason })) as APIGuildChannel; // what Discord answers to this
  return id;
}
