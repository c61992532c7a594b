import { Type } from '@sinclair/typebox';
import type { Button } from '../answers/answer.ts';
import { encodeCustomId } from '../answers/custom-id.ts';
import { t } from '../answers/words.ts';

/** What is posted in a server by the clock, and by which setting it is turned off. */
export const POSTED = { report: 'reportChannel', status: 'statusChannel' } as const;
export type Posted = keyof typeof POSTED;

/** The button under it that turns it off. Who handles it takes id, version and state from here. */
export const REPORTS_OFF = {
  id: 'reports.off',
  version: 1,
  state: Type.Object({
    what: Type.Union([Type.Literal('report'), Type.Literal('status')]),
    /** When it was due, in seconds since 1970: a delivery that is tried again is known by it. */
    due: Type.Integer({ minimum: 0 }),
  }),
} as const;

export function offButton(what: Posted, dueAt: Date): Button {
  const { id, version, state } = REPORTS_OFF;
  const due = Math.floor(dueAt.getTime() / 1_000);
  return { label: t(`reports.turnOff.${what}`), customId: encodeCustomId(id, version, state, { what, due }) };
}
