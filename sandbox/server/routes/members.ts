import { ApiError, missingAccess, missingPermissions, unknown } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { present } from '../http/form.ts';
import { queryForm } from '../http/query.ts';
import { bitsOf, guildPermissions, has, rankOf, requireAbove, requireGuild } from '../permissions.ts';
import { compareIds, type Id } from '../snowflake.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import type { Guild } from '../state/guilds.ts';
import type { Member } from '../state/members.ts';
import { removeMember } from '../state/remove-member.ts';
import type { State } from '../state/state.ts';
import { hashOf } from '../state/users.ts';
import { record } from './audit-logs.ts';
import { guildOf } from './guilds.ts';
import { changeVoice, readVoice } from './member-voice.ts';

type In<P extends string = never> = Call<'guild_id' | P>;
type Of<P extends string = never> = In<'user_id' | P>;

const LONGEST_TIMEOUT = 28 * 24 * 3_600_000;
/** The application's flags that say it may have the intent. */
const MEMBERS_INTENT = (1 << 14) | (1 << 15);

function get(call: Of): object {
  const { state, params } = call;
  return state.memberView(state.member(guildOf(call), params.user_id));
}

/** All members are for bots with the privileged intent alone. */
function list(call: In): object[] {
  const { state, query, actor } = call;
  const guild = guildOf(call);
  if (actor === state.bot.id && (state.applicationFlags & MEMBERS_INTENT) === 0) throw missingAccess();
  const limit = queryForm(query).int('limit', { min: 1, max: 1_000 }) ?? 1;
  const after = query.get('after') ?? '0';
  return [...guild.members.values()]
    .filter(({ user_id: id }) => compareIds(id, after) > 0)
    .sort((a, b) => compareIds(a.user_id, b.user_id))
    .slice(0, limit)
    .map((member) => state.memberView(member));
}

function search(call: In): object[] {
  const { state, query } = call;
  const form = queryForm(query);
  const start = form.needText('query', { min: 1, max: 100 }).toLowerCase();
  const limit = form.int('limit', { min: 1, max: 1_000 }) ?? 1;
  return [...guildOf(call).members.values()]
    .filter(({ nick, user_id: id }) => {
      const { username, global_name: global } = state.user(id);
      return [username, global, nick].some((name) => name?.toLowerCase().startsWith(start));
    })
    .slice(0, limit)
    .map((member) => state.memberView(member));
}

/** Replaces a member, tells all, and writes the differences to the audit log. */
function changeMember(call: Call<never>, guild: Guild, before: Member, fields: Partial<Member>): Member {
  const { state } = call;
  const after = guild.setMember({ ...before, ...fields });
  state.emit({ t: 'GUILD_MEMBER_UPDATE', d: { ...state.memberView(after), guild_id: guild.id }, guild: guild.id });
  const target = after.user_id;
  const changes = changesOf(before, after, ['nick', 'mute', 'deaf', 'communication_disabled_until', 'flags']);
  if (changes.length > 0) record(call, guild, { action_type: AUDIT.memberUpdate, target_id: target, changes });
  const part = (ids: readonly Id[], others: readonly Id[]) =>
    ids.filter((id) => !others.includes(id)).map((id) => ({ id, name: guild.roles.get(id)?.name ?? '' }));
  const added = part(after.roles, before.roles);
  const removed = part(before.roles, after.roles);
  const roleChanges = [
    ...(added.length > 0 ? [{ key: '$add', new_value: added }] : []),
    ...(removed.length > 0 ? [{ key: '$remove', new_value: removed }] : []),
  ];
  if (roleChanges.length > 0)
    record(call, guild, { action_type: AUDIT.memberRoles, target_id: target, changes: roleChanges });
  return after;
}

function edit(call: Of): object {
  const { state, body, params } = call;
  const guild = guildOf(call);
  const before = state.member(guild, params.user_id);
  const voice = readVoice(call, guild, before);
  const fields = present({
    nick: nickOf(call, guild, before),
    roles: rolesOf(call, guild, before),
    communication_disabled_until: timeoutOf(call, guild, before),
    flags: body.int('flags'),
    ...voice.flags,
  });
  const after = Object.keys(fields).length > 0 ? changeMember(call, guild, before, fields) : before;
  changeVoice(call, guild, after, voice);
  return state.memberView(after);
}

