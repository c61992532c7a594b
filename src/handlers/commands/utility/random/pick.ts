import { randomSample } from '../../../../lib/random.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { clip, t } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { integer, text } from '../../../options.ts';

const MOST = 100;
const LONGEST_SHOWN = 200;

/** Picks of what is listed, each as likely as any other, none twice. With as many as there are, it shuffles. */
export default defineCommand({
  where: 'anywhere',
  options: { from: text({ min: 1, max: 2_000 }), many: integer({ optional: true, min: 1, max: MOST }) },
  run({ options: { from, many = 1 } }) {
    const things = from
      .split(/[,;|\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== '');
    if (things.length < 2) throw new UserError('commands.random.pick.tooFew');
    if (things.length > MOST) throw new UserError('commands.random.pick.tooMany', { most: MOST });
    if (many > things.length) throw new UserError('commands.random.pick.notSoMany', { count: things.length });
    const lines = randomSample(things, many).map((one) => clip(one, LONGEST_SHOWN));
    return {
      tone: 'info',
      title: t('commands.random.pick.title', { many, count: things.length }),
      parts: [{ kind: 'lines', lines }],
    };
  },
});
