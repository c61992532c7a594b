import type { Context } from '../../../../context.ts';
import { settingsChanges } from '../../../../db/settings.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import type { Choice, Typing } from '../../../autocomplete.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { areaChosen, areaOption } from '../../../settings/area-choice.ts';
import { SETTINGS_RULES } from '../../../settings/rights.ts';
import { askToGoBack } from '../../../settings/rollback.ts';
import { versionLabel } from '../../../settings/version-label.ts';

/** Makes a section what it was: shown with what that changes, stored by one press. */
export default defineCommand({
  ...SETTINGS_RULES,
  options: { area: areaOption(), version: text({ max: 10, autocomplete: offerVersions }) },
  async run(asked, context) {
    const { area, version } = asked.options;
    if (!/^\d{1,9}$/.test(version)) throw new UserError('settings.history.noSuch', { version });
    return await askToGoBack(areaChosen(area, context, asked.reader.locale), Number(version), asked, context);
  },
});

async function offerVersions({ interaction }: Typing, context: Context): Promise<readonly Choice[]> {
  const area = areaChosen(interaction.options.getString('area') ?? '', context, interaction.locale);
  const changes = await settingsChanges(context.db, interaction.guildId ?? '0', area, 25);
  return changes.slice(1).map((one) => ({
    name: context.i18n.t('settings.history.version', versionLabel(one), interaction.locale),
    value: String(one.version),
  }));
}
