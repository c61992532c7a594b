import { Type } from '@sinclair/typebox';
import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { Refused } from '../refusal.ts';
import { changeVoice, voiceChannelOf } from '../voice.ts';

/** Puts a member out of voice; they can come back. */
export default defineAction({
  data: Type.Object({}),
  ofMember: true,
  tells: false,
  isDone: async (doing) => (await voiceChannelOf(doing)) === undefined,
  async act(doing) {
    if (!(await voiceChannelOf(doing))) throw new Refused(t('moderation.refused.notInVoice'));
    try {
      await changeVoice(doing, { channel_id: null });
    } catch (error) {
      // They were in voice a moment ago: an answer to an earlier request was lost, or they left by themselves.
      const out = error instanceof DiscordAPIError && error.code === Code.TargetUserIsNotConnectedToVoice;
      if (!out) throw error;
    }
  },
});
