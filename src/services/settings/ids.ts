import type { Guild } from 'discord.js';
import type { AreaName } from './areas.ts';
import { type Property, propertiesOf } from './property-form.ts';

/** A channel or a role that a setting names. */
export interface NamedId {
  readonly property: string;
  readonly id: string;
  readonly of: 'channel' | 'role';
}

type Values = Readonly<Record<string, unknown>>;

/** The channels and roles that the values of an area name. */
function idsIn(area: AreaName, value: Values): readonly NamedId[] {
  return propertiesOf(area).flatMap((property) => idsOf(property, value[property.name]));
}

/** Those of them that the server does not have: deleted, or another server's. None while Discord does not tell of the server. */
export function goneIn(area: AreaName, value: Values, guild: Guild): readonly NamedId[] {
  if (!guild.available) return [];
  return idsIn(area, value).filter(({ of, id }) => !(of === 'channel' ? guild.channels : guild.roles).cache.has(id));
}

/** The values without these; what named one of them alone is taken away, so that its default holds again. */
export function withoutIds(value: Values, gone: readonly NamedId[]): Values {
  const kept = Object.entries(value).flatMap(([name, own]): readonly (readonly [string, unknown])[] => {
    const ids = new Set(gone.filter(({ property }) => property === name).map(({ id }) => id));
    if (ids.size === 0) return [[name, own]];
    if (typeof own === 'string') return [];
    if (Array.isArray(own)) return [[name, own.filter((id) => !ids.has(String(id)))]];
    const kept = Object.entries(Object(own)).filter(([key, value]) => !ids.has(key) && !ids.has(String(value)));
    return [[name, Object.fromEntries(kept)]];
  });
  return Object.fromEntries(kept);
}

/** The ids in the value of a setting. A record may have them as its keys, as its values, or as both, of one kind or of two. */
export function idsOf({ name, form, schema }: Pick<Property, 'name' | 'form' | 'schema'>, value: unknown) {
  const named = (of: unknown, ids: readonly unknown[]): readonly NamedId[] =>
    of === 'channel' || of === 'role' ? [...new Set(ids.map(String))].map((id) => ({ property: name, id, of })) : [];
  const own = form.kind === 'channels' ? 'channel' : form.kind === 'roles' ? 'role' : form.kind;
  if (typeof value === 'string') return named(own, [value]);
  if (Array.isArray(value)) return named(own, value);
  if (typeof value !== 'object' || value === null) return [];
  return [...named(schema.keys, Object.keys(value)), ...named(schema.values, Object.values(value))];
}
