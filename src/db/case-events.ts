import type { ISql } from 'postgres';
import { type Case, type CaseKey, caseColumns } from './cases.ts';
import type { Tx } from './connect.ts';

/** What can be noted of a case or changed in it afterwards. */
export type CaseEventKind = 'note' | 'reason' | 'until' | 'hidden' | 'shown' | 'void' | 'gone';

export interface CaseEvent {
  readonly at: Date;
  readonly by: string | null;
  readonly kind: CaseEventKind;
  /** Moments stand as in ISO 8601. */
  readonly before: string | null;
  readonly after: string | null;
}

/** A case as it stands, held until the transaction ends. */
export async function lockCase(tx: Tx, { guild, number }: CaseKey): Promise<Case | undefined> {
  const [one] = await tx<Case[]>`
    select ${caseColumns(tx)} from cases where guild_id = ${guild} and number = ${number} for update`;
  return one;
}

export interface Amended extends Pick<Case, 'reason' | 'until' | 'hidden' | 'state' | 'voidedBy'> {
  /** Why it is void, in a person's words; null leaves what stands. */
  readonly voidText: string | null;
}

/** Writes what of a case can change after it was done. */
export async function writeAmended(tx: Tx, { guild, number }: CaseKey, amended: Amended): Promise<void> {
  const { reason, until, hidden, state, voidText, voidedBy } = amended;
  await tx`
    update cases set
      reason = ${reason}, until = ${until}, hidden = ${hidden}, state = ${state}, voided_by = ${voidedBy},
      void_reason = ${voidText === null ? tx`void_reason` : tx.json(voidText)}
    where guild_id = ${guild} and number = ${number}`;
}

export async function insertCaseEvent(tx: Tx, { guild, number }: CaseKey, event: CaseEvent): Promise<void> {
  const { at, by, kind, before, after } = event;
  await tx`
    insert into case_events (guild_id, number, at, by_id, kind, before, after)
    values (${guild}, ${number}, ${at}, ${by}, ${kind}, ${before}, ${after})`;
}

/** A note or change with what it is found by again. */
export interface KeptEvent extends CaseEvent {
  readonly id: string;
}

/** Beyond which event a page goes, towards older or newer ones; the newest page without. */
export interface EventsFrom {
  readonly to: 'older' | 'newer';
  readonly id: string;
}

/** What was noted and changed beyond an event, the newest first; at most `limit`, which are the nearest to it. */
export async function listCaseEvents(
  db: ISql,
  { guild, number }: CaseKey,
  { from, limit }: { readonly from?: EventsFrom | undefined; readonly limit: number },
): Promise<readonly KeptEvent[]> {
  const newer = from?.to === 'newer';
  const beyond = from ? (newer ? db`and id > ${from.id}` : db`and id < ${from.id}`) : db``;
  const events = await db<KeptEvent[]>`
    select id::text as id, at, by_id::text as by, kind, before, after from case_events
    where guild_id = ${guild} and number = ${number} ${beyond}
    order by id ${newer ? db`asc` : db`desc`} limit ${limit}`;
  return newer ? events.toReversed() : events;
}

/** How much was noted and changed. */
export async function countCaseEvents(db: ISql, { guild, number }: CaseKey): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from case_events where guild_id = ${guild} and number = ${number}`;
  return row?.count ?? 0;
}
