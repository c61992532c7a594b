import { Type } from '@sinclair/typebox';
import { AVATAR_BYTES } from '../cards/limits.ts';
import { defineTask } from '../task.ts';

const words = (most: number) => Type.String({ maxLength: most });

/** Draws the card with which somebody is welcomed. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 30_000,
  input: Type.Object({
    name: words(100),
    account: words(100),
    greeting: words(200),
    count: words(100),
    avatar: Type.Optional(Type.Uint8Array({ maxByteLength: AVATAR_BYTES })),
  }),
  output: Type.Object({ png: Type.Uint8Array(), width: Type.Integer(), height: Type.Integer() }),
  sample: { name: 'Ada', account: 'ada', greeting: 'Welcome to the colony', count: 'Member 12' },
  async run(card) {
    // What draws is large, and most threads never draw.
    const { drawWelcomeCard } = await import('../cards/welcome-card.ts');
    return drawWelcomeCard(card);
  },
});
