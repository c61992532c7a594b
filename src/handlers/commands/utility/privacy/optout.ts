import { OPT_OUTS, optOut } from '../../../../db/opt-outs.ts';
import { say } from '../../../../services/answers/answer.ts';
import { t } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { PRIVACY_RULES } from '../../../privacy-card.ts';

/** Keeps nothing more of somebody, of one sort, on any server. */
export default defineCommand({
  ...PRIVACY_RULES,
  options: { what: text({ choices: OPT_OUTS }) },
  async run({ options: { what }, interaction }, { db, now }) {
    await optOut(db, interaction.user.id, what, now());
    return say('privacy.nowOut', { what: t(`privacy.outs.${what}`) }, { tone: 'good', next: t('privacy.nowOutNext') });
  },
});
