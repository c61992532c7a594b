import { encode } from 'fast-png';
import drawRank from '../../src/workers/tasks/draw-rank.ts';
import { defineMicro } from '../micro.ts';

const WORDS = { level: 'Level 12', place: 'Place 3 of 1,200', points: '420 of 1,420 points to level 13', share: 0.3 };

/** The picture of an account, of no size that packs well. */
function picture(side: number): Uint8Array {
  const data = Uint8Array.from({ length: side * side * 4 }, (_, at) => (at * 2_654_435_761) >>> 24);
  return encode({ width: side, height: side, data, channels: 4 });
}

export default defineMicro({
  task: drawRank,
  about: 'draws the card of somebody’s level',
  inputs: {
    card: {
      small: () => ({ ...WORDS, name: 'Ada' }),
      typical: () => ({ ...WORDS, name: 'Chinstrap the Second', avatar: picture(128) }),
      limit: () => ({ ...WORDS, name: 'W'.repeat(32), avatar: picture(512) }),
    },
  },
});
