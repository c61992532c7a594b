import type { Context } from '../context.ts';
import { countPersonRows, type Held } from '../db/person-rows.ts';
import type { Part } from '../services/answers/answer.ts';
import { amount, t, type Words } from '../services/answers/words.ts';

/** Everybody may ask of themselves, in direct messages as well, and nobody else sees it. */
/** To count what is kept of somebody looks through many tables. */
export const PRIVACY_RULES = { where: 'anywhere', visible: 'private', cooldown: { uses: 5, seconds: 60 } } as const;

/** What is kept of somebody on all servers: what `/privacy delete` deletes, and what stays, with the reason. */
export async function heldParts(user: string, { db }: Pick<Context, 'db'>): Promise<readonly Part[]> {
  const held = await countPersonRows(db, user);
  const parts = (['delete', 'forget', 'keep'] as const).flatMap((does): Part[] => {
    const lines = held.filter((one) => one.does === does).map(lineOf);
    return lines.length === 0 ? [] : [{ kind: 'lines', title: t(`privacy.fates.${does}`), lines }];
  });
  return parts.length === 0 ? [{ kind: 'text', text: t('privacy.nothing') }] : parts;
}

function lineOf({ kind, count }: Held): Words {
  return t('privacy.line', { what: t(`privacy.kinds.${kind}`), amount: amount(count) });
}
