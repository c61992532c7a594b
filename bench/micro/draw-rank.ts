import drawRank from '../../src/workers/tasks/draw-rank.ts';
import { accountPicture } from '../facts/account-picture.ts';
import { defineMicro } from '../micro.ts';

const WORDS = {
  account: 'chinstrap',
  level: 'Level 12',
  place: 'Place 3 of 1,200',
  points: '420 of 1,420 points to level 13',
  share: 0.3,
};

export default defineMicro({
  task: drawRank,
  about: 'draws the card of somebody’s level',
  inputs: {
    card: {
      small: () => ({ ...WORDS, name: 'Ada' }),
      typical: () => ({ ...WORDS, name: 'Chinstrap the Second', avatar: accountPicture(128) }),
      limit: () => ({ ...WORDS, name: 'W'.repeat(32), avatar: accountPicture(512) }),
    },
  },
});
