import { randomBelow } from '../../../../lib/random.ts';
import { say } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { defineCommand } from '../../../define.ts';
import { integer } from '../../../options.ts';

const FURTHEST = 1_000_000_000_000;
const BOUND = { optional: true, min: -FURTHEST, max: FURTHEST } as const;

/** A whole number between two others, both of them included. */
export default defineCommand({
  where: 'anywhere',
  options: { from: integer(BOUND), to: integer(BOUND) },
  run({ options: { from = 1, to = Math.max(100, from) } }) {
    if (from > to) throw new UserError('commands.random.number.turned', { from: String(from), to: String(to) });
    const drawn = from + randomBelow(to - from + 1);
    return say('commands.random.number.drawn', { number: String(drawn), from: String(from), to: String(to) });
  },
});
