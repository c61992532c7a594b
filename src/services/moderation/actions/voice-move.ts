import { Type } from '@sinclair/typebox';
import { mention, t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { changeVoice, voiceChannelOf } from '../voice.ts';

/** Moves a member from one voice channel to another. */
export default defineAction({
  data: Type.Object({ channel: Type.String() }),
  ofMember: true,
  tells: false,
  about: ({ channel }) => t('moderation.voice.to', { channel: mention('channel', channel) }),
  isDone: async (doing) => (await voiceChannelOf(doing)) === doing.data.channel,
  act: (doing) => changeVoice(doing, { channel_id: doing.data.channel }),
});
