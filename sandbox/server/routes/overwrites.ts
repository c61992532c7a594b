import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { missingPermissions, unknown } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { ALL, channelPermissions, guildPermissions, isThread, requireIn } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import { updateChannel } from '../state/channel-changes.ts';
import type { Channel, Overwrite } from '../state/channels.ts';
import type { Guild } from '../state/guilds.ts';
import type { State } from '../state/state.ts';
import { record } from './audit-logs.ts';
import { readBits } from './channel-form.ts';

type In = Call<'channel_id' | 'overwrite_id'>;

/**
 * 50013 when overwrites change what the actor does not have: one can only give and take permissions of one's own,
 * and "manage roles" in a channel only as administrator (or when an overwrite there grants it).
 */
export function refuseForeignBits(
  state: State,
  guild: Guild,
  actor: Id,
  o: { readonly before: readonly Overwrite[]; readonly after: readonly Overwrite[]; readonly channel?: Channel },
): void {
  const whole = guildPermissions(guild, actor);
  if (whole === ALL) return;
  const here = o.channel ? channelPermissions(state, o.channel, actor) : 0n;
  const granted = (o.channel?.permission_overwrites ?? []).some(({ allow }) => (BigInt(allow) & P.ManageRoles) !== 0n);
  const mine = granted && (here & P.ManageRoles) !== 0n ? ALL : (whole | here) & ~P.ManageRoles;
  for (const id of new Set([...o.before, ...o.after].map((one) => one.id))) {
    const was = o.before.find((one) => one.id === id);
    const is = o.after.find((one) => one.id === id);
    const changed =
      (BigInt(was?.allow ?? 0) ^ BigInt(is?.allow ?? 0)) | (BigInt(was?.deny ?? 0) ^ BigInt(is?.deny ?? 0));
    if ((changed & ~mine) !== 0n) throw missingPermissions();
  }
}

const DATA = ['id', 'type', 'allow', 'deny'] as const;

function placeOf({ state, actor, params }: In): { channel: Channel; guild: Guild; before: Overwrite | undefined } {
  const channel = state.channel(params.channel_id);
  const guild = state.guildOf(channel);
  if (!guild || isThread(channel)) throw unknown('channel');
  requireIn(state, channel, actor, 'ManageRoles');
  const before = channel.permission_overwrites?.find(({ id }) => id === params.overwrite_id);
  return { channel, guild, before };
}

function put(call: In): undefined {
  const { state, actor, params, body } = call;
  const { channel, guild, before } = placeOf(call);
  const id = params.overwrite_id;
  const read = readBits(body);
  const overwrite: Overwrite = { id, ...read, type: body.has('type') ? read.type : (before?.type ?? read.type) };
  const exists = overwrite.type === 0 ? guild.roles.has(id) : guild.members.has(id) || before;
  if (!exists) throw unknown('overwrite');
  const all = channel.permission_overwrites ?? [];
  const after = [...all.filter((one) => one.id !== id), overwrite];
  refuseForeignBits(state, guild, actor, { before: all, after, channel });
  updateChannel(state, { ...channel, permission_overwrites: after });
  const changes = changesOf<Overwrite>(before ?? { ...overwrite, allow: '0', deny: '0' }, overwrite, DATA);
  record(call, guild, {
    target_id: channel.id,
    action_type: before ? AUDIT.overwriteUpdate : AUDIT.overwriteCreate,
    changes,
    options: target(overwrite, guild),
  });
}

function remove(call: In): undefined {
  const { state, actor } = call;
  const { channel, guild, before } = placeOf(call);
  if (!before) throw unknown('overwrite');
  const all = channel.permission_overwrites ?? [];
  const after = all.filter(({ id }) => id !== before.id);
  refuseForeignBits(state, guild, actor, { before: all, after, channel });
  updateChannel(state, { ...channel, permission_overwrites: after });
  const changes = DATA.map((key) => ({ key, old_value: before[key] }));
  record(call, guild, {
    target_id: channel.id,
    action_type: AUDIT.overwriteDelete,
    changes,
    options: target(before, guild),
  });
}

/** How the audit log names whom an overwrite is for. */
function target({ id, type }: Overwrite, guild: Guild): Record<string, string> {
  const name = guild.roles.get(id)?.name;
  return { id, type: String(type), ...(name !== undefined && { role_name: name }) };
}

export const overwriteRoutes = [
  route('PUT', '/channels/{channel_id}/permissions/{overwrite_id}', put),
  route('DELETE', '/channels/{channel_id}/permissions/{overwrite_id}', remove),
];
