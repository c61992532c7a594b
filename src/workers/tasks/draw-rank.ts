import { Type } from '@sinclair/typebox';
import { AVATAR_BYTES } from '../cards/limits.ts';
import { defineTask } from '../task.ts';

const words = (most: number) => Type.String({ maxLength: most });

/** Draws the card of somebody's level. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 30_000,
  input: Type.Object({
    name: words(100),
    account: words(100),
    level: words(60),
    place: words(60),
    points: words(120),
    share: Type.Number({ minimum: 0, maximum: 1 }),
    avatar: Type.Optional(Type.Uint8Array({ maxByteLength: AVATAR_BYTES })),
  }),
  output: Type.Object({ png: Type.Uint8Array(), width: Type.Integer(), height: Type.Integer() }),
  sample: { name: 'Ada', account: 'ada', level: 'Level 1', place: '1 of 2', points: '20 of 155', share: 0.1 },
  async run(card) {
    // What draws is large, and most threads never draw.
    const { drawRankCard } = await import('../cards/rank-card.ts');
    return drawRankCard(card);
  },
});
