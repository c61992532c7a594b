import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Answer, Part } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t } from '../../services/answers/words.ts';
import { AREAS, type AreaName } from '../../services/settings/areas.ts';
import { changeAreas } from '../../services/settings/change-areas.ts';
import { goneIn, withoutIds } from '../../services/settings/ids.ts';
import { propertiesOf } from '../../services/settings/property-form.ts';
import { type Held, isArea, readSnapshot } from '../../services/settings/snapshot.ts';
import { type Asked, defineComponent } from '../define.ts';
import { enteredIn } from './field-form.ts';
import { mustMayChange } from './may-change.ts';
import { guildOf, SETTINGS_RULES } from './rights.ts';
import { optionFor, sectionCard } from './section-card.ts';
import { readProperty, saveSetting, settingField } from './setting-form.ts';

type On = Asked<BaseInteraction>;
const Area = Type.Object({ area: Type.String({ maxLength: 32 }) });
const Setting = Type.Object({
  area: Type.String({ maxLength: 32 }),
  name: Type.String({ maxLength: 32 }),
  /** The area's when the form was opened: what is changed meanwhile is somebody else's. */
  version: Type.Integer({ minimum: 0 }),
});

const pick = defineComponent({
  ...SETTINGS_RULES,
  kind: 'text-select',
  id: 'config.section.pick',
  version: 1,
  state: Area,
  opensForm: true,
  async run({ state, values, interaction, openForm }, context) {
    const area = readArea(state.area);
    const property = readProperty(area, values[0]);
    const { field, version } = await settingField(property, guildOf(interaction), context);
    const customId = form.customId({ area, name: property.name, version });
    await openForm({ customId, title: t(`settings.names.${area}`), fields: [field] });
    return undefined;
  },
});

const form = defineComponent({
  ...SETTINGS_RULES,
  kind: 'form',
  id: 'config.section.form',
  version: 1,
  state: Setting,
  updates: true,
  async run(asked, context) {
    const { state, interaction } = asked;
    const area = readArea(state.area);
    const property = readProperty(area, state.name);
    const shown = (notes: readonly Part[]) => section(area, asked, context, { changed: true, notes });
    return await saveSetting(
      property,
      { entered: enteredIn(property, interaction), since: state.version, shown },
      asked,
      context,
    );
  },
});

const takeOut = defineComponent({
  ...SETTINGS_RULES,
  kind: 'button',
  id: 'config.section.takeOut',
  version: 1,
  state: Area,
  async run(asked, context) {
    const area = readArea(asked.state.area);
    const guild = guildOf(asked.interaction);
    const { value, version } = (await readSnapshot(context.db, guild.id))[area];
    const gone = goneIn(area, value, guild);
    if (gone.length === 0) throw new UserError('settings.section.nothingGone');
    const after = AREAS[area].filled(withoutIds(value, gone));
    await mustMayChange([{ area, before: value, after }], asked.interaction, context);
    const whose = { guild: guild.id, by: asked.interaction.user.id };
    await changeAreas([{ area, value: after, version }], whose, context);
    return await section(area, asked, context, { changed: true });
  },
});

export const SECTION_COMPONENTS = [pick, form, takeOut] as const;

/** A section with the menu that changes its settings. */
export async function section(
  area: AreaName,
  { interaction }: On,
  context: Context,
  around: { readonly changed?: boolean; readonly notes?: readonly Part[] } = {},
): Promise<Answer> {
  const controls = (_: Held, gone: boolean) => controlsOf(area, gone);
  const card = await sectionCard(area, guildOf(interaction), { ...around, controls }, context);
  return { ...card, next: t('settings.section.next') };
}

/** The menu that changes the settings of an area, and the button that takes out what is gone. */
function controlsOf(area: AreaName, gone: boolean): readonly Part[] {
  const customId = pick.customId({ area });
  const options = propertiesOf(area).map(optionFor);
  const placeholder = t('settings.section.pick');
  return [
    { kind: 'select', select: { of: 'text', customId, placeholder, options } },
    ...(gone ? [takeOutButton(area)] : []),
  ];
}

function takeOutButton(area: AreaName): Part {
  const button = { label: t('settings.section.takeOut'), customId: takeOut.customId({ area }) };
  return { kind: 'buttons', buttons: [button] };
}

function readArea(name: string): AreaName {
  if (!isArea(name)) throw new UserError('settings.section.noSuch', { name });
  return name;
}
