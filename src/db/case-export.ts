import type { ISql, Row } from 'postgres';
import { type CaseFilter, caseFits } from './case-list.ts';
import type { Evidence } from './cases.ts';
import type { Db } from './connect.ts';
import { type Key, stream } from './stream.ts';

/** A case with all that was noted and changed, as it leaves the bot. */
export interface ExportedCase extends Row {
  readonly number: number;
  /** All but what has yet to be put into words: a JSON object. It is only passed on here. */
  readonly plain: string;
  readonly voidReason: unknown;
  readonly evidence: readonly Evidence[];
}

/** So much is in memory at a time. */
const BATCH = 50;
/** What was noted and changed of a case; of more the latest, and how many there were before. */
const MOST_EVENTS = 500;

/** Cases by number, however many there are. */
export function exportedCases(
  db: Db,
  filter: CaseFilter,
  signal: AbortSignal,
): AsyncGenerator<ExportedCase, void, undefined> {
  const query = (after: Key | null) => db`
    select number, ${plainCase(db)}::text as plain, void_reason as "voidReason", evidence
    from cases
    cross join lateral (
      select
        json_agg(
          json_build_object('at', ${moment(db, 'at')}, 'by', by_id::text, 'kind', kind, 'before', before, 'after', after)
          order by id
        ) as latest,
        greatest(0, max(counted) - ${MOST_EVENTS}) as earlier
      from (
        select *, count(*) over () as counted from case_events
        where case_events.guild_id = cases.guild_id and case_events.number = cases.number
        order by id desc limit ${MOST_EVENTS}
      ) event
    ) events
    where ${caseFits(db, filter)} ${after === null ? db`` : db`and number > ${after}`}`;
  return stream<ExportedCase>(db, query, { key: 'number', batch: BATCH, signal });
}

/** Ids stand as texts: as numbers they would be rounded by whoever reads them. */
function plainCase(db: ISql) {
  return db`json_build_object(
    'number', number, 'type', type, 'state', state, 'target', target_id::text, 'targetName', target_name,
    'moderator', actor_id::text, 'moderatorName', actor_name, 'reason', reason, 'source', source,
    'createdAt', ${moment(db, 'created_at')}, 'until', ${moment(db, 'until')},
    'seconds', round(extract(epoch from until - created_at)), 'endedAt', ${moment(db, 'ended_at')},
    'settledAt', ${moment(db, 'settled_at')}, 'points', points, 'silent', silent, 'told', told, 'hidden', hidden,
    'voidedBy', voided_by::text, 'auditId', audit_id::text, 'logChannel', log_channel::text,
    'logMessage', log_message::text, 'data', data, 'events', coalesce(latest, '[]'), 'earlierEvents', coalesce(earlier, 0)
  )`;
}

/** As in ISO 8601, whatever the database's time zone is. */
function moment(db: ISql, column: string) {
  return db`to_char(${db(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
