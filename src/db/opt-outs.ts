import type { ISql } from 'postgres';

/** In what people need not be: what a server keeps of messages, points and levels, counts of what is written. */
export const OPT_OUTS = ['archive', 'levels', 'stats'] as const;
export type OptOut = (typeof OPT_OUTS)[number];

/** Whether that changes anything. */
export async function optOut(db: ISql, user: string, what: OptOut, now: Date): Promise<boolean> {
  const added =
    what === 'archive'
      ? await db`insert into archive_opt_outs (user_id, since) values (${user}, ${now}) on conflict do nothing`
      : await db`insert into opt_outs (user_id, what, since) values (${user}, ${what}, ${now}) on conflict do nothing`;
  return added.count > 0;
}

/** Whether that changes anything. */
export async function optIn(db: ISql, user: string, what: OptOut): Promise<boolean> {
  const removed =
    what === 'archive'
      ? await db`delete from archive_opt_outs where user_id = ${user}`
      : await db`delete from opt_outs where user_id = ${user} and what = ${what}`;
  return removed.count > 0;
}

/** What somebody has opted out of. */
export async function optOutsOf(db: ISql, user: string): Promise<readonly OptOut[]> {
  const rows = await db<{ what: OptOut }[]>`
    select 'archive' as what from archive_opt_outs where user_id = ${user}
    union all select what from opt_outs where user_id = ${user} order by what`;
  return rows.map(({ what }) => what);
}

/** The rows of those who have not opted out. */
export async function unlessOptedOut<T extends { readonly member: string }>(
  db: ISql,
  what: Exclude<OptOut, 'archive'>,
  rows: readonly T[],
): Promise<readonly T[]> {
  const members = [...new Set(rows.map(({ member }) => member))];
  const out = await db<{ member: string }[]>`
    select user_id::text as member from opt_outs where what = ${what} and user_id = any(${members}::bigint[])`;
  if (out.length === 0) return rows;
  const unwilling = new Set(out.map(({ member }) => member));
  return rows.filter(({ member }) => !unwilling.has(member));
}
