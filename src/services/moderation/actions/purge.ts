import { Type } from '@sinclair/typebox';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';

/** Deletes many messages of a channel. Whoever orders it does it, step by step, and settles the case, with how many it were. */
export default defineAction({
  data: Type.Object({ count: Type.Optional(Type.Integer()) }),
  ofPerson: false,
  tells: false,
  inTurn: false,
  about: ({ count }) => (count === undefined ? undefined : t('moderation.purged', { count })),
});
