import { Type } from '@sinclair/typebox';
import { defineAction } from '../action.ts';
import { changeVoice, isSet } from '../voice.ts';

/** Lets a member speak in voice again. */
export default defineAction({
  data: Type.Object({}),
  ofMember: true,
  tells: false,
  ends: ['voice-mute'],
  isDone: (doing) => isSet(doing, { mute: false }),
  act: (doing) => changeVoice(doing, { mute: false }),
});
