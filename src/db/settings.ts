import type { ISql, JSONValue, Sql } from 'postgres';
import type { Tx } from './connect.ts';

export interface StoredSettings {
  readonly value: unknown;
  readonly version: number;
}

/** One change of one area. */
export interface SettingsChange {
  readonly at: Date;
  /** Who changed it; nothing for a change that no person made. */
  readonly by: string | null;
  readonly version: number;
  readonly value: unknown;
}

export async function readSettings(db: ISql, guild: string, area: string): Promise<StoredSettings | undefined> {
  const [row] = await db<
    StoredSettings[]
  >`select value, version from settings where guild_id = ${guild} and area = ${area}`;
  return row;
}

/** What a server has stored, area by area. */
export async function readServerSettings(
  db: Sql,
  guild: string,
): Promise<readonly (StoredSettings & { readonly area: string })[]> {
  return db<(StoredSettings & { area: string })[]>`
    select area, value, version from settings where guild_id = ${guild} and version > 0 order by area`;
}

/** What every server has stored of an area. */
export async function readAllSettings(
  db: Sql,
  area: string,
): Promise<readonly { readonly guild: string; readonly value: unknown }[]> {
  return db<{ guild: string; value: unknown }[]>`
    select guild_id::text as guild, value from settings where area = ${area} order by guild_id`;
}

/** The row, made if there was none, held until the transaction ends: two who change it do so one after the other. */
export async function lockSettings(tx: Tx, guild: string, area: string): Promise<StoredSettings> {
  await tx`insert into settings (guild_id, area, value, version) values (${guild}, ${area}, '{}', 0) on conflict do nothing`;
  const [row] = await tx<StoredSettings[]>`
    select value, version from settings where guild_id = ${guild} and area = ${area} for update`;
  return row ?? { value: {}, version: 0 };
}

interface Writing {
  readonly guild: string;
  readonly area: string;
  readonly value: JSONValue;
  readonly version: number;
  readonly by: string | null;
}

/** Writes a locked row and its line in the history. */
export async function writeSettings(tx: Tx, { guild, area, value, version, by }: Writing): Promise<void> {
  await tx`
    update settings set value = ${tx.json(value)}, version = ${version}, changed_by = ${by}, changed_at = now()
    where guild_id = ${guild} and area = ${area}`;
  await tx`
    insert into settings_history (guild_id, area, version, value, changed_by)
    values (${guild}, ${area}, ${version}, ${tx.json(value)}, ${by})`;
}

/** A change with the area it is of, and what the area was before; nothing where that is not known any more. */
export interface AreaChange extends SettingsChange {
  readonly area: string;
  readonly before: unknown;
}

/** The last changes of an area, or of all, newest first. */
export async function changesWithBefore(
  db: Sql,
  guild: string,
  { area = null, limit }: { readonly area?: string | null; readonly limit: number },
): Promise<readonly AreaChange[]> {
  return db<AreaChange[]>`
    select area, changed_at as at, changed_by as by, version, value, (
      select value from settings_history as earlier
      where earlier.guild_id = ${guild} and earlier.area = later.area and earlier.version < later.version
      order by version desc limit 1
    ) as before
    from settings_history as later
    where guild_id = ${guild} and (${area}::text is null or area = ${area})
    order by id desc limit ${limit}`;
}

/** What an area was at a version, as it was stored; nothing where that is not known any more. */
export async function valueAt(db: Sql, guild: string, area: string, version: number): Promise<unknown> {
  const [row] = await db<{ value: unknown }[]>`
    select value from settings_history where guild_id = ${guild} and area = ${area} and version = ${version}`;
  return row?.value;
}

/** Who has changed an area since a version, newest first, with when. */
export async function changersSince(
  db: Sql,
  guild: string,
  area: string,
  version: number,
): Promise<readonly Pick<SettingsChange, 'at' | 'by'>[]> {
  return db<Pick<SettingsChange, 'at' | 'by'>[]>`
    select changed_at as at, changed_by as by from settings_history
    where guild_id = ${guild} and area = ${area} and version > ${version} order by version desc limit 5`;
}

/** The last changes of an area, newest first. */
export async function settingsChanges(
  db: Sql,
  guild: string,
  area: string,
  limit: number,
): Promise<readonly SettingsChange[]> {
  return db<SettingsChange[]>`
    select changed_at as at, changed_by as by, version, value from settings_history
    where guild_id = ${guild} and area = ${area}
    order by version desc limit ${limit}`;
}
