import { BYTE_ORDER_MARK, type Cell, csvLine } from '../csv.ts';
import type { WholeCase } from './exported.ts';

type Event = WholeCase['events'][number];

/** What is written of a case, in this order. */
const COLUMNS: Readonly<Record<string, (one: WholeCase) => Cell>> = {
  number: ({ number }) => number,
  type: ({ type }) => type,
  state: ({ state }) => state,
  target: ({ target }) => target,
  targetName: ({ targetName }) => targetName,
  moderator: ({ moderator }) => moderator,
  moderatorName: ({ moderatorName }) => moderatorName,
  reason: ({ reason }) => reason,
  source: ({ source }) => source,
  createdAt: ({ createdAt }) => createdAt,
  until: ({ until }) => until,
  seconds: ({ seconds }) => seconds,
  endedAt: ({ endedAt }) => endedAt,
  settledAt: ({ settledAt }) => settledAt,
  points: ({ points }) => points,
  silent: ({ silent }) => silent,
  told: ({ told }) => told,
  hidden: ({ hidden }) => hidden,
  voidReason: ({ voidReason }) => voidReason,
  voidedBy: ({ voidedBy }) => voidedBy,
  evidence: ({ evidence }) => evidence.map(pieceLine).join('\n'),
  notes: ({ events }) => events.filter(isNote).map(noteLine).join('\n'),
  history: ({ events }) => events.flatMap((event) => (isNote(event) ? [] : [changeLine(event)])).join('\n'),
  earlierEvents: ({ earlierEvents }) => earlierEvents,
  auditId: ({ auditId }) => auditId,
  logChannel: ({ logChannel }) => logChannel,
  logMessage: ({ logMessage }) => logMessage,
  data: ({ data }) => JSON.stringify(data),
};

/** Cases as lines of a CSV file (RFC 4180), with the names of the columns before the first. No cell is a formula. */
export function casesAsCsv(cases: readonly WholeCase[], { begins }: { readonly begins: boolean }): string {
  const names = begins ? `${BYTE_ORDER_MARK}${csvLine(Object.keys(COLUMNS))}` : '';
  return `${names}${cases.map((one) => csvLine(Object.values(COLUMNS).map((cell) => cell(one)))).join('')}`;
}

function pieceLine({ name, url, text, kept, lost }: WholeCase['evidence'][number]): string {
  const where = kept ? `${kept.channel}/${kept.message}` : undefined;
  return [name, url, where, lost, text].filter((part) => part !== undefined).join(' | ');
}

function isNote({ kind }: Event): boolean {
  return kind === 'note';
}

function noteLine({ at, by, after }: Event): string {
  return `${at} ${by ?? ''}: ${after ?? ''}`;
}

function changeLine({ at, by, kind, before, after }: Event): string {
  return `${at} ${by ?? ''} ${kind}: ${before ?? ''} -> ${after ?? ''}`;
}
