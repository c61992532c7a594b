import type { Sql } from 'postgres';
import { readServerSettings } from '../../db/settings.ts';
import { AREAS, type AreaName } from './areas.ts';

/** An area as it stands in the database. */
export interface Held {
  readonly value: Readonly<Record<string, unknown>>;
  /** How often it was changed; 0 where it never was. */
  readonly version: number;
  /** Settings whose stored values no longer fit, so that their defaults hold. */
  readonly broken: readonly string[];
}

/** Every area by its name. */
export const AREA_NAMES = Object.keys(AREAS) as readonly AreaName[]; // the keys of that very object

export function isArea(name: string): name is AreaName {
  return Object.hasOwn(AREAS, name);
}

/** Every area of a server. */
export type Snapshot = Readonly<Record<AreaName, Held>>;

/** All settings of a server, straight from the database, with the version of each area. */
export async function readSnapshot(db: Sql, guild: string): Promise<Snapshot> {
  const rows = new Map((await readServerSettings(db, guild)).map((row) => [row.area, row]));
  const entries = AREA_NAMES.map((area): readonly [AreaName, Held] => {
    const row = rows.get(area);
    return [area, { ...AREAS[area].mend(row?.value), version: row?.version ?? 0 }];
  });
  return Object.fromEntries(entries) as Snapshot; // one entry each
}
