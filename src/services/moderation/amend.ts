import type { Context } from '../../context.ts';
import { type Amended, type CaseEvent, insertCaseEvent, lockCase, writeAmended } from '../../db/case-events.ts';
import { UserError } from '../answers/user-error.ts';
import { actionOf } from './actions.ts';
import { isLasting } from './lasting.ts';
import type { Case, CaseKey } from './moderation.ts';

/** Something noted of a case or changed in it after it was made. */
export type Amendment =
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'reason'; readonly text: string }
  /** Null: it has no end. */
  | { readonly kind: 'until'; readonly until: Date | null }
  | { readonly kind: 'hidden'; readonly hidden: boolean }
  | { readonly kind: 'void'; readonly why: string }
  /** Its effect was found to be over. */
  | { readonly kind: 'gone' };

const MINUTE_MS = 60_000;

/**
 * Makes changes to a case, all or none, in somebody's name; what stood there before is kept, and the log tells of the case anew.
 * UserError for what cannot be changed.
 */
export async function amend(
  key: CaseKey,
  by: string,
  amendments: readonly Amendment[],
  context: Pick<Context, 'database' | 'moderation' | 'now'>,
): Promise<Case> {
  const { database, moderation, now } = context;
  return await database.begin(async (tx, notify) => {
    const within = { tx, notify };
    const before = await lockCase(tx, key);
    if (!before) throw new UserError('commands.case.view.none', { number: key.number });
    const changes = amendments.map((amendment) => changeOf(before, amendment, now()));
    let one = before;
    for (const { to } of changes) one = { ...one, ...to };
    const given = amendments.find((amendment) => amendment.kind === 'void');
    const voided = given ? { voidText: given.why, voidedBy: by } : { voidText: null, voidedBy: before.voidedBy };
    await writeAmended(tx, key, { ...one, ...voided });
    for (const { event } of changes) await insertCaseEvent(tx, key, { ...event, at: now(), by });
    if (one.until?.getTime() !== before.until?.getTime()) {
      await moderation.endAt(within, one, one.until ? actionOf(one)?.endsAt?.(one, now()) : undefined);
    }
    const gone = amendments.some((amendment) => amendment.kind === 'gone');
    if (gone) {
      await moderation.endAt(within, before, undefined);
      await moderation.ended(within, one);
    }
    await moderation.log(within, one);
    await moderation.announce(within, one);
    const endedAt = gone ? now() : one.endedAt;
    return { ...one, endedAt, voidReason: given?.why ?? before.voidReason, voidedBy: voided.voidedBy };
  });
}

interface Change {
  readonly to: Partial<Omit<Amended, 'voidText'>>;
  readonly event: Pick<CaseEvent, 'kind' | 'before' | 'after'>;
}

function changeOf(one: Case, amendment: Amendment, now: Date): Change {
  switch (amendment.kind) {
    case 'note':
      return { to: {}, event: { kind: 'note', before: null, after: amendment.text } };
    case 'reason':
      return {
        to: { reason: amendment.text },
        event: { kind: 'reason', before: one.reason, after: amendment.text },
      };
    case 'until':
      return untilChange(one, amendment.until, now);
    case 'hidden':
      if (one.hidden === amendment.hidden) throw new UserError(`cases.amend.${one.hidden ? 'hidden' : 'shown'}Already`);
      return {
        to: { hidden: amendment.hidden },
        event: { kind: amendment.hidden ? 'hidden' : 'shown', before: null, after: null },
      };
    case 'void':
      return voidChange(one, amendment.why, now);
    case 'gone':
      if (!isLasting(one, now)) throw new UserError('cases.amend.over');
      return { to: {}, event: { kind: 'gone', before: null, after: null } };
  }
}

/** What ends by the bot can end at another time. What ends by Discord, as timeouts do, is to be ordered anew. */
function untilChange(one: Case, until: Date | null, now: Date): Change {
  if (one.state === 'pending') throw new UserError('cases.amend.pending');
  const probe = new Date(now.getTime() + MINUTE_MS);
  const byBot =
    actionOf(one)
      ?.endsAt?.({ ...one, until: probe }, now)
      ?.getTime() === probe.getTime();
  if (!byBot) throw new UserError(one.type === 'timeout' ? 'cases.amend.timeoutEnd' : 'cases.amend.noEnd');
  if (!isLasting(one, now)) throw new UserError('cases.amend.over');
  const said = (at: Date | null) => at?.toISOString() ?? null;
  return { to: { until }, event: { kind: 'until', before: said(one.until), after: said(until) } };
}

/** A case whose effect lasts is not void: the effect would stand with nothing that says so. */
function voidChange(one: Case, why: string, now: Date): Change {
  if (one.state === 'pending') throw new UserError('cases.amend.pending');
  if (one.state === 'void') throw new UserError('cases.amend.voidAlready');
  if (isLasting(one, now)) throw new UserError('cases.amend.lasts', { number: one.number });
  return { to: { state: 'void' }, event: { kind: 'void', before: null, after: why } };
}
