import { Type } from '@sinclair/typebox';
import { defineAction } from '../action.ts';
import { changeVoice, isSet } from '../voice.ts';

/** Deafens a member in voice. */
export default defineAction({
  data: Type.Object({}),
  ofMember: true,
  tells: false,
  ends: ['voice-undeafen'],
  undoneBy: 'voice-undeafen',
  isDone: (doing) => isSet(doing, { deaf: true }),
  act: (doing) => changeVoice(doing, { deaf: true }),
});
