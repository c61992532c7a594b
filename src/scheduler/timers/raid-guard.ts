import { Type } from '@sinclair/typebox';
import { findRaid } from '../../db/raids.ts';
import { guardAgainst } from '../../services/raids/guard.ts';
import { defineTimer } from '../timer.ts';

/** Keeps more of a raid out, where the server wants that. What is late by an hour is for moderators. */
export default defineTimer({
  payload: Type.Object({ raid: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  missed: 'skip',
  lateAfterMs: 3_600_000,
  failure: 'error',
  deadlineMs: 60_000,
  async deliver({ payload }, context, signal) {
    const raid = await findRaid(context.db, payload.raid);
    if (raid) await guardAgainst(raid, context, signal);
    return { kind: 'done' };
  },
});
