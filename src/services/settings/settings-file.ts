import type { Context } from '../../context.ts';
import { readBook } from '../automod/rule-book.ts';
import { propertiesOf } from './property-form.ts';
import { AREA_NAMES, readSnapshot } from './snapshot.ts';

/** The most that a file of settings may have: more than everything that a server can set. */
export const MOST_SETTINGS_BYTES = 2 * 1_048_576;

/** All settings of a server as they are exported: what is not set is null, what the bot keeps itself is left out. */
export async function settingsFile(guild: string, context: Pick<Context, 'db'>): Promise<Uint8Array> {
  const [held, { rules }] = await Promise.all([readSnapshot(context.db, guild), readBook(guild, context)]);
  const areas = AREA_NAMES.map((area) => {
    const settable = propertiesOf(area).filter(({ state }) => !state);
    return [area, Object.fromEntries(settable.map(({ name }) => [name, held[area].value[name] ?? null]))] as const;
  });
  const file = {
    ...{ format: 'rockhopper-settings', version: 1, server: guild },
    areas: Object.fromEntries(areas),
    automodRules: rules.map(ordered),
  };
  const bytes = new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);
  return bytes.byteLength <= MOST_SETTINGS_BYTES ? bytes : new TextEncoder().encode(JSON.stringify(file));
}

const FIRST = ['id', 'name', 'type', 'do'];

/** The same whatever way a rule came to be stored: what it is comes first, the rest by name. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const place = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const entries = Object.entries(value).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, own]) => [name, ordered(own)]));
}
