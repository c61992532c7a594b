import { isDeepStrictEqual } from 'node:util';
import type { Guild } from 'discord.js';
import { list, type Said, t, type Words } from '../answers/words.ts';
import { inArea, itemWords, valueWords } from './area-words.ts';
import type { AreaName } from './areas.ts';
import { type Property, propertiesOf } from './property-form.ts';

type Values = Readonly<Record<string, unknown>>;

/** A setting that is not the same before and after. */
export interface Difference {
  readonly property: Property;
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs between two states of an area; what the bot keeps itself is no setting. */
export function differencesIn(area: AreaName, before: Values, after: Values): readonly Difference[] {
  return propertiesOf(area)
    .filter(({ state, name }) => !state && !isDeepStrictEqual(before[name], after[name]))
    .map((property) => ({ property, before: before[property.name], after: after[property.name] }));
}

/** A difference in a line: of a list what came and what went, else what was and what is. */
function differenceWords({ property, before, after }: Difference, guild: Guild | null): Said {
  const what = inArea(property);
  const [were, are] = [itemsOf(before), itemsOf(after)];
  if (!were || !are)
    return t('settings.changed', {
      what,
      before: valueWords(property, before, guild),
      after: valueWords(property, after, guild),
    });
  const words = (items: readonly unknown[]) => list(items.map((one) => itemWords(property, one, guild)));
  const came = are.filter((one) => !were.some((other) => isDeepStrictEqual(one, other)));
  const went = were.filter((one) => !are.some((other) => isDeepStrictEqual(one, other)));
  if (came.length === 0 && went.length === 0) return t('settings.reordered', { what });
  if (went.length === 0) return t('settings.added', { what, came: words(came) });
  if (came.length === 0) return t('settings.removed', { what, went: words(went) });
  return t('settings.exchanged', { what, came: words(came), went: words(went) });
}

/** The differences of an area in lines. */
export function differenceLines(area: AreaName, before: Values, after: Values, guild: Guild | null): readonly Words[] {
  return differencesIn(area, before, after).map((one) => differenceWords(one, guild));
}

function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}
