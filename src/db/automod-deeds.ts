import type { Tx } from './connect.ts';

interface Judged {
  readonly guild: string;
  /** All that is dealt with as one: what was done about one of them was done about all. */
  readonly messages: readonly string[];
  readonly rules: readonly string[];
  readonly at: Date;
}

/**
 * Keeps that rules have done what they do about messages. Says of which rules that is new; who keeps the same at the same moment waits
 * until the transaction ends.
 */
export async function keepDeeds(tx: Tx, { guild, messages, rules, at }: Judged): Promise<readonly string[]> {
  const ordered = [...messages].sort(); // always in the same order, so that two such transactions never wait for each other
  const kept = await tx<{ rule: string; count: number }[]>`
    with kept as (
      insert into automod_deeds (message_id, rule_id, guild_id, done_at)
      select message, rule, ${guild}::bigint, ${at}::timestamptz
      from unnest(${ordered}::bigint[]) with ordinality as m (message, place), unnest(${[...rules].sort()}::text[]) as r (rule)
      order by place, rule
      on conflict do nothing
      returning rule_id
    )
    select rule_id as rule, count(*)::int as count from kept group by rule_id`;
  return kept.filter(({ count }) => count === messages.length).map(({ rule }) => rule);
}
