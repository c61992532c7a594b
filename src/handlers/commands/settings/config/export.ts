import { say } from '../../../../services/answers/answer.ts';
import { t } from '../../../../services/answers/words.ts';
import { settingsFile } from '../../../../services/settings/settings-file.ts';
import { defineCommand } from '../../../define.ts';
import { guildOf, SETTINGS_RULES } from '../../../settings/rights.ts';

/** All settings of the server as a file that `/config import` takes, here or elsewhere. */
export default defineCommand({
  ...SETTINGS_RULES,
  async run({ interaction }, context) {
    const bytes = await settingsFile(guildOf(interaction).id, context);
    const files = [{ name: 'settings.json', bytes }];
    return say('settings.export.done', {}, { tone: 'good', next: t('settings.export.next'), files });
  },
});
