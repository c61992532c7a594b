import { randomInt } from 'node:crypto';
import { ChannelType } from 'discord-api-types/v10';
import { missingPermissions, unknown } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { bitsOf, guildPermissions, has, requireGuild, requireIn } from '../permissions.ts';
import { AUDIT } from '../state/audit.ts';
import type { Invite } from '../state/invites.ts';
import type { State } from '../state/state.ts';
import { record } from './audit-logs.ts';
import { guildOf } from './guilds.ts';

const DAY = 86_400;
/** What Discord makes codes of; only a server's own may have anything else. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CODE_LENGTH = 8;

function view(state: State, invite: Invite): object {
  const guild = state.guild(invite.guild);
  const channel = state.channel(invite.channel);
  const { name, icon, description, features, verification_level } = guild.settings;
  const expires = invite.maxAge === 0 ? null : new Date(invite.createdAt + invite.maxAge * 1_000).toISOString();
  return {
    type: 0,
    code: invite.code,
    guild_id: guild.id,
    guild: {
      id: guild.id,
      name,
      icon,
      description,
      features,
      verification_level,
      splash: null,
      banner: null,
      vanity_url_code: null,
      nsfw_level: 0,
      nsfw: false,
      premium_subscription_count: 0,
    },
    channel: { id: channel.id, type: channel.type, name: channel.name ?? null },
    inviter: state.user(invite.inviter),
    max_age: invite.maxAge,
    max_uses: invite.maxUses,
    temporary: invite.temporary,
    uses: invite.uses,
    created_at: new Date(invite.createdAt).toISOString(),
    expires_at: expires,
  };
}

/** Unless a new one is asked for, an invite like it is given out again. */
function sameInvite(state: State, like: Omit<Invite, 'code' | 'guild' | 'createdAt' | 'uses'>): Invite | undefined {
  return [...state.invites.values()].find(
    (one) =>
      one.channel === like.channel &&
      one.inviter === like.inviter &&
      one.maxAge === like.maxAge &&
      one.maxUses === like.maxUses &&
      one.temporary === like.temporary,
  );
}

/** An invite as its link shows it, with how many people are there when that is asked for. */
function get(call: Call<'code'>): object {
  const invite = inviteOf(call);
  const shown = view(call.state, invite);
  if (call.query.get('with_counts') !== 'true') return shown;
  const { members, presences } = call.state.guild(invite.guild);
  const online = [...presences.values()].filter(({ status }) => status !== 'offline').length;
  return { ...shown, approximate_member_count: members.size, approximate_presence_count: online };
}

function create(call: Call<'channel_id'>): object {
  const { state, actor, params, body } = call;
  const channel = state.channel(params.channel_id);
  requireIn(state, channel, actor, 'CreateInstantInvite');
  if (channel.guild_id === undefined || channel.type === ChannelType.GuildCategory) throw missingPermissions();
  const limits = {
    maxAge: body.int('max_age', { min: 0, max: 5_184_000 }) ?? DAY,
    maxUses: body.int('max_uses', { min: 0, max: 100 }) ?? 0,
    temporary: body.flag('temporary') ?? false,
  };
  const like = body.flag('unique') ? undefined : sameInvite(state, { channel: channel.id, inviter: actor, ...limits });
  if (like) return view(state, like);
  const invite: Invite = {
    code: Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
    guild: channel.guild_id,
    channel: channel.id,
    inviter: actor,
    ...limits,
    createdAt: state.now(),
    uses: 0,
  };
  state.invites.set(invite.code, invite);
  const { guild: _g, channel: _c, type: _t, ...event } = { guild: 0, channel: 0, type: 0, ...view(state, invite) };
  const d = { ...event, channel_id: channel.id, guild_id: invite.guild, type: 0 };
  state.emit({ t: 'INVITE_CREATE', d, channel: channel.id, guild: invite.guild });
  const changes = [{ key: 'code', new_value: invite.code }];
  record(call, state.guild(invite.guild), { action_type: AUDIT.inviteCreate, target_id: null, changes });
  return view(state, invite);
}

function inviteOf({ state, params }: Call<'code'>): Invite {
  const invite = state.invites.get(params.code);
  if (!invite || !state.channels.has(invite.channel)) throw unknown('invite');
  return invite;
}

function remove(call: Call<'code'>): object {
  const { state, actor } = call;
  const invite = inviteOf(call);
  const guild = state.guild(invite.guild);
  if (!has(guildPermissions(guild, actor), bitsOf('ManageGuild'))) {
    requireIn(state, state.channel(invite.channel), actor, 'ManageChannels');
  }
  const shown = view(state, invite);
  state.invites.delete(invite.code);
  const d = { code: invite.code, channel_id: invite.channel, guild_id: guild.id };
  state.emit({ t: 'INVITE_DELETE', d, channel: invite.channel, guild: guild.id });
  record(call, guild, {
    action_type: AUDIT.inviteDelete,
    target_id: null,
    changes: [{ key: 'code', old_value: invite.code }],
  });
  return shown;
}

function ofChannel(call: Call<'channel_id'>): object[] {
  const { state, actor, params } = call;
  requireIn(state, state.channel(params.channel_id), actor, 'ManageChannels');
  return [...state.invites.values()]
    .filter(({ channel }) => channel === params.channel_id)
    .map((one) => view(state, one));
}

function ofGuild(call: Call<'guild_id'>): object[] {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'ManageGuild');
  const invites = [...call.state.invites.values()].filter((invite) => invite.guild === guild.id);
  return invites.filter(({ channel }) => call.state.channels.has(channel)).map((one) => view(call.state, one));
}

function vanity(call: Call<'guild_id'>): object {
  const guild = guildOf(call);
  requireGuild(call.state, guild, call.actor, 'ManageGuild');
  return guild.vanity ?? { code: null, uses: 0 };
}

export const inviteRoutes = [
  route('POST', '/channels/{channel_id}/invites', create),
  route('GET', '/channels/{channel_id}/invites', ofChannel),
  route('GET', '/guilds/{guild_id}/invites', ofGuild),
  route('GET', '/guilds/{guild_id}/vanity-url', vanity),
  route('GET', '/invites/{code}', get),
  route('DELETE', '/invites/{code}', remove),
];
