import drawCaptcha from '../../src/workers/tasks/draw-captcha.ts';
import { defineMicro } from '../micro.ts';

export default defineMicro({
  task: drawCaptcha,
  about: 'draws letters that are to be read by people',
  inputs: {
    letters: {
      small: () => ({ letters: 'A' }),
      typical: () => ({ letters: 'ACE34' }),
      limit: () => ({ letters: 'WMWMWMWM' }),
    },
  },
});
