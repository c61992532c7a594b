import { ChannelType } from 'discord-api-types/v10';
import { ApiError, missingPermissions, unknown } from '../api-error.ts';
import type { Call } from '../http/define-route.ts';
import { present } from '../http/form.ts';
import { bitsOf, channelPermissions, has, type PermissionName } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { AUDIT } from '../state/audit.ts';
import type { Guild } from '../state/guilds.ts';
import type { Member } from '../state/members.ts';
import { setVoice } from '../state/voice.ts';
import { record } from './audit-logs.ts';

type Of = Call<'guild_id' | 'user_id'>;

const VOICE: readonly ChannelType[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];

/** What a request asks of someone's voice: `to` is where they are moved, null is out of voice. */
export interface VoiceEdit {
  readonly flags: { readonly mute?: boolean; readonly deaf?: boolean };
  readonly to: Id | null | undefined;
}

/** Nothing is changed unless all of it can be: 40032 for who is not in voice, 50013 for who may not do so there. */
export function readVoice(call: Of, guild: Guild, member: Member): VoiceEdit {
  const { state, actor, body } = call;
  const flags = present({ mute: body.flag('mute'), deaf: body.flag('deaf') });
  const to = body.nullableId('channel_id');
  const needs: readonly (PermissionName | false)[] = [
    flags.mute !== undefined && 'MuteMembers',
    flags.deaf !== undefined && 'DeafenMembers',
    to !== undefined && 'MoveMembers',
  ];
  const asked = needs.filter((name) => name !== false);
  if (asked.length === 0) return { flags, to };
  const here = guild.voice.get(member.user_id)?.channel_id;
  if (!here) throw new ApiError(400, 40032, 'Target user is not connected to voice.');
  if (!has(channelPermissions(state, state.channel(here), actor), bitsOf(...asked))) throw missingPermissions();
  if (to) refuseTarget(call, guild, to);
  return { flags, to };
}

function refuseTarget({ state, actor, body }: Of, guild: Guild, to: Id): void {
  const channel = state.channel(to);
  if (channel.guild_id !== guild.id) throw unknown('channel');
  if (!VOICE.includes(channel.type)) body.fail('channel_id', 'CHANNEL_TYPE_INVALID', 'Channel is not a voice channel');
  if (!has(channelPermissions(state, channel, actor), bitsOf('Connect'))) throw missingPermissions();
}

/** `member` is how the member is by now. */
export function changeVoice(call: Of, guild: Guild, member: Member, { flags, to }: VoiceEdit): void {
  const { state } = call;
  const here = guild.voice.get(member.user_id)?.channel_id ?? null;
  if (Object.keys(flags).length > 0) setVoice(state, guild.id, member.user_id, here);
  if (to === undefined || to === here) return;
  setVoice(state, guild.id, member.user_id, to);
  record(call, guild, {
    action_type: to === null ? AUDIT.memberDisconnect : AUDIT.memberMove,
    target_id: null,
    options: { count: '1', ...(to !== null && { channel_id: to }) },
  });
}
