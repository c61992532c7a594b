import type { Context } from '../../context.ts';
import { UserError } from '../../services/answers/user-error.ts';
import type { AreaName } from '../../services/settings/areas.ts';
import { AREA_NAMES } from '../../services/settings/snapshot.ts';
import type { Choice, Typing } from '../autocomplete.ts';
import { text } from '../options.ts';

/** A section of the settings, by its name in the language of whoever types. */
export function areaOption() {
  return text({ max: 64, autocomplete: offerAreas });
}

/** The section that was chosen or written out. UserError where there is none. */
export function areaChosen(typed: string, { i18n }: Pick<Context, 'i18n'>, locale: string): AreaName {
  const wanted = typed.trim().toLowerCase();
  const found = AREA_NAMES.find((area) => area.toLowerCase() === wanted || named(area, i18n, locale) === wanted);
  if (!found) throw new UserError('settings.section.noSuch', { name: typed });
  return found;
}

function offerAreas({ typed, interaction }: Typing, { i18n }: Context): readonly Choice[] {
  const wanted = typed.trim().toLowerCase();
  return AREA_NAMES.filter((area) => named(area, i18n, interaction.locale).includes(wanted)).map((area) => ({
    name: i18n.t(`settings.names.${area}`, {}, interaction.locale),
    value: area,
  }));
}

function named(area: AreaName, i18n: Context['i18n'], locale: string): string {
  return i18n.t(`settings.names.${area}`, {}, locale).toLowerCase();
}
