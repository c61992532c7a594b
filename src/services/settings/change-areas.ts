import type { Context } from '../../context.ts';
import type { Within } from '../../db/connect.ts';
import { BotError } from '../../lib/errors.ts';
import { arrangeReport } from '../reports/schedule.ts';
import type { Problem } from './area.ts';
import type { AreaName } from './areas.ts';
import { propertiesOf } from './property-form.ts';
import type { Patch } from './settings.ts';

/** What an area is to be, and which version it was when that was decided. */
export interface AreaChange {
  readonly area: AreaName;
  readonly value: Readonly<Record<string, unknown>>;
  readonly version: number;
}

/** Values do not fit, of which it had been said that they do. */
class UnfitSettingsError extends BotError {
  constructor(area: AreaName, problems: readonly Problem[]) {
    super(`the settings of ${area} do not fit: ${problems.map(({ path }) => path).join(', ')}`);
  }
}

/**
 * Makes several areas of a server what they are to be, all or none, together with what else `also` writes. SettingsMovedError where one was
 * changed meanwhile.
 */
export async function changeAreas(
  changes: readonly AreaChange[],
  { guild, by }: { readonly guild: string; readonly by: string },
  context: Context,
  also: (within: Within) => Promise<void> = async () => {},
): Promise<void> {
  const { database, settings } = context;
  // In one order everywhere: two who change several at once wait for each other, but not in a circle.
  const inOrder = changes.toSorted((a, b) => (a.area < b.area ? -1 : 1));
  await database.begin(async (tx, notify) => {
    for (const { area, value, version } of inOrder) {
      const outcome = await settings.setWithin({ tx, notify }, guild, area, patchTo(area, value), { by, version });
      if (!outcome.ok) throw new UnfitSettingsError(area, outcome.problems);
    }
    await also({ tx, notify });
  });
  for (const { area } of changes) settings.forget(`${guild}:${area}`); // the notification may come after the next question
  if (changes.some(({ area }) => area === 'reports' || area === 'general')) await arrangeReport(guild, context);
}

/** What is not in the value goes; what the bot keeps itself stays. */
function patchTo(area: AreaName, value: Readonly<Record<string, unknown>>): Patch {
  const settable = propertiesOf(area).filter(({ state }) => !state);
  return Object.fromEntries(settable.map(({ name }) => [name, value[name] ?? null]));
}
