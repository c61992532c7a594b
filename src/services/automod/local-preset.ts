import type { Context } from '../../context.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import { rulesOf } from './preset.ts';
import { PRESETS, type PresetName } from './presets.ts';

/** The rules of a preset as a server gets them: with their words in its language. */
export async function presetRules(
  name: PresetName,
  guild: string,
  { settings, i18n }: Pick<Context, 'settings' | 'i18n'>,
): Promise<readonly Rule[]> {
  const { language } = await settings.of(guild, 'general');
  return rulesOf(PRESETS[name], (key) => i18n.t(key, {}, language));
}
