import { lockRules, writeChange } from '../../../src/db/automod-rules.ts';
import type { Database } from '../../../src/db/connect.ts';
import type { Rule } from '../../../src/workers/rules/schema.ts';

/** Has exactly these rules stand in a server, as somebody's change, and gives the version that they are of. */
export function storeRules(
  database: Database,
  guild: string,
  rules: readonly Rule[],
  by: string | null = null,
): Promise<number> {
  return database.begin(async (tx, notify) => {
    const stored = await lockRules(tx, guild);
    const kept = rules.map(({ id }) => id);
    const gone = stored.rules.filter(({ id }) => !kept.includes(id));
    const before = new Map(stored.rules.map(({ id, rule }) => [id, rule]));
    const changes = [
      ...gone.map(({ id, place, rule }) => ({ id, place, before: rule, after: null })),
      ...rules.map((rule, place) => ({
        id: rule.id,
        place,
        before: before.get(rule.id) ?? null,
        after: JSON.stringify(rule),
      })),
    ];
    return await writeChange({ tx, notify }, { guild, by, undoes: null }, changes);
  });
}
