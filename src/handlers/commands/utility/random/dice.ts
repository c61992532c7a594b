import { parseDice, type Thrown, throwDice } from '../../../../lib/dice.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { clip, t } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';

/** Throws dice, as players write them, and shows what each one fell on. */
export default defineCommand({
  where: 'anywhere',
  options: { dice: text({ optional: true, max: 100 }) },
  run({ options: { dice = '1d6' } }) {
    const terms = parseDice(dice);
    if (!terms) throw new UserError('commands.random.dice.notDice', { dice: clip(dice, 100) });
    const { thrown, total } = throwDice(terms);
    const shown = thrown.map(shownAs).join(' ').replace(/^\+ /, '');
    return {
      tone: 'info',
      title: t('commands.random.dice.total', { dice: dice.trim(), total: String(total) }),
      parts: [{ kind: 'text', text: shown }],
    };
  },
});

function shownAs({ term, dice }: Thrown): string {
  const sign = term.sign === -1 ? '−' : '+';
  return term.kind === 'number' ? `${sign} ${term.value}` : `${sign} d${term.sides}: ${dice.join(', ')};`;
}
