import { ApiError, missingPermissions } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { Form, present } from '../http/form.ts';
import { ALL, guildPermissions, has, rankOf, requireGuild } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import { updateChannel } from '../state/channel-changes.ts';
import type { Guild } from '../state/guilds.ts';
import { makeRole, type Role } from '../state/roles.ts';
import { record } from './audit-logs.ts';
import { guildOf } from './guilds.ts';

type In<P extends string = never> = Call<'guild_id' | P>;

const MOST = 250;

function tell({ state }: Call<never>, guild: Guild, role: Role, t: 'GUILD_ROLE_CREATE' | 'GUILD_ROLE_UPDATE'): void {
  state.emit({ t, d: { guild_id: guild.id, role }, guild: guild.id });
}

function read({ actor, body }: In, guild: Guild, before?: Role): Partial<Role> {
  const bits = body.bits('permissions');
  // Nobody can hand out, or take away, what they do not have themselves.
  const changed = bits === undefined ? 0n : bits ^ BigInt(before?.permissions ?? 0);
  if (!has(guildPermissions(guild, actor), changed & ALL)) throw missingPermissions();
  const color =
    body.child('colors')?.int('primary_color', { min: 0, max: 0xffffff }) ??
    body.int('color', { min: 0, max: 0xffffff });
  return present({
    name: body.text('name', { max: 100 }),
    permissions: bits === undefined ? undefined : String(bits & ALL),
    color,
    colors: color === undefined ? undefined : { primary_color: color, secondary_color: null, tertiary_color: null },
    hoist: body.flag('hoist'),
    mentionable: body.flag('mentionable'),
    unicode_emoji: body.nullableText('unicode_emoji', { max: 100 }),
  });
}

/** New roles come in at the bottom, right above @everyone; the others move up. */
function create(call: In): Role {
  const { state, actor } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageRoles');
  if (guild.roles.size >= MOST) throw new ApiError(400, 30005, `Maximum number of server roles reached (${MOST})`);
  const fields = read(call, guild);
  for (const role of [...guild.roles.values()].filter(({ position }) => position > 0)) {
    tell(call, guild, guild.setRole({ ...role, position: role.position + 1 }), 'GUILD_ROLE_UPDATE');
  }
  const everyone = guild.roles.get(guild.id)?.permissions ?? '0';
  const blank = makeRole({ id: state.ids.next(), name: 'new role', permissions: BigInt(everyone), position: 1 });
  const role = guild.setRole({ ...blank, ...fields });
  tell(call, guild, role, 'GUILD_ROLE_CREATE');
  record(call, guild, {
    action_type: AUDIT.roleCreate,
    target_id: role.id,
    changes: [{ key: 'name', new_value: role.name }],
  });
  return role;
}

function changeable(call: In, guild: Guild, id: Id): Role {
  const role = call.state.role(guild, id);
  requireGuild(call.state, guild, call.actor, 'ManageRoles');
  if (role.id !== guild.id && rankOf(guild, call.actor) <= role.position) throw missingPermissions();
  return role;
}

function edit(call: In<'role_id'>): Role {
  const guild = guildOf(call);
  const before = changeable(call, guild, call.params.role_id);
  const after = guild.setRole({ ...before, ...read(call, guild, before) });
  tell(call, guild, after, 'GUILD_ROLE_UPDATE');
  const changes = changesOf(before, after, ['name', 'permissions', 'color', 'hoist', 'mentionable']);
  record(call, guild, { action_type: AUDIT.roleUpdate, target_id: after.id, changes });
  return after;
}

function remove(call: In<'role_id'>): undefined {
  const { state } = call;
  const guild = guildOf(call);
  const role = changeable(call, guild, call.params.role_id);
  if (role.managed || role.id === guild.id) throw new ApiError(400, 50028, 'Invalid Role');
  guild.roles.delete(role.id);
  guild.permissionCache.clear();
  for (const member of guild.members.values()) {
    if (member.roles.includes(role.id))
      guild.setMember({ ...member, roles: member.roles.filter((id) => id !== role.id) });
  }
  for (const channel of state.channelsOf(guild)) {
    const kept = channel.permission_overwrites?.filter(({ id }) => id !== role.id);
    if (kept && kept.length !== channel.permission_overwrites?.length) {
      updateChannel(state, { ...channel, permission_overwrites: kept });
    }
  }
  state.emit({ t: 'GUILD_ROLE_DELETE', d: { guild_id: guild.id, role_id: role.id }, guild: guild.id });
  record(call, guild, {
    action_type: AUDIT.roleDelete,
    target_id: role.id,
    changes: [{ key: 'name', old_value: role.name }],
  });
}

function move(call: In): Role[] {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'ManageRoles');
  const items: unknown[] = Array.isArray(call.rawBody) ? call.rawBody : [];
  const rank = rankOf(guild, call.actor);
  const moved = items.map((item, at) => {
    const form = new Form(item, [at]);
    const role = changeable(call, guild, form.needId('id'));
    const position = form.int('position', { min: 0 }) ?? role.position;
    if (position !== role.position && (position >= rank || role.id === guild.id)) throw missingPermissions();
    return { before: role, after: { ...role, position } };
  });
  for (const { before, after } of moved) {
    if (before.position === after.position) continue;
    tell(call, guild, guild.setRole(after), 'GUILD_ROLE_UPDATE');
    const changes = changesOf(before, after, ['position']);
    record(call, guild, { action_type: AUDIT.roleUpdate, target_id: after.id, changes });
  }
  return [...guild.roles.values()];
}

function counts(call: In): Record<Id, number> {
  const guild = guildOf(call);
  const entries = [...guild.roles.keys()].map((id): [Id, number] => [id, 0]);
  const sums = new Map(entries);
  for (const { roles } of guild.members.values()) for (const id of roles) sums.set(id, (sums.get(id) ?? 0) + 1);
  sums.delete(guild.id);
  return Object.fromEntries(sums);
}

export const roleRoutes = [
  route('GET', '/guilds/{guild_id}/roles', (call) => [...guildOf(call).roles.values()]),
  route('POST', '/guilds/{guild_id}/roles', create),
  route('PATCH', '/guilds/{guild_id}/roles', move),
  route('GET', '/guilds/{guild_id}/roles/member-counts', counts),
  route('GET', '/guilds/{guild_id}/roles/{role_id}', (call) => call.state.role(guildOf(call), call.params.role_id)),
  route('PATCH', '/guilds/{guild_id}/roles/{role_id}', edit),
  route('DELETE', '/guilds/{guild_id}/roles/{role_id}', remove),
];