function nickOf({ state, actor, body }: Of, guild: Guild, member: Member): string | null | undefined {
  const nick = body.nullableText('nick', { max: 32 });
  if (nick === undefined) return undefined;
  if (member.user_id === actor) {
    requireGuild(state, guild, actor, 'ChangeNickname');
  } else {
    requireGuild(state, guild, actor, 'ManageNicknames');
    requireAbove(guild, actor, member.user_id);
  }
  return nick === '' ? null : nick;
}

function rolesOf({ state, actor, body }: Of, guild: Guild, member: Member): readonly Id[] | undefined {
  const roles = body.isNull('roles') ? [] : body.ids('roles', { max: 250 });
  if (!roles) return undefined;
  const wanted = [...new Set(roles)];
  for (const id of [...wanted, ...member.roles]) {
    if (wanted.includes(id) !== member.roles.includes(id)) requireRole(state, guild, actor, id);
  }
  return wanted;
}

/** Roles are given and taken by those who manage roles, and only below their own highest one. */
function requireRole(state: State, guild: Guild, actor: Id, id: Id): void {
  requireGuild(state, guild, actor, 'ManageRoles');
  const role = state.role(guild, id);
  // Everybody has @everyone; to give it to one of them there is no such role.
  if (id === guild.id) throw unknown('role');
  if (role.managed) throw new ApiError(403, 50028, 'Invalid Role');
  if (rankOf(guild, actor) <= role.position) throw missingPermissions();
}

function timeoutOf({ state, actor, body }: Of, guild: Guild, member: Member): string | null | undefined {
  const until = body.time('communication_disabled_until');
  if (until === undefined) return undefined;
  requireGuild(state, guild, actor, 'ModerateMembers');
  requireAbove(guild, actor, member.user_id);
  if (until !== null && has(guildPermissions(guild, member.user_id), bitsOf('Administrator')))
    throw missingPermissions();
  if (until !== null && Date.parse(until) - state.now() > LONGEST_TIMEOUT) {
    body.fail(
      'communication_disabled_until',
      'INVALID_COMMUNICATION_DISABLED_TIMESTAMP',
      'Invalid communication disabled timestamp',
    );
  }
  return until !== null && Date.parse(until) <= state.now() ? null : until;
}

function editMe(call: In): object {
  const { state, actor } = call;
  const guild = guildOf(call);
  const before = state.member(guild, actor);
  const nick = nickOf({ ...call, params: { ...call.params, user_id: actor } }, guild, before);
  const picture = call.body.nullableText('avatar', { max: 10_000_000 });
  const avatar = picture ? hashOf(picture) : picture;
  const fields = present({ nick, avatar });
  const after = Object.keys(fields).length === 0 ? before : changeMember(call, guild, before, fields);
  return { ...state.memberView(after), permissions: String(guildPermissions(guild, actor)) };
}

function kick(call: Of): undefined {
  const { state, actor, params } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'KickMembers');
  state.member(guild, params.user_id);
  requireAbove(guild, actor, params.user_id);
  removeMember(state, guild, params.user_id);
  record(call, guild, { action_type: AUDIT.memberKick, target_id: params.user_id });
}

function changeRole(call: Of<'role_id'>, give: boolean): undefined {
  const { state, actor, params } = call;
  const guild = guildOf(call);
  const member = state.member(guild, params.user_id);
  requireRole(state, guild, actor, params.role_id);
  if (member.roles.includes(params.role_id) === give) return;
  const others = member.roles.filter((id) => id !== params.role_id);
  changeMember(call, guild, member, { roles: give ? [...others, params.role_id] : others });
}

export const memberRoutes = [
  route('GET', '/guilds/{guild_id}/members', list),
  route('GET', '/guilds/{guild_id}/members/search', search),
  route('PATCH', '/guilds/{guild_id}/members/@me', editMe),
  route('GET', '/guilds/{guild_id}/members/{user_id}', get),
  route('PATCH', '/guilds/{guild_id}/members/{user_id}', edit),
  route('DELETE', '/guilds/{guild_id}/members/{user_id}', kick),
  route('PUT', '/guilds/{guild_id}/members/{user_id}/roles/{role_id}', (call) => changeRole(call, true)),
  route('DELETE', '/guilds/{guild_id}/members/{user_id}/roles/{role_id}', (call) => changeRole(call, false)),
];
