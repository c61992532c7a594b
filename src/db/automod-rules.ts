import type { ISql } from 'postgres';
import type { Tx, Within } from './connect.ts';

/** A rule as it is kept: JSON that nobody has parsed. */
export interface StoredRule {
  readonly id: string;
  readonly place: number;
  readonly rule: string;
}

export interface StoredRules {
  readonly version: number;
  readonly rules: readonly StoredRule[];
}

/** What one change did to one rule, as JSON; nothing before one that is new, nothing after one that is gone. */
export interface RuleChange {
  readonly id: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly place: number;
}

/** What one change did. */
export interface RulesChange {
  readonly version: number;
  readonly at: Date;
  /** Who made it; nothing where no person did. */
  readonly by: string | null;
  /** The version of the change that it took back. */
  readonly undoes: number | null;
  readonly rules: readonly RuleChange[];
}

/** What other processes are told: the server, and the version that holds. */
export const RULES_CHANNEL = 'automod-rules';

/** Every server that has a rule. */
export async function serversWithRules(db: ISql): Promise<readonly string[]> {
  const rows = await db<{ guild: string }[]>`select distinct guild_id::text as guild from automod_rules`;
  return rows.map(({ guild }) => guild);
}

/** A server's rules in their order, and which version of them that is, of one moment. */
export async function readRules(db: ISql, guild: string): Promise<StoredRules> {
  const rows = await db<(Partial<StoredRule> & { readonly version: number })[]>`
    select version, id, place, rule::text from automod_rule_sets left join automod_rules using (guild_id)
    where guild_id = ${guild} order by place, id`;
  const rules = rows.flatMap(({ id, place, rule }) => (id && rule && place != null ? [{ id, place, rule }] : []));
  return { version: rows[0]?.version ?? 0, rules };
}

/** What a list of rules shows of each. */
export interface RuleName {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly mode: 'observe' | 'enforce';
}

/** The names of a server's rules in their order: next to nothing beside the rules themselves. */
export async function ruleNames(db: ISql, guild: string): Promise<readonly RuleName[]> {
  return db<RuleName[]>`
    select id, rule ->> 'name' as name, coalesce((rule ->> 'enabled')::boolean, true) as enabled, rule ->> 'mode' as mode
    from automod_rules where guild_id = ${guild} order by place, id`;
}

/** Holds a server's rules until the transaction ends: those who change them do so one after the other. */
export async function lockRules(tx: Tx, guild: string): Promise<StoredRules> {
  await tx`insert into automod_rule_sets (guild_id, version) values (${guild}, 0) on conflict do nothing`;
  await tx`select from automod_rule_sets where guild_id = ${guild} for update`;
  return readRules(tx, guild);
}

/** Has every process compile a server's rules anew: to be called with each change of them, or of the lists they name. */
export async function touchRules({ tx, notify }: Within, guild: string): Promise<number> {
  const [row] = await tx<{ version: number }[]>`
    insert into automod_rule_sets (guild_id, version) values (${guild}, 1)
    on conflict (guild_id) do update set version = automod_rule_sets.version + 1 returning version`;
  const version = row?.version ?? 0;
  await notify(RULES_CHANNEL, `${guild} ${version}`);
  return version;
}

interface Changing {
  readonly guild: string;
  readonly by: string | null;
  readonly undoes: number | null;
}

/** Writes what a change does to rules that are held, and its lines in the history. Gives the version that holds from then on. */
export async function writeChange(
  within: Within,
  { guild, by, undoes }: Changing,
  changes: readonly RuleChange[],
): Promise<number> {
  const { tx } = within;
  const version = await touchRules(within, guild);
  for (const { id, before, after, place } of changes) {
    if (after === null) await tx`delete from automod_rules where guild_id = ${guild} and id = ${id}`;
    else
      await tx`
        insert into automod_rules (guild_id, id, place, rule) values (${guild}, ${id}, ${place}, ${after}::text::json)
        on conflict (guild_id, id) do update set rule = excluded.rule, place = excluded.place`;
    await tx`
      insert into automod_rule_changes (guild_id, version, rule_id, before, after, place, changed_by, undoes)
      values (${guild}, ${version}, ${id}, ${before}::text::json, ${after}::text::json, ${place}, ${by}, ${undoes})`;
  }
  return version;
}

/** The last changes of a server's rules, newest first; `version` asks for that one alone. */
export async function ruleChanges(
  db: ISql,
  guild: string,
  { limit, version = null }: { readonly limit: number; readonly version?: number | null },
): Promise<readonly RulesChange[]> {
  const rows = await db<(Omit<RulesChange, 'rules'> & RuleChange)[]>`
    select version, changed_at as at, changed_by as by, undoes, rule_id as id, before::text, after::text, place
    from automod_rule_changes
    where guild_id = ${guild} and version in (
      select distinct version from automod_rule_changes
      where guild_id = ${guild} and (${version}::integer is null or version = ${version}::integer)
      order by version desc limit ${limit})
    order by version desc, place, rule_id`;
  const changes = new Map<number, RulesChange & { readonly rules: RuleChange[] }>();
  for (const { version: made, at, by, undoes, ...rule } of rows) {
    const change = changes.get(made) ?? { version: made, at, by, undoes, rules: [] };
    changes.set(made, change);
    change.rules.push(rule);
  }
  return [...changes.values()];
}
