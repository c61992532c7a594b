import { Type } from '@sinclair/typebox';
import { defineAction } from '../action.ts';
import { changeVoice, isSet } from '../voice.ts';

/** Mutes a member in voice, for everybody. */
export default defineAction({
  data: Type.Object({}),
  ofMember: true,
  tells: false,
  ends: ['voice-unmute'],
  undoneBy: 'voice-unmute',
  isDone: (doing) => isSet(doing, { mute: true }),
  act: (doing) => changeVoice(doing, { mute: true }),
});
