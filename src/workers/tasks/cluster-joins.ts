import { Type } from '@sinclair/typebox';
import { clustersOf } from '../raids/cluster-joins.ts';
import { defineTask } from '../task.ts';

const Count = Type.Integer({ minimum: 0 });
const Name = Type.String({ maxLength: 100 });

/** Which of those who joined a server lately belong together: by their names, pictures, the age of their accounts, and how soon they came. */
export default defineTask({
  lane: 'quick',
  input: Type.Object({
    joins: Type.Array(
      Type.Object({
        id: Type.String({ pattern: '^\\d{15,20}$' }),
        name: Name,
        shown: Name,
        avatar: Name,
        at: Type.Number({ minimum: 0 }),
      }),
      { maxItems: 1_000 },
    ),
    least: Type.Integer({ minimum: 2 }),
    withinMs: Type.Integer({ minimum: 1 }),
  }),
  output: Type.Array(Type.Object({ members: Type.Array(Count), names: Count, avatars: Count, ages: Count })),
  sample: {
    joins: [
      { id: '1400000000000000000', name: 'skua_1', shown: '', avatar: '', at: 1_754_000_000_000 },
      { id: '1400000000000000001', name: 'skua_2', shown: '', avatar: '', at: 1_754_000_001_000 },
    ],
    least: 2,
    withinMs: 60_000,
  },
  run: ({ joins, ...rate }) => clustersOf(joins, rate),
});
