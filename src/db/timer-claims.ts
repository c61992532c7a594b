import type { ISql, Sql } from 'postgres';
import type { Timer } from './timers.ts';

/** A timer that this process delivers now. */
export interface ClaimedTimer extends Timer {
  /** Grows with every claim: only its newest holder may write. */
  readonly token: string;
  readonly attempts: number;
  /** An earlier try of this occurrence was begun, and nobody knows how it ended. */
  readonly again: boolean;
  /** How long ago the first try of this occurrence was begun. Milliseconds. */
  readonly triedMs: number;
  readonly triedAt: Date;
}

export interface Claiming {
  readonly owner: string;
  readonly kinds: readonly string[];
  /** What is due at this time, by the clock that all processes share. */
  readonly now: Date;
  readonly most: number;
  /** At most so many for one place, and none for these: what is named as such, else a channel, else the person. */
  readonly perPlace: number;
  readonly busyPlaces: readonly string[];
  readonly leaseMs: number;
}

/** How things stand, in one question. Counts only the kinds asked for. */
export interface TimersAhead {
  readonly nextAt: Date | null;
  /** In how many milliseconds the first claim of another process runs out. */
  readonly heldMs: number | null;
  /** How many are due and not claimed; no further than 1,000. */
  readonly due: number;
  /** The server's clock, in milliseconds since the epoch. */
  readonly serverTime: number;
}

const COUNTED = 1_000;

export async function timersAhead(
  db: Sql,
  { kinds, owner, now }: Pick<Claiming, 'kinds' | 'owner' | 'now'>,
): Promise<TimersAhead> {
  const waiting = db`from timers where done_at is null and claimed_until is null and kind = any(${[...kinds]}::text[])`;
  const [ahead] = await db<TimersAhead[]>`
    select
      (select wake_at ${waiting} order by wake_at limit 1) as "nextAt",
      (select count(*)::int from (select 1 ${waiting} and wake_at <= ${now} limit ${COUNTED}) due) as due,
      (
        select extract(epoch from min(claimed_until) - clock_timestamp()) * 1000 from timers
        where claimed_until is not null and claimed_by <> ${owner} and kind = any(${[...kinds]}::text[])
      )::float8 as "heldMs",
      (extract(epoch from clock_timestamp()) * 1000)::float8 as "serverTime"`;
  if (!ahead) throw new Error('the timers ahead are not known');
  return ahead;
}

/** Takes timers that are due, and such as were left by a process whose claim ran out (by the database's clock). */
export async function claimTimers(db: Sql, claiming: Claiming): Promise<readonly ClaimedTimer[]> {
  const { owner, kinds, now, most, perPlace, busyPlaces, leaseMs } = claiming;
  const wanted = db`
    done_at is null and wake_at <= ${now} and kind = any(${[...kinds]}::text[])
    and coalesce(place_id, channel_id, owner_id) <> all(${[...busyPlaces]}::bigint[])`;
  return db<ClaimedTimer[]>`
    with due as (
      (select id, place_id, channel_id, owner_id, wake_at from timers where claimed_until is null and ${wanted}
        order by wake_at limit ${4 * most})
      union all
      (select id, place_id, channel_id, owner_id, wake_at from timers where claimed_until <= now() and ${wanted}
        order by claimed_until limit ${4 * most})
    ),
    fair as (
      select id from (
        select id, wake_at, row_number() over (partition by coalesce(place_id, channel_id, owner_id) order by wake_at) as turn from due
      ) placed where turn <= ${perPlace} order by wake_at limit ${most}
    ),
    taken as (
      select id, tried_at from timers
      where id in (select id from fair) and ${wanted} and (claimed_until is null or claimed_until <= now())
      for update skip locked
    )
    update timers set
      claim_token = claim_token + 1, claimed_by = ${owner}, attempts = attempts + 1,
      claimed_until = now() + ${leaseMs}::float8 * interval '1 millisecond', tried_at = coalesce(timers.tried_at, now())
    from taken where timers.id = taken.id
    returning
      timers.id::text as id, kind, owner_id::text as owner, guild_id::text as guild, channel_id::text as channel, place_id::text as place,
      payload, due_at as "dueAt", wall, zone, recurrence, occurrence, created_at as "createdAt", done_at as "doneAt", outcome,
      claim_token as token, attempts, taken.tried_at is not null as again,
      timers.tried_at as "triedAt", (extract(epoch from now() - timers.tried_at) * 1000)::float8 as "triedMs"`;
}

export interface Claim {
  readonly id: string;
  readonly token: string;
}

/** Keeps what is still held with these tokens for another `leaseMs`; says which that is. */
export async function renewClaims(db: Sql, claims: readonly Claim[], leaseMs: number): Promise<readonly string[]> {
  const ids = claims.map(({ id }) => id);
  const tokens = claims.map(({ token }) => token);
  const renewed = await db<{ id: string }[]>`
    update timers set claimed_until = now() + ${leaseMs}::float8 * interval '1 millisecond'
    from unnest(${ids}::bigint[], ${tokens}::bigint[]) as held (id, token)
    where timers.id = held.id and timers.claim_token = held.token and timers.claimed_until is not null
    returning timers.id::text as id`;
  return renewed.map(({ id }) => id);
}

/** How an occurrence ended, and when the next one is due (null: there is none). */
export interface Settlement {
  readonly outcome: string;
  readonly error: string | null;
  readonly nextAt: Date | null;
}

/** Settles an occurrence. False when somebody else holds the timer by now, or it was changed: nothing is written. */
export async function settleTimer(db: ISql, { id, token }: Claim, settlement: Settlement): Promise<boolean> {
  const { outcome, error, nextAt } = settlement;
  const settled = await db`
    update timers set
      due_at = coalesce(${nextAt}::timestamptz, due_at), wake_at = coalesce(${nextAt}::timestamptz, wake_at),
      occurrence = occurrence + 1, claimed_by = null, claimed_until = null, tried_at = null, attempts = 0,
      last_error = ${error}, outcome = ${outcome}, done_at = case when ${nextAt}::timestamptz is null then now() end
    where id = ${id} and claim_token = ${token} and done_at is null`;
  return settled.count > 0;
}

/** Puts a failed try off until `wakeAt`; what was sent may have been sent. `free`: it is not counted. False as above. */
export async function postponeTimer(
  db: Sql,
  { id, token }: Claim,
  { wakeAt, error, free }: { readonly wakeAt: Date; readonly error: string; readonly free: boolean },
): Promise<boolean> {
  const postponed = await db`
    update timers set
      wake_at = ${wakeAt}, claimed_by = null, claimed_until = null, last_error = ${error},
      attempts = attempts - case when ${free} then 1 else 0 end
    where id = ${id} and claim_token = ${token} and done_at is null`;
  return postponed.count > 0;
}

/** Gives a claim back at once. `untouched`: nothing was begun with it, so it leaves no trace. */
export async function releaseTimer(db: Sql, { id, token }: Claim, untouched: boolean): Promise<void> {
  await db`
    update timers set
      claimed_by = null, claimed_until = null, attempts = attempts - 1,
      tried_at = case when ${untouched} then null else tried_at end
    where id = ${id} and claim_token = ${token} and done_at is null`;
}
