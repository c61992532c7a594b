import { ApiError, unknown } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import type { Form } from '../http/form.ts';
import { queryForm } from '../http/query.ts';
import { requireAbove, requireGuild } from '../permissions.ts';
import { compareIds, type Id, timeOf } from '../snowflake.ts';
import { AUDIT } from '../state/audit.ts';
import { deleteMessages } from '../state/edit-message.ts';
import type { Guild } from '../state/guilds.ts';
import { removeMember } from '../state/remove-member.ts';
import type { State } from '../state/state.ts';
import { record } from './audit-logs.ts';
import { guildOf } from './guilds.ts';

type In<P extends string = never> = Call<'guild_id' | P>;

const WEEK = 604_800;
const MOST_AT_ONCE = 200;

function secondsOf(body: Form): number {
  const days = body.int('delete_message_days', { min: 0, max: 7 }) ?? 0;
  return body.int('delete_message_seconds', { min: 0, max: WEEK }) ?? days * 86_400;
}

/** Bans a member or anyone else who exists, takes their latest messages away, and says so to all. */
function carryOut(call: In, guild: Guild, target: Id, seconds: number): void {
  const { state, actor, reason } = call;
  const user = state.user(target);
  if (guild.members.has(target)) requireAbove(guild, actor, target);
  if (guild.bans.has(target)) return;
  guild.bans.set(target, { reason: reason ?? null });
  state.emit({ t: 'GUILD_BAN_ADD', d: { guild_id: guild.id, user }, guild: guild.id });
  removeMember(state, guild, target);
  if (seconds > 0) deleteMessagesOf(state, guild, target, state.now() - seconds * 1_000);
  record(call, guild, { action_type: AUDIT.banAdd, target_id: target });
}

function deleteMessagesOf(state: State, guild: Guild, author: Id, since: number): void {
  for (const channel of state.channelsOf(guild)) {
    const ids = state.messages.idsOf(channel.id).filter((id) => {
      return timeOf(id) >= since && state.messages.get(id)?.author.id === author;
    });
    deleteMessages(state, channel, ids);
  }
}

function ban(call: In<'user_id'>): undefined {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'BanMembers');
  carryOut(call, guild, call.params.user_id, secondsOf(call.body));
}

/** Who cannot be banned is named; when nobody can, that is an error. */
function bulkBan(call: In): object {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'BanMembers', 'ManageGuild');
  call.body.required('user_ids');
  const ids = call.body.ids('user_ids', { max: MOST_AT_ONCE }) ?? [];
  if (ids.length === 0)
    call.body.fail('user_ids', 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${MOST_AT_ONCE} in length.`);
  const seconds = secondsOf(call.body);
  const banned: Id[] = [];
  const failed: Id[] = [];
  for (const id of ids) {
    try {
      if (guild.bans.has(id) || id === call.actor) throw new ApiError(400, 500000, 'Failed to ban users');
      carryOut(call, guild, id, seconds);
      banned.push(id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failed.push(id);
    }
  }
  if (banned.length === 0) throw new ApiError(400, 500000, 'Failed to ban users');
  return { banned_users: banned, failed_users: failed };
}

function unban(call: In<'user_id'>): undefined {
  const { state, params } = call;
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'BanMembers');
  if (!guild.bans.delete(params.user_id)) throw unknown('ban');
  state.emit({ t: 'GUILD_BAN_REMOVE', d: { guild_id: guild.id, user: state.user(params.user_id) }, guild: guild.id });
  record(call, guild, { action_type: AUDIT.banRemove, target_id: params.user_id });
}

function get(call: In<'user_id'>): object {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'BanMembers');
  const found = guild.bans.get(call.params.user_id);
  if (!found) throw unknown('ban');
  return { user: call.state.user(call.params.user_id), reason: found.reason };
}

function list(call: In): object[] {
  const { state, query } = call;
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'BanMembers');
  const form = queryForm(query);
  const limit = form.int('limit', { min: 1, max: 1_000 }) ?? 1_000;
  const before = form.id('before');
  // Of the two Discord heeds the first alone.
  const after = before === undefined ? form.id('after') : undefined;
  const ids = [...guild.bans.keys()]
    .sort(compareIds)
    .filter((id) => before === undefined || compareIds(id, before) < 0)
    .filter((id) => after === undefined || compareIds(id, after) > 0);
  const page = before === undefined ? ids.slice(0, limit) : ids.slice(-limit);
  return page.map((id) => ({ user: state.user(id), reason: guild.bans.get(id)?.reason ?? null }));
}

export const banRoutes = [
  route('GET', '/guilds/{guild_id}/bans', list),
  route('GET', '/guilds/{guild_id}/bans/{user_id}', get),
  route('PUT', '/guilds/{guild_id}/bans/{user_id}', ban),
  route('DELETE', '/guilds/{guild_id}/bans/{user_id}', unban),
  route('POST', '/guilds/{guild_id}/bulk-ban', bulkBan),
];
