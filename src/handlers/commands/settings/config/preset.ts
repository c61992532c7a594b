import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { presetRules } from '../../../../services/automod/local-preset.ts';
import { readBook } from '../../../../services/automod/rule-book.ts';
import { onlyKnown } from '../../../../services/settings/only-known.ts';
import type { Preset } from '../../../../services/settings/preset.ts';
import { SETTINGS_PRESET_NAMES, SETTINGS_PRESETS } from '../../../../services/settings/presets.ts';
import { AREA_NAMES, readSnapshot } from '../../../../services/settings/snapshot.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { askAbout } from '../../../settings/plan.ts';
import { guildOf, SETTINGS_RULES } from '../../../settings/rights.ts';

/** Takes over settings that go together: what they would change is shown first, and all of it is stored by one press. */
export default defineCommand({
  ...SETTINGS_RULES,
  options: { preset: text({ choices: SETTINGS_PRESET_NAMES }) },
  async run(asked, context) {
    const name = SETTINGS_PRESET_NAMES.find((one) => one === asked.options.preset);
    if (!name) throw new UserError('errors.unknownComponent');
    const guild = guildOf(asked.interaction);
    const preset: Preset = SETTINGS_PRESETS[name];
    const [held, { version }] = await Promise.all([readSnapshot(context.db, guild.id), readBook(guild.id, context)]);
    const areas = AREA_NAMES.flatMap((area) => {
      const given = preset.areas[area];
      if (!given) return [];
      const { value } = onlyKnown(area, held[area].value, given, guild);
      return [{ area, version: held[area].version, value: { ...value } }];
    });
    const rules = await Promise.all(preset.rules.map((one) => presetRules(one, guild.id, context)));
    const plan = {
      guild: guild.id,
      why: 'preset' as const,
      areas,
      rules: { how: 'put' as const, version, rules: rules.flat() },
    };
    return await askAbout(plan, [{ kind: 'text', text: t(`settings.presets.${name}`) }], asked, context);
  },
});
