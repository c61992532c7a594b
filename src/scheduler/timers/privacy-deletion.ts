import { Type } from '@sinclair/typebox';
import { DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import { findDeletion, forgetDeletion, type PrivacyDeletion } from '../../db/privacy-deletions.ts';
import { say } from '../../services/answers/answer.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { t } from '../../services/answers/words.ts';
import { deletePerson, deletionTimer } from '../../services/privacy/deletion.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { type Delivery, defineTimer } from '../timer.ts';

/** Deletes all that is kept of somebody, tells them, and looks once more some minutes later. A restart breaks nothing off: it is done again. */
export default defineTimer({
  payload: Type.Object({ deletion: Type.String({ pattern: '^[0-9a-f-]{36}$' }), again: Type.Boolean() }),
  missed: 'late',
  failure: 'error',
  deadlineMs: 10 * 60_000,
  // What was not done can be asked for again.
  givenUp: ({ payload }, _, { tx }) => forgetDeletion(tx, payload.deletion),
  async deliver({ payload, send }, context, signal) {
    const one = await findDeletion(context.db, payload.deletion);
    if (!one) return { kind: 'done' };
    const rows = await deletePerson(one.user, context, signal);
    context.log.info({ deletion: one.id, rows, again: payload.again }, 'what was kept of somebody was deleted');
    if (payload.again) return { kind: 'done', also: ({ tx }) => forgetDeletion(tx, one.id) };
    await tell(one, send, context);
    return {
      kind: 'done',
      also: async (within) => {
        await context.timers.addWithin(within, deletionTimer(one.id, context.now(), true));
      },
    };
  },
});

/** Who takes no direct messages sees it with `/privacy show`. */
async function tell({ user, locale }: PrivacyDeletion, send: Delivery['send'], { discord, i18n, log }: Context) {
  const answer = say('privacy.deleted', {}, { tone: 'good', next: t('privacy.deletedNext') });
  try {
    const { id } = await discord.users.createDM(user);
    await send(id, { body: toPayload(answer, { i18n, locale }).body });
  } catch (error) {
    if (!(error instanceof DiscordAPIError || error instanceof UnsureSentError)) throw error;
    log.debug({ error }, 'nobody could be told of a deletion');
  }
}
