import { Type } from '@sinclair/typebox';
import { defineAction } from '../action.ts';
import { changeVoice, isSet } from '../voice.ts';

/** Lets a member hear again in voice. */
export default defineAction({
  data: Type.Object({}),
  ofMember: true,
  tells: false,
  ends: ['voice-deafen'],
  isDone: (doing) => isSet(doing, { deaf: false }),
  act: (doing) => changeVoice(doing, { deaf: false }),
});
