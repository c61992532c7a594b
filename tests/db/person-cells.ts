import type { Db } from '../../src/db/connect.ts';

/** Ids that are of no person, whatever table they stand in. */
const NO_PERSON =
  /^(guild|channel|message|place|posted|role|timer|reply|source|poll|interaction|application|entry|audit)_id$/;

/** Columns that hold neither people nor what they wrote, by their tables. */
const NOBODY: Readonly<Record<string, string>> = {
  activity: 'words',
  automod_alert_deeds: 'what',
  automod_days: 'hits messages observed rule_id skipped us',
  automod_deeds: 'rule_id',
  automod_list_changes: 'after before id name undoes',
  automod_list_parts: 'version',
  automod_list_versions: 'kind version',
  automod_lists: 'name version',
  automod_replies: 'rule_id',
  automod_rule_changes: 'rule_id',
  automod_rules: 'id',
  blocked_pictures: 'hash id sha256',
  blocked_pictures_revision: 'revision',
  brakes: 'owner_told what',
  case_events: 'id kind',
  cases: 'end_timer log_channel log_message source state told type',
  channel_hours: 'messages',
  drafts: 'kind',
  external_data: 'etag failure modified name smaller_hash url version',
  external_data_parts: 'bytes name version',
  follows: 'id paused sorts',
  http_cache: 'body etag key modified',
  inspected_files: 'id sha256',
  inspections: 'sha256 variant',
  job_runs: 'id job outcome owner',
  jobs: 'last_outcome lease_owner lease_token name',
  log_entries: 'place',
  mass_items: 'outcome',
  mass_runs: 'kind state',
  member_points: 'points',
  member_reports: 'locale state',
  member_roles: 'roles',
  migrations: 'name sha256',
  opt_outs: 'what',
  polls: 'counts id shown',
  privacy_deletions: 'locale',
  promised_answers: 'label locale',
  seen_messages: 'last_id',
  server_days: 'amount what',
  settings: 'area',
  settings_history: 'area id',
  slow_patterns: 'id',
  source_items: 'key',
  sources: 'address content_hash etag failure home id kind modified title',
  timers: 'claim_token claimed_by id kind wall zone',
};

/** Every column that could hold a person or their words, as `table.column`, sorted; partitions are not told from their table. */
export async function peoplesColumns(db: Db): Promise<readonly string[]> {
  const columns = await db<{ table: string; column: string }[]>`
    select relname as table, attname as column from pg_attribute
    join pg_class on pg_class.oid = attrelid join pg_type on pg_type.oid = atttypid
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and attnum > 0 and not attisdropped
      and (typcategory in ('S', 'A', 'U') or typname in ('int8', 'json', 'jsonb', 'bytea')) and typname <> 'uuid'`;
  return columns
    .filter(({ table, column }) => !NO_PERSON.test(column) && !(NOBODY[table] ?? '').split(' ').includes(column))
    .map(({ table, column }) => `${table}.${column}`)
    .toSorted();
}

/** Every column of the whole database in which a text stands somewhere, as `table.column`, sorted. */
export async function cellsWith(db: Db, text: string): Promise<readonly string[]> {
  const tables = await db<{ table: string }[]>`
    select relname as table from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`;
  const found: string[] = [];
  for (const { table } of tables) {
    const cells = await db<{ column: string }[]>`
      select distinct cell.key as column from ${db(table)} whole_row, jsonb_each_text(to_jsonb(whole_row)) cell
      where cell.value ilike ${`%${text}%`}`;
    found.push(...cells.map(({ column }) => `${table}.${column}`));
  }
  return found.toSorted();
}
