import { randomBelow } from '../../../../lib/random.ts';
import { say } from '../../../../services/answers/answer.ts';
import { defineCommand } from '../../../define.ts';

/** Heads or tails. */
export default defineCommand({
  where: 'anywhere',
  run: () => say(randomBelow(2) === 0 ? 'commands.random.coin.heads' : 'commands.random.coin.tails'),
});
