import { Type } from '@sinclair/typebox';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';

/** Members were put out of voice in Discord itself, which does not say whom: there is nothing to do, only to know. */
export default defineAction({
  data: Type.Object({}),
  ofPerson: false,
  tells: false,
  inTurn: false,
  about: () => t('moderation.voice.somebody'),
});
