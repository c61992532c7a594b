import type { ISql } from 'postgres';
import type { Context } from '../../context.ts';
import {
  lockRules,
  type RuleChange,
  type RulesChange,
  readRules,
  ruleChanges,
  writeChange,
} from '../../db/automod-rules.ts';
import type { Within } from '../../db/connect.ts';
import { LONGEST_RULES, MOST_RULES } from '../../workers/rules/limits.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import { UserError } from '../answers/user-error.ts';

/** A server's rules in their order, of one version. */
export interface RuleBook {
  readonly version: number;
  readonly rules: readonly Rule[];
}

type Sources = Pick<Context, 'database' | 'rules'>;

export async function readBook(guild: string, { db }: Pick<Context, 'db'>): Promise<RuleBook> {
  const { version, rules } = await readRules(db, guild);
  return { version, rules: rules.map(({ rule }) => parsed(rule)) };
}

/**
 * Changes a server's rules in somebody's name: to what `plan` makes of those that hold then, which nobody else can change meanwhile. Gives
 * the change, or nothing where there is no difference. What `plan` throws, this does.
 */
export async function changeBook(
  guild: string,
  by: string,
  plan: (rules: readonly Rule[]) => readonly Rule[],
  { database, rules }: Sources,
): Promise<number | undefined> {
  const version = await database.begin((tx, notify) => changeBookWithin({ tx, notify }, { guild, by }, plan));
  if (version !== undefined) rules.heard(`${guild} ${version}`); // the notification may come after the next question
  return version;
}

/** The same together with what else a transaction does; `plan` is told the version as well. */
export async function changeBookWithin(
  { tx, notify }: Within,
  { guild, by }: { readonly guild: string; readonly by: string },
  plan: (rules: readonly Rule[], version: number) => readonly Rule[],
): Promise<number | undefined> {
  const stored = await lockRules(tx, guild);
  const planned = plan(
    stored.rules.map(({ rule }) => parsed(rule)),
    stored.version,
  );
  const changes = changesTo(stored.rules, planned);
  if (changes.length === 0) return undefined;
  return await writeChange({ tx, notify }, { guild, by, undoes: null }, changes);
}

/** Eight letters that no other rule has, as good as. */
export function newRuleId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

function changesTo(
  stored: readonly { readonly id: string; readonly place: number; readonly rule: string }[],
  planned: readonly Rule[],
): readonly RuleChange[] {
  refuseTooMuch(planned);
  const before = new Map(stored.map((one) => [one.id, one]));
  // Whoever can keep their place does: a change is of as few rules as can be, and stands in the way of undoing as few.
  let last = -1;
  const after = planned.map((rule) => {
    const held = before.get(rule.id)?.place ?? -1;
    last = held > last ? held : last + 1;
    return { id: rule.id, place: last, rule: JSON.stringify(rule) };
  });
  const kept = new Set(after.map(({ id }) => id));
  const gone = stored.filter(({ id }) => !kept.has(id));
  return [
    ...after.flatMap(({ id, place, rule }): readonly RuleChange[] => {
      const held = before.get(id);
      const same = held && held.place === place && JSON.stringify(JSON.parse(held.rule)) === rule;
      return same ? [] : [{ id, place, before: held?.rule ?? null, after: rule }];
    }),
    ...gone.map(({ id, place, rule }) => ({ id, place, before: rule, after: null })),
  ];
}

/** UserError where a server would have more rules than it may, or longer ones. */
export function refuseTooMuch(rules: readonly Rule[]): void {
  if (rules.length > MOST_RULES) throw new UserError('automod.tooManyRules', { most: MOST_RULES });
  if (JSON.stringify(rules).length > LONGEST_RULES)
    throw new UserError('automod.tooLongRules', { most: LONGEST_RULES });
}

/** How many changes back are looked through for one that can be taken back. */
const MOST_LOOKED_AT = 50;

/** The change that can be taken back: that version's, or the last that nobody has taken back. UserError where there is none. */
export async function undoable(guild: string, wanted: number | undefined, db: ISql): Promise<RulesChange> {
  const recent = await ruleChanges(db, guild, { limit: MOST_LOOKED_AT });
  const undone = new Set(recent.map(({ undoes }) => undoes));
  const change = recent.find(
    ({ version, undoes }) => !undone.has(version) && (wanted === undefined ? undoes === null : version === wanted),
  );
  if (!change) throw new UserError('automod.undo.none');
  return change;
}

/** The rules that taking a change back brings back. */
export function broughtBackBy({ rules }: RulesChange): readonly Rule[] {
  return rules.flatMap(({ before }) => (before === null ? [] : [parsed(before)]));
}

/** Takes that version's change back in somebody's name. UserError where somebody else has, or what it did was changed since. */
export async function undoChange(
  guild: string,
  by: string,
  wanted: number,
  { database, rules }: Sources,
): Promise<RulesChange> {
  const { change, version } = await database.begin(async (tx, notify) => {
    const stored = await lockRules(tx, guild);
    const change = await undoable(guild, wanted, tx);
    const held = new Map(stored.rules.map(({ id, rule }) => [id, rule]));
    const since = change.rules.find(({ id, after }) => !sameJson(held.get(id) ?? null, after));
    if (since) throw new UserError('automod.undo.changedSince', { name: nameIn(since) });
    const back = change.rules.map(({ id, before, after, place }) => ({ id, place, before: after, after: before }));
    const made = await writeChange({ tx, notify }, { guild, by, undoes: change.version }, back);
    return { change, version: made };
  });
  rules.heard(`${guild} ${version}`);
  return change;
}

/** What a change did to a rule. */
export function kindOfChange({ before, after }: Pick<RuleChange, 'before' | 'after'>): 'added' | 'removed' | 'changed' {
  if (before === null) return 'added';
  return after === null ? 'removed' : 'changed';
}

/** The name of the rule that a change is about, as it was before where it is gone. */
export function nameIn({ before, after }: RuleChange): string {
  return parsed(after ?? before ?? '{}').name;
}

function parsed(rule: string): Rule {
  return JSON.parse(rule) as Rule; // it was looked through before it was stored
}

function sameJson(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b)));
}
