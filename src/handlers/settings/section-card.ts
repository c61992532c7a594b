import type { Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Key } from '../../lib/i18n.ts';
import type { Answer, Part, SelectOption } from '../../services/answers/answer.ts';
import { code, type Said, t, type Words } from '../../services/answers/words.ts';
import { aboutOf, labelOf, valueWords } from '../../services/settings/area-words.ts';
import type { AreaName } from '../../services/settings/areas.ts';
import { goneIn } from '../../services/settings/ids.ts';
import { type Property, propertiesOf, propertyOf } from '../../services/settings/property-form.ts';
import { type Held, readSnapshot } from '../../services/settings/snapshot.ts';
import { lastChange } from '../settings-panel.ts';

/** What stands in a section beside its settings. */
export interface Around {
  readonly changed?: boolean;
  /** The settings that are shown; all of the section's unless said. */
  readonly only?: readonly string[];
  /** What is said above the settings. */
  readonly notes?: readonly Part[];
  /** Menus and buttons, by which it is changed. */
  readonly controls: (held: Held, gone: boolean) => readonly Part[];
}

/** A section of the settings as it stands: what each has, what of it is broken and how to mend that, and who changed it last. */
export async function sectionCard(
  area: AreaName,
  guild: Guild,
  { changed = false, only, notes = [], controls }: Around,
  context: Context,
): Promise<Answer> {
  const [snapshot, last] = await Promise.all([readSnapshot(context.db, guild.id), lastChange(guild.id, area, context)]);
  const held = snapshot[area];
  const broken = brokenWords(area, held, guild);
  return {
    tone: broken.length > 0 ? 'warning' : changed ? 'good' : 'info',
    title: t(`settings.names.${area}`),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      ...notes,
      { kind: 'fields', fields: shownOf(area, only).map((one) => [labelOf(one), shown(one, held, guild)] as const) },
      ...(broken.length > 0 ? [{ kind: 'points', points: broken } as const] : []),
      ...controls(held, goneIn(area, held.value, guild).length > 0),
      { kind: 'small', text: last },
    ],
  };
}

/** The settings of an area, or those of them that are named. */
export function shownOf(area: AreaName, only?: readonly string[]): readonly Property[] {
  return propertiesOf(area).filter(({ name }) => only?.includes(name) ?? true);
}

/** What of an area is broken, a sentence each. */
export function brokenWords(area: AreaName, held: Held, guild: Guild): readonly Said[] {
  const gone = Map.groupBy(goneIn(area, held.value, guild), ({ property }) => property);
  return [
    ...[...gone].flatMap(([name, ids]) => {
      const property = propertyOf(area, name);
      const what = { list: ids.map(({ of, id }) => t(`settings.gone.${of}`, { id })) };
      return property ? [t('settings.section.gone', { label: labelOf(property), what })] : [];
    }),
    ...held.broken.flatMap((name) => {
      const property = propertyOf(area, name);
      if (!property) return [];
      const expected = t(String(property.schema.expected) as Key); // a test reads every one
      return [t('settings.section.unfit', { label: labelOf(property), expected })];
    }),
  ];
}

/** A setting as it can be chosen in a menu. */
export function optionFor(property: Property): SelectOption {
  return { value: property.name, label: labelOf(property), description: aboutOf(property) };
}

/** Where a setting that has a command of its own is changed. */
export function ownCommand(property: Property): Said | undefined {
  const { form } = property;
  if (form.kind !== 'own') return undefined;
  return t('settings.section.own', { label: labelOf(property), command: code(`/${form.command}`) });
}

function shown(property: Property, { value }: Held, guild: Guild): Words {
  return valueWords(property, value[property.name], guild);
}
