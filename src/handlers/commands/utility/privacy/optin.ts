import { OPT_OUTS, optIn } from '../../../../db/opt-outs.ts';
import { say } from '../../../../services/answers/answer.ts';
import { t } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { PRIVACY_RULES } from '../../../privacy-card.ts';

/** Takes an opt-out back. */
export default defineCommand({
  ...PRIVACY_RULES,
  options: { what: text({ choices: OPT_OUTS }) },
  async run({ options: { what }, interaction }, { db }) {
    const changed = await optIn(db, interaction.user.id, what);
    const words = { what: t(`privacy.outs.${what}`) };
    return say(changed ? 'privacy.nowIn' : 'privacy.wasIn', words, { tone: changed ? 'good' : 'info' });
  },
});
