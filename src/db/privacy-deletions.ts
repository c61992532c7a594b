import type { ISql } from 'postgres';

/** Somebody who wants all that is kept of them deleted. */
export interface PrivacyDeletion {
  readonly id: string;
  readonly user: string;
  /** The language in which they are told. */
  readonly locale: string;
}

/** Whether it is new: nobody needs two at a time. */
export async function insertDeletion(tx: ISql, { id, user, locale }: PrivacyDeletion, now: Date): Promise<boolean> {
  const added = await tx`
    insert into privacy_deletions (id, user_id, locale, asked_at) values (${id}, ${user}, ${locale}, ${now})
    on conflict (user_id) do nothing`;
  return added.count > 0;
}

export async function findDeletion(db: ISql, id: string): Promise<PrivacyDeletion | undefined> {
  const [one] = await db<PrivacyDeletion[]>`
    select id::text as id, user_id::text as user, locale from privacy_deletions where id = ${id}`;
  return one;
}

export async function forgetDeletion(db: ISql, id: string): Promise<void> {
  await db`delete from privacy_deletions where id = ${id}`;
}

/** Whether somebody's deletion is under way. */
export async function isBeingDeleted(db: ISql, user: string): Promise<boolean> {
  const found = await db`select from privacy_deletions where user_id = ${user}`;
  return found.length > 0;
}
