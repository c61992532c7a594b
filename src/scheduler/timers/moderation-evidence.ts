import { Type } from '@sinclair/typebox';
import { keepFile } from '../../services/moderation/keep-file.ts';
import type { Evidence } from '../../services/moderation/moderation.ts';
import { defineTimer } from '../timer.ts';

/** Keeps the files that are a case's evidence in the server's log: where they were given Discord deletes them after a while. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 120_000,
  async deliver({ guild = '', payload, attempt, send }, context, signal) {
    const { moderation, settings } = context;
    const one = await moderation.get({ guild, number: payload.case });
    const { logChannel: channel } = await settings.of(guild, 'logs');
    if (!one || !channel) return { kind: 'done' };
    const evidence: Evidence[] = [];
    for (const [at, piece] of one.evidence.entries()) {
      if (piece.kind !== 'file' || piece.kept) evidence.push(piece);
      else {
        const own: typeof send = (to, message) => send(to, message, `evidence ${at}`);
        evidence.push(await keepFile({ one, file: piece, at, channel, attempt, send: own }, context, signal));
      }
    }
    return { kind: 'done', also: (within) => moderation.keepEvidence(within, one, evidence) };
  },
});
