import { type Static, Type } from '@sinclair/typebox';
import {
  type APIGuildMember,
  type APIVoiceState,
  RESTJSONErrorCodes as Code,
  DiscordAPIError,
  Routes,
} from 'discord.js';
import { t } from '../answers/words.ts';
import type { Doing, Undoing } from './action.ts';
import { Refused } from './refusal.ts';

type Here = Pick<Doing, 'one' | 'context' | 'reason' | 'signal'>;

/** What Discord can change of somebody's voice. */
interface VoiceChange {
  readonly mute?: boolean;
  readonly deaf?: boolean;
  /** Null puts them out of voice. */
  readonly channel_id?: string | null;
}

/** Rejects as Discord does, also for who is not in voice. */
export async function changeVoice({ one, context, reason, signal }: Here, body: VoiceChange): Promise<void> {
  await context.discord.rest.patch(Routes.guildMember(one.guild, one.target), { body, reason, signal });
}

/** The voice channel somebody is in; nothing when in none. */
export async function voiceChannelOf({ one, context, signal }: Here): Promise<string | undefined> {
  try {
    const route = Routes.guildVoiceState(one.guild, one.target);
    const { channel_id: channel } = (await context.discord.rest.get(route, { signal })) as APIVoiceState; // what Discord answers to this
    return channel ?? undefined;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === Code.UnknownVoiceState) return undefined;
    throw error;
  }
}

/** What a case keeps of whether it was so before. */
export const VoiceData = Type.Object({ was: Type.Optional(Type.Boolean()) });
type Setting = Doing<Static<typeof VoiceData>>;

/** Mutes or deafens, and keeps whether they were so before, for whoever takes it back. */
export async function setVoice(doing: Setting, change: Pick<VoiceChange, 'mute' | 'deaf'>): Promise<void> {
  if (doing.data.was === undefined) await doing.keep({ was: await isSet(doing, change) });
  await changeVoice(doing, change);
}

/** What lifts it, by this type. Refused where they were so before it. */
export function liftedBy(type: string): (doing: Setting) => Promise<Undoing> {
  return async ({ one, data }) => {
    if (data.was) throw new Refused(t('cases.undo.wasSo', { number: one.number }));
    return { type, data: {} };
  };
}

/** Whether the server has a member muted or deafened, also while they are not in voice. */
export async function isSet(
  { one, context, signal }: Here,
  wanted: Pick<VoiceChange, 'mute' | 'deaf'>,
): Promise<boolean> {
  const route = Routes.guildMember(one.guild, one.target);
  const { mute, deaf } = (await context.discord.rest.get(route, { signal })) as APIGuildMember; // what Discord answers to this
  return (wanted.mute ?? mute) === mute && (wanted.deaf ?? deaf) === deaf;
}
