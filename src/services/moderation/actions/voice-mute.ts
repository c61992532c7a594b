import { defineAction } from '../action.ts';
import { isSet, liftedBy, setVoice, VoiceData } from '../voice.ts';

/** Mutes a member in voice, for everybody. */
export default defineAction({
  data: VoiceData,
  ofMember: true,
  tells: false,
  ends: ['voice-unmute'],
  undoneBy: 'voice-unmute',
  undo: liftedBy('voice-unmute'),
  isDone: (doing) => isSet(doing, { mute: true }),
  act: (doing) => setVoice(doing, { mute: true }),
});
