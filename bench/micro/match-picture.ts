import matchPicture from '../../src/workers/tasks/match-picture.ts';
import { randomBytes } from '../load/random-bytes.ts';
import { defineMicro, sized } from '../micro.ts';

const BYTES_A_HASH = 8;
const SOUGHT = ['0123456789abcdef'];

function listOf(hashes: number) {
  const bytes = randomBytes(hashes * BYTES_A_HASH);
  return { list: 'shield', version: '1', bytes, hashes: SOUGHT };
}

/** The amounts are those of hashes in the list. */
export default defineMicro({
  task: matchPicture,
  about: 'looks a picture up among those that are blocked',
  inputs: {
    'a list that is kept': sized(
      async (hashes) => {
        await matchPicture.run(listOf(hashes));
        return { list: 'shield', version: '1', hashes: SOUGHT };
      },
      [100, 10_000, 1_000_000],
    ),
    'a list that comes along': sized(listOf, [100, 10_000, 1_000_000]),
  },
  works: ({ kind }) => kind === 'matches',
});
