import drawWelcome from '../../src/workers/tasks/draw-welcome.ts';
import { accountPicture } from '../facts/account-picture.ts';
import { defineMicro } from '../micro.ts';

const WORDS = { account: 'chinstrap', greeting: 'Welcome to the colony', count: 'Member 1,234' };

export default defineMicro({
  task: drawWelcome,
  about: 'draws the card with which somebody is welcomed',
  inputs: {
    card: {
      small: () => ({ ...WORDS, name: 'Ada' }),
      typical: () => ({ ...WORDS, name: 'Chinstrap the Second', avatar: accountPicture(128) }),
      limit: () => ({ ...WORDS, name: 'W'.repeat(32), avatar: accountPicture(512) }),
    },
  },
});
