import { ChannelType as T } from 'discord-api-types/v10';
import { ApiError, unknown } from '../api-error.ts';
import { Answer, type Call, route } from '../http/define-route.ts';
import { Form } from '../http/form.ts';
import { isThread, requireGuild, requireIn } from '../permissions.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import { emitChannel, removeChannel, updateChannel } from '../state/channel-changes.ts';
import { type Channel, makeChannel } from '../state/channels.ts';
import type { Guild } from '../state/guilds.ts';
import type { State } from '../state/state.ts';
import { record } from './audit-logs.ts';
import { readChannel, readType, refuseFull } from './channel-form.ts';
import { guildOf } from './guilds.ts';
import { refuseForeignBits } from './overwrites.ts';
import { editThread } from './thread-edits.ts';
import { dmView } from './users.ts';

function create(call: Call<'guild_id'>): Answer {
  const { state, actor, body } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageChannels');
  refuseFull(guild);
  const name = body.needText('name', { min: 1, max: 100 });
  const type = readType(body);
  const position = state.channelsOf(guild).filter((one) => !isThread(one)).length;
  const made = makeChannel({ id: state.ids.next(), guild: guild.id, type, name, position });
  const read = readChannel(state, guild, body, made);
  // A channel made in a category takes over its overwrites, unless it is given its own.
  const parent = read.parent_id ? state.channels.get(read.parent_id)?.permission_overwrites : undefined;
  const channel: Channel = { ...made, ...(parent && { permission_overwrites: parent }), ...read };
  refuseForeignBits(state, guild, actor, { before: [], after: read.permission_overwrites ?? [] });
  state.setChannel(channel);
  emitChannel(state, 'CHANNEL_CREATE', channel);
  const keys = ['name', 'type', 'permission_overwrites', 'nsfw', 'rate_limit_per_user', 'flags'] as const;
  const changes = keys.filter((key) => channel[key] !== undefined).map((key) => ({ key, new_value: channel[key] }));
  record(call, guild, { target_id: channel.id, action_type: AUDIT.channelCreate, changes });
  return new Answer(201, state.channelView(channel));
}

const CONVERTIBLE: readonly T[] = [T.GuildText, T.GuildAnnouncement];

function edit(call: Call<'channel_id'>): object {
  const { state, actor, params, body } = call;
  const channel = state.channel(params.channel_id);
  const guild = state.guildOf(channel);
  if (!guild) throw new ApiError(403, 50003, 'Cannot execute action on a DM channel');
  if (isThread(channel)) return editThread(call, channel, guild);
  requireIn(state, channel, actor, 'ManageChannels');
  const type = body.int('type') ?? channel.type;
  if (type !== channel.type && !(CONVERTIBLE.includes(type) && CONVERTIBLE.includes(channel.type))) {
    body.fail('type', 'BASE_TYPE_CHOICES', `Value must be one of {${CONVERTIBLE.join(', ')}}.`);
  }
  const read = readChannel(state, guild, body, channel);
  if (read.permission_overwrites) {
    requireIn(state, channel, actor, 'ManageRoles');
    const before = channel.permission_overwrites ?? [];
    refuseForeignBits(state, guild, actor, { before, after: read.permission_overwrites, channel });
  }
  const after = updateChannel(state, { ...channel, ...read, type });
  const changes = changesOf(channel, after, ['type', ...(Object.keys(read) as (keyof Channel)[])]);
  if (changes.length > 0) record(call, guild, { target_id: channel.id, action_type: AUDIT.channelUpdate, changes });
  return state.channelView(after);
}

function remove(call: Call<'channel_id'>): object {
  const { state, actor, params } = call;
  const channel = state.channel(params.channel_id);
  const guild = state.guildOf(channel);
  if (!guild) {
    requireIn(state, channel, actor);
    return dmView(state, channel, actor);
  }
  requireIn(state, channel, actor, isThread(channel) ? 'ManageThreads' : 'ManageChannels');
  const { rules_channel_id: rules, public_updates_channel_id: updates } = guild.settings;
  if (channel.id === rules || channel.id === updates) {
    throw new ApiError(400, 50074, 'Cannot delete a channel required for Community guilds');
  }
  const view = state.channelView(channel);
  removeChannel(state, channel);
  const changes = (['name', 'type'] as const).map((key) => ({ key, old_value: channel[key] }));
  record(call, guild, {
    target_id: channel.id,
    action_type: isThread(channel) ? AUDIT.threadDelete : AUDIT.channelDelete,
    changes,
  });
  return view;
}

/** Many positions at once, as dragging in the channel list does. */
function arrange(call: Call<'guild_id'>): undefined {
  const { state, actor, rawBody } = call;
  const guild = guildOf(call);
  requireGuild(state, guild, actor, 'ManageChannels');
  const items: unknown[] = Array.isArray(rawBody) ? rawBody : [];
  const moves = items.map((item, at) => readMove(state, guild, new Form(item, [at])));
  for (const { before, after } of moves) {
    if (before.position === after.position && before.parent_id === after.parent_id) continue;
    updateChannel(state, after);
    const changes = changesOf(before, after, ['position', 'parent_id']);
    record(call, guild, { target_id: before.id, action_type: AUDIT.channelUpdate, changes });
  }
}

function readMove(state: State, guild: Guild, form: Form): { before: Channel; after: Channel } {
  const before = state.channel(form.needId('id'));
  if (before.guild_id !== guild.id) throw unknown('channel');
  const { position, parent_id: parent } = readChannel(state, guild, form, before);
  const moved = { ...before, position: position ?? before.position ?? 0 };
  if (parent === undefined) return { before, after: moved };
  const overwrites = parent && form.flag('lock_permissions') && state.channels.get(parent)?.permission_overwrites;
  return { before, after: { ...moved, parent_id: parent, ...(overwrites && { permission_overwrites: overwrites }) } };
}

export const channelEditRoutes = [
  route('POST', '/guilds/{guild_id}/channels', create),
  route('PATCH', '/guilds/{guild_id}/channels', arrange),
  route('PATCH', '/channels/{channel_id}', edit),
  route('DELETE', '/channels/{channel_id}', remove),
];
