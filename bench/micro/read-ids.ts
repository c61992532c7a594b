import { shareBytes } from '../../src/workers/shared-bytes.ts';
import readIds from '../../src/workers/tasks/read-ids.ts';
import { defineMicro, sized } from '../micro.ts';

const FIRST = 100_000_000_000_000_000n;

function lines(amount: number): string {
  return Array.from({ length: amount }, (_, at) =>
    at % 3 === 2 ? `name ${at}, joined today` : `<@${FIRST + BigInt(at)}>`,
  ).join('\n');
}

/** The amounts are those of lines, a third of them rubbish. */
export default defineMicro({
  task: readIds,
  about: 'reads whom a list names, for what is done to many at once',
  inputs: {
    'a list that was pasted': sized((amount) => ({ text: lines(amount), most: 5_000 }), [5, 100, 250]),
    'a file': sized(
      (amount) => ({ file: shareBytes(new TextEncoder().encode(lines(amount))), most: 5_000 }),
      [100, 5_000, 80_000],
    ),
  },
});
