import type { TestBot } from '../../../../bot.ts';

/** Writes `count` settled warnings of a member by the moderator, a minute apart, the last of them at `end`. */
export async function fillCases({ db, discord }: TestBot, count: number, end = new Date()): Promise<void> {
  const { guildId, people } = discord;
  await db`
    insert into cases (guild_id, number, type, target_id, target_name, actor_id, actor_name, reason, source, created_at, state, settled_at)
    select ${guildId}, number, 'warn', ${people.member ?? ''}, 'chinstrap', ${people.moderator ?? ''}, 'gentoo', 'reason no ' || number,
      'command', ${end}::timestamptz - (${count} - number) * interval '1 minute', 'done', ${end}
    from generate_series(1, ${count}) as number`;
  await db`insert into case_numbers (guild_id, last) values (${guildId}, ${count})`;
}
