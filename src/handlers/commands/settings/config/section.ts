import { defineCommand } from '../../../define.ts';
import { areaChosen, areaOption } from '../../../settings/area-choice.ts';
import { PLAN_BUTTONS } from '../../../settings/plan.ts';
import { SETTINGS_RULES } from '../../../settings/rights.ts';
import { SECTION_COMPONENTS, section } from '../../../settings/section.ts';

/** Any section of the settings, drawn from its schema: what it has, what is broken, and a menu that changes it. */
export default defineCommand({
  ...SETTINGS_RULES,
  options: { area: areaOption() },
  components: [...SECTION_COMPONENTS, ...PLAN_BUTTONS],
  run: (asked, context) => section(areaChosen(asked.options.area, context, asked.reader.locale), asked, context),
});
