import { isDeepStrictEqual } from 'node:util';
import type { BaseInteraction, Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import { valueAt } from '../../db/settings.ts';
import type { Answer, Part } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t } from '../../services/answers/words.ts';
import { labelOf } from '../../services/settings/area-words.ts';
import { AREAS, type AreaName } from '../../services/settings/areas.ts';
import { changeAreas } from '../../services/settings/change-areas.ts';
import { type Property, propertyOf } from '../../services/settings/property-form.ts';
import { SettingsMovedError } from '../../services/settings/settings.ts';
import { readSnapshot } from '../../services/settings/snapshot.ts';
import type { Asked } from '../define.ts';
import type { AnyField } from '../form.ts';
import { fieldFor } from './field-form.ts';
import { mustMayChange } from './may-change.ts';
import { changedSince } from './meanwhile.ts';
import { askAnew, type Plan } from './plan.ts';
import { guildOf } from './rights.ts';
import { ownCommand } from './section-card.ts';

/** The field in which a setting is filled in, and the version of its area that it shows. UserError where a command of its own does that. */
export async function settingField(
  property: Property,
  guild: Guild,
  { db }: Pick<Context, 'db'>,
): Promise<{ readonly field: AnyField; readonly version: number }> {
  const own = ownCommand(property);
  if (own) throw new UserError(own.key, own.params);
  const { value, version } = (await readSnapshot(db, guild.id))[property.area];
  const field = fieldFor(property, value[property.name], guild);
  if (!field) throw new UserError('settings.section.noSuchSetting');
  return { field, version };
}

interface Entered {
  readonly entered: unknown;
  /** The version of the area that whoever entered it had before them. */
  readonly since: number;
  /** The custom id of the button that leads back, where it has to be asked first. */
  readonly onward?: string;
  /** What is answered once it is stored, with what others have changed meanwhile. */
  readonly shown: (notes: readonly Part[]) => Promise<Answer>;
}

/** Stores what was entered, unless somebody else has changed the same meanwhile: then it is shown, and asked about. */
export async function saveSetting(
  property: Property,
  { entered, since, onward, shown }: Entered,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<Answer> {
  const { area, name } = property;
  const guild = guildOf(asked.interaction);
  const held = (await readSnapshot(context.db, guild.id))[area];
  const after = changedTo(area, held.value, name, entered);
  const [problem] = AREAS[area].problems(after);
  if (problem)
    throw new UserError('commands.config.problem', { what: labelOf(property), expected: t(problem.expected) });
  await mustMayChange([{ area, before: held.value, after }], asked.interaction, context);
  const notes = await changedSince(area, since, guild, context);
  const areas = [{ area, value: { ...after }, version: held.version }];
  const plan: Plan = { guild: guild.id, why: 'section', areas, ...(onward !== undefined && { onward }) };
  if (notes.length > 0 && !isDeepStrictEqual(await valueThen(property, since, context, guild.id), held.value[name]))
    return await askAnew(plan, notes, asked, context);
  try {
    const whose = { guild: guild.id, by: asked.interaction.user.id };
    await changeAreas([{ area, value: after, version: held.version }], whose, context);
  } catch (error) {
    if (!(error instanceof SettingsMovedError)) throw error;
    return await askAnew(plan, await changedSince(area, held.version, guild, context), asked, context);
  }
  return await shown(notes);
}

/** A setting by its name. UserError where a section has none of that name any more. */
export function readProperty(area: AreaName, name = ''): Property {
  const property = propertyOf(area, name);
  if (!property) throw new UserError('settings.section.noSuchSetting');
  return property;
}

/** What a setting was at a version. */
async function valueThen({ area, name }: Property, version: number, { db }: Context, guild: string): Promise<unknown> {
  const then = version === 0 ? {} : await valueAt(db, guild, area, version);
  const values: Readonly<Record<string, unknown>> = AREAS[area].mend(then).value;
  return values[name];
}

function changedTo(area: AreaName, value: Readonly<Record<string, unknown>>, name: string, entered: unknown) {
  const { [name]: _, ...others } = value;
  return AREAS[area].filled(entered === null ? others : { ...others, [name]: entered });
}
