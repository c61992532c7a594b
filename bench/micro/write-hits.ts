import writeHits from '../../src/workers/tasks/write-hits.ts';
import { defineMicro, sized } from '../micro.ts';

const COLUMNS: [string, string, string, string] = ['Message', 'Author', 'Sure?', 'Text'];

function hits(amount: number) {
  return Array.from({ length: amount }, (_, at) => ({
    where: `https://discord.com/channels/123456789012345678/223456789012345678/${400_000_000_000_000_000n + BigInt(at)}`,
    author: `penguin${at}`,
    perhaps: at % 7 === 0,
    text: `Has anyone of you seen the penguin number ${at}?\nIt was here a moment ago. `.repeat(4),
  }));
}

/** The amounts are those of hits. */
export default defineMicro({
  task: writeHits,
  about: 'writes what a rule would have hit into a file',
  inputs: {
    'hits of a backtest': sized(
      (amount) => ({
        columns: COLUMNS,
        perhaps: 'perhaps',
        hits: hits(amount),
      }),
      [10, 100, 1_000],
    ),
  },
});
