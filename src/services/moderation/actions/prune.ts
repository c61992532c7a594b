import { Type } from '@sinclair/typebox';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';

/** Members who had not been there for long were removed by Discord's own command for that: there is nothing to do, only to know. */
export default defineAction({
  data: Type.Object({ count: Type.Integer() }),
  ofPerson: false,
  tells: false,
  inTurn: false,
  about: ({ count }) => t('moderation.pruned', { count }),
});
