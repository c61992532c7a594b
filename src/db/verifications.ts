import type { ISql } from 'postgres';

interface Whose {
  readonly guild: string;
  readonly member: string;
}

interface Challenge {
  readonly id: string;
  readonly solution: string;
  readonly at: Date;
}

/** Keeps what somebody is asked, in place of what they were asked before; until when they have to wait, where they have to. */
export async function ask(
  db: ISql,
  { guild, member }: Whose,
  { id, solution, at }: Challenge,
): Promise<Date | undefined> {
  const [asked] = await db`
    insert into verifications (guild_id, member_id, challenge, solution, asked_at)
    values (${guild}, ${member}, ${id}, ${solution}, ${at})
    on conflict (guild_id, member_id) do update set
      challenge = excluded.challenge, solution = excluded.solution, asked_at = excluded.asked_at,
      failures = case when verifications.barred_until is null then verifications.failures else 0 end,
      barred_until = null
    where verifications.barred_until is null or verifications.barred_until <= excluded.asked_at
    returning 1`;
  if (asked) return undefined;
  const [barred] = await db<{ until: Date | null }[]>`
    select barred_until as until from verifications where guild_id = ${guild} and member_id = ${member}`;
  return barred?.until ?? undefined;
}

export interface Given {
  readonly challenge: string;
  readonly answer: string;
  readonly at: Date;
  /** What was asked before then is too old. */
  readonly since: Date;
  readonly attempts: number;
  /** Until when whoever has no attempt left has to wait. */
  readonly barredUntil: Date;
}

export interface Judged {
  readonly right: boolean;
  readonly failures: number;
  readonly barred: boolean;
}

/** Takes an answer, each question's once: of two at the same moment the second finds none. Nothing where it was asked no longer. */
export async function judgeAnswer(db: ISql, { guild, member }: Whose, given: Given): Promise<Judged | undefined> {
  const [judged] = await db<Judged[]>`
    with asked as (
      select solution = ${given.answer} as correct from verifications
      where guild_id = ${guild} and member_id = ${member} and challenge = ${given.challenge} and asked_at >= ${given.since}
      for update
    )
    update verifications set
      challenge = null, solution = null,
      failures = failures + case when correct then 0 else 1 end,
      barred_until = case when not correct and failures + 1 >= ${given.attempts} then ${given.barredUntil}::timestamptz end
    from asked
    where guild_id = ${guild} and member_id = ${member}
    returning correct as right, failures, barred_until is not null as barred`;
  return judged;
}

/** Whether they have passed since then, or nobody of the server ever has: where nothing was posted yet nobody can. */
export async function hadNoChance(db: ISql, { guild, member }: Whose, since: Date): Promise<boolean> {
  const [found] = await db<{ passed: boolean; used: boolean }[]>`
    select coalesce(bool_or(member_id = ${member} and verified_at >= ${since}), false) as passed,
      coalesce(bool_or(verified_at is not null), false) as used
    from verifications where guild_id = ${guild}`;
  return found?.passed === true || found?.used !== true;
}

/** Keeps that somebody has passed; whether nobody has kept that since then. */
export async function keepVerified(
  db: ISql,
  { guild, member }: Whose,
  { at, since }: { readonly at: Date; readonly since: Date },
): Promise<boolean> {
  const [kept] = await db`
    insert into verifications (guild_id, member_id, asked_at, verified_at) values (${guild}, ${member}, ${at}, ${at})
    on conflict (guild_id, member_id) do update set
      challenge = null, solution = null, failures = 0, barred_until = null, verified_at = excluded.verified_at
    where verifications.verified_at is null or verifications.verified_at < ${since}
    returning 1`;
  return kept !== undefined;
}
