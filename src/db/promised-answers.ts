import type { Sql } from 'postgres';

/** An answer that somebody waits for, and what it takes to give it. */
export interface PromisedAnswer {
  readonly interaction: string;
  readonly application: string;
  readonly token: string;
  /** What was asked, as the log names it. */
  readonly label: string;
  /** The language of whoever reads the answer. */
  readonly locale: string;
  /** Whether it would have replaced the message that a button or menu stands in. */
  readonly updates: boolean;
}

/** Which process works on an answer, and for how long it says so at a time (milliseconds, by the database's clock). */
export interface Holding {
  readonly owner: string;
  readonly holdMs: number;
}

/** Notes an answer that was promised; Discord takes it for another `takenMs` milliseconds. */
export async function keepPromise(
  db: Sql,
  { interaction, application, token, label, locale, updates }: PromisedAnswer,
  { owner, holdMs, takenMs }: Holding & { readonly takenMs: number },
): Promise<void> {
  await db`
    insert into promised_answers
      (interaction_id, application_id, token, label, locale, updates, owner, held_until, ends_at)
    values (${interaction}, ${application}, ${token}, ${label}, ${locale}, ${updates}, ${owner},
      now() + ${holdMs}::float8 * interval '1 millisecond', now() + ${takenMs}::float8 * interval '1 millisecond')
    on conflict (interaction_id) do nothing`;
}

/** The owner of these answers lives and works on them. */
export async function renewPromises(db: Sql, { owner, holdMs }: Holding): Promise<void> {
  await db`
    update promised_answers set held_until = now() + ${holdMs}::float8 * interval '1 millisecond'
    where owner = ${owner}`;
}

/** Nobody works on this answer any more, and it was not given. */
export async function leavePromise(db: Sql, interaction: string, owner: string): Promise<void> {
  await db`update promised_answers set held_until = now() where interaction_id = ${interaction} and owner = ${owner}`;
}

/** Leaves what every other process has promised: for a database that no other process can have open. */
export async function leaveOthersPromises(db: Sql, owner: string): Promise<void> {
  await db`update promised_answers set held_until = now() where owner <> ${owner}`;
}

export async function dropPromise(db: Sql, interaction: string): Promise<void> {
  await db`delete from promised_answers where interaction_id = ${interaction}`;
}

/** Takes over answers whose owners are gone, while Discord still takes them; each goes to one process only. */
export async function takeOverPromises(
  db: Sql,
  { application, owner, holdMs }: Holding & { readonly application: string },
  limit: number,
): Promise<readonly PromisedAnswer[]> {
  return db<PromisedAnswer[]>`
    update promised_answers set owner = ${owner}, held_until = now() + ${holdMs}::float8 * interval '1 millisecond'
    where interaction_id in (
      select interaction_id from promised_answers
      where application_id = ${application} and held_until <= now() and ends_at > now()
      order by interaction_id limit ${limit} for update skip locked)
    returning interaction_id::text as interaction, application_id::text as application, token, label, locale, updates`;
}

/** Deletes what Discord no longer takes. */
export async function deletePromises(db: Sql, before: Date, limit: number): Promise<number> {
  const rows = await db`
    delete from promised_answers where interaction_id = any(array(
      select interaction_id from promised_answers where ends_at <= ${before} limit ${limit} for update skip locked
    ))`;
  return rows.count;
}
