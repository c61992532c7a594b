import { Type } from '@sinclair/typebox';
import type { Alert, AlertDeed } from '../../db/automod-alerts.ts';
import { encodeCustomId } from '../answers/custom-id.ts';

/** `turn` is how much had been done about it when the buttons were shown. */
export const AlertState = Type.Object({
  alert: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
  turn: Type.Integer({ minimum: 0 }),
});

const VERSION = 1;

/** What the buttons under an alert are called and remember. */
export const ALERT_BUTTONS = {
  pardon: { id: 'automod.pardon', version: VERSION, state: AlertState },
  delete: { id: 'automod.delete', version: VERSION, state: AlertState },
  timeout: { id: 'automod.timeout', version: VERSION, state: AlertState },
  ban: { id: 'automod.ban', version: VERSION, state: AlertState },
  trust: { id: 'automod.trust', version: VERSION, state: AlertState },
  untrust: { id: 'automod.untrust', version: VERSION, state: AlertState },
} as const satisfies Record<AlertDeed, object>;

export function alertButtonId(deed: AlertDeed, { id, turn }: Pick<Alert, 'id' | 'turn'>): string {
  const { id: name, version, state } = ALERT_BUTTONS[deed];
  return encodeCustomId(name, version, state, { alert: id, turn });
}

/** What is left to do about it, after what was done; in the order of the buttons. Of what came over a webhook there is nobody to do it to. */
export function deedsLeft(
  { did, cases, webhook }: Pick<Alert, 'did' | 'cases' | 'webhook'>,
  done: readonly AlertDeed[],
): readonly AlertDeed[] {
  const trusted = done.lastIndexOf('trust') > done.lastIndexOf('untrust');
  const pardoned = done.includes('pardon');
  const gone = did.some((name) => name === 'delete' || name === 'delete-copies');
  const left: Readonly<Record<AlertDeed, boolean>> = {
    pardon: cases.some((one) => !one.pardoned),
    delete: !gone && !done.includes('delete'),
    timeout: !webhook && !pardoned && !done.includes('timeout') && !done.includes('ban'),
    ban: !webhook && !pardoned && !done.includes('ban'),
    trust: !webhook && !trusted,
    untrust: !webhook && trusted,
  };
  return (Object.keys(left) as AlertDeed[]).filter((deed) => left[deed]); // its keys are the deeds
}
