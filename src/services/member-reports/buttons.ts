import { Type } from '@sinclair/typebox';
import type { ReportState } from '../../db/member-reports.ts';
import { encodeCustomId } from '../answers/custom-id.ts';

const ReportOf = Type.Object({ report: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });
const shape = (id: string) => ({ id: `report.${id}`, version: 1, state: ReportOf }) as const;

/** What the buttons under a report are called and remember. */
export const REPORT_BUTTONS = {
  take: shape('take'),
  answer: shape('answer'),
  done: shape('done'),
  dismiss: shape('dismiss'),
  reopen: shape('reopen'),
} as const;
export type ReportButton = keyof typeof REPORT_BUTTONS;

/** The button under what somebody who reported is written. */
export const REPLY_BUTTON = shape('reply');

export function reportButtonId({ id, version, state }: ReturnType<typeof shape>, report: string): string {
  return encodeCustomId(id, version, state, { report });
}

/** From which state which button leads to which. */
export const MOVES = {
  take: { from: ['open'], to: 'taken' },
  done: { from: ['open', 'taken'], to: 'done' },
  dismiss: { from: ['open', 'taken'], to: 'dismissed' },
  reopen: { from: ['done', 'dismissed'], to: 'open' },
} as const satisfies Partial<Record<ReportButton, { from: readonly ReportState[]; to: ReportState }>>;

export function buttonsLeft(state: ReportState): readonly ReportButton[] {
  if (state === 'open') return ['take', 'answer', 'done', 'dismiss'];
  return state === 'taken' ? ['answer', 'done', 'dismiss'] : ['answer', 'reopen'];
}
