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
  return propertiesOf(area).flatMap((property) => {
    const of = whatIsNamed(property);
    return of === undefined
      ? []
      : idsOf(value[property.name], property).map((id): NamedId => ({ property: property.name, id, of }));
  });
}

/** Those of them that the server does not have: deleted, or another server's. None while Discord does not tell of the server. */
export function goneIn(area: AreaName, value: Values, guild: Guild): readonly NamedId[] {
  if (!guild.available) return [];
  return idsIn(area, value).filter(({ of, id }) => !(of === 'channel' ? guild.channels : guild.roles).cache.has(id));
}

/** The values without these; what named one of them alone is taken away, so that its default holds again. */
export function withoutIds(value: Values, gone: readonly NamedId[]): Values {
  const ids = new Set(gone.map(({ id }) => id));
  const names = new Set(gone.map(({ property }) => property));
  const kept = Object.entries(value).flatMap(([name, own]): readonly (readonly [string, unknown])[] => {
    if (!names.has(name)) return [[name, own]];
    if (typeof own === 'string') return [];
    if (Array.isArray(own)) return [[name, own.filter((id) => !ids.has(String(id)))]];
    const kept = Object.entries(Object(own)).filter(([key, value]) => !ids.has(key) && !ids.has(String(value)));
    return [[name, Object.fromEntries(kept)]];
  });
  return Object.fromEntries(kept);
}

function whatIsNamed({ form, schema }: Property): NamedId['of'] | undefined {
  if (form.kind === 'channel' || form.kind === 'channels' || schema.values === 'channel' || schema.keys === 'channel')
    return 'channel';
  if (form.kind === 'role' || form.kind === 'roles' || schema.keys === 'role') return 'role';
  return undefined;
}

function idsOf(value: unknown, { schema }: Property): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'object' || value === null) return [];
  return schema.values === undefined ? Object.keys(value) : [...new Set(Object.values(value).map(String))];
}
