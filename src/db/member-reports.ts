import type { ISql } from 'postgres';
import type { Tx } from './connect.ts';

export type ReportState = 'open' | 'taken' | 'done' | 'dismissed';

export interface NewReport {
  readonly id: string;
  readonly guild: string;
  readonly reporter: string;
  /** The language of whoever reports. */
  readonly locale: string;
  /** JSON. */
  readonly body: string;
  readonly madeAt: Date;
}

export interface Report extends NewReport {
  /** From 1 in each server. */
  readonly number: number;
  readonly state: ReportState;
  /** Who has taken it or closed it. */
  readonly handler: string | null;
  /** The channel and the message that tell of it; null while there are none. */
  readonly place: string | null;
  readonly posted: string | null;
}

export interface Letter {
  readonly id: string;
  readonly report: string;
  /** Who wrote it of those who moderate; null: whoever reported. */
  readonly moderator: string | null;
  readonly text: string;
  /** Whether it could not be delivered. */
  readonly trouble: boolean;
  readonly madeAt: Date;
}

function columns(db: ISql) {
  return db`
    id::text as id, guild_id::text as guild, number, reporter_id::text as reporter, locale, body, state, handler_id::text as handler,
    place_id::text as place, posted_id::text as posted, made_at as "madeAt"`;
}

/** Any constant that no other lock of ours has. */
const LOCK = 0x7265706f;

/** Keeps a report under the server's next number; nothing where this person has made `most` since `since`. */
export async function insertReport(
  tx: Tx,
  { id, guild, reporter, locale, body, madeAt }: NewReport,
  { most, since }: { readonly most: number; readonly since: Date },
): Promise<Report | undefined> {
  await tx`select pg_advisory_xact_lock(${LOCK}, hashtext(${guild}))`;
  const [one] = await tx<Report[]>`
    insert into member_reports (id, guild_id, number, reporter_id, locale, body, made_at)
    select ${id}, ${guild}, coalesce((select max(number) from member_reports where guild_id = ${guild}), 0) + 1,
      ${reporter}, ${locale}, ${body}, ${madeAt}
    where (
      select count(*) from member_reports where guild_id = ${guild} and reporter_id = ${reporter} and made_at > ${since}
    ) < ${most}
    returning ${columns(tx)}`;
  return one;
}

export async function findReport(db: ISql, id: string): Promise<Report | undefined> {
  const [one] = await db<Report[]>`select ${columns(db)} from member_reports where id = ${id}`;
  return one;
}

export async function reportByNumber(db: ISql, guild: string, number: number): Promise<Report | undefined> {
  const [one] = await db<Report[]>`
    select ${columns(db)} from member_reports where guild_id = ${guild} and number = ${number}`;
  return one;
}

/** Keeps where a report is told of. */
export async function placeReport(tx: Tx, id: string, place: string, posted: string): Promise<void> {
  await tx`update member_reports set place_id = ${place}, posted_id = ${posted} where id = ${id}`;
}

/** Whether it was in one of these states, and so is what it is to be now. */
export async function moveReport(
  tx: Tx,
  id: string,
  { from, to, by }: { readonly from: readonly ReportState[]; readonly to: ReportState; readonly by: string },
): Promise<boolean> {
  const moved = await tx`
    update member_reports set state = ${to}, handler_id = ${by} where id = ${id} and state = any(${[...from]})`;
  return moved.count > 0;
}

export async function insertLetter(tx: Tx, one: Omit<Letter, 'trouble'>): Promise<void> {
  await tx`
    insert into member_report_letters (id, report_id, moderator, text, made_at)
    values (${one.id}, ${one.report}, ${one.moderator}, ${one.text}, ${one.madeAt})`;
}

export async function findLetter(db: ISql, id: string): Promise<Letter | undefined> {
  const [one] = await letters(db, db`id = ${id}`, 1);
  return one;
}

/** The last of what was written about a report, the oldest of these first. */
export async function lettersOf(db: ISql, report: string, most: number): Promise<readonly Letter[]> {
  return (await letters(db, db`report_id = ${report}`, most)).toReversed();
}

export async function noteTrouble(tx: Tx, id: string): Promise<void> {
  await tx`update member_report_letters set trouble = true where id = ${id}`;
}

function letters(db: ISql, which: ReturnType<typeof columns>, most: number): Promise<readonly Letter[]> {
  return db<Letter[]>`
    select id::text as id, report_id::text as report, moderator::text as moderator, text, trouble, made_at as "madeAt"
    from member_report_letters where ${which} order by made_at desc, id limit ${most}`;
}
