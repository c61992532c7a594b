import { defineAction } from '../action.ts';
import { isSet, liftedBy, setVoice, VoiceData } from '../voice.ts';

/** Deafens a member in voice. */
export default defineAction({
  data: VoiceData,
  ofMember: true,
  tells: false,
  ends: ['voice-undeafen'],
  undoneBy: 'voice-undeafen',
  undo: liftedBy('voice-undeafen'),
  isDone: (doing) => isSet(doing, { deaf: true }),
  act: (doing) => setVoice(doing, { deaf: true }),
});
