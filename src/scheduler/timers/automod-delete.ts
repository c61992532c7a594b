import { Type } from '@sinclair/typebox';
import { defineTimer } from '../timer.ts';

const Id = Type.String({ pattern: '^\\d{17,20}$' });

/** Deletes what a rule wanted deleted, where that was cut short: by a crash, or by Discord being away. */
export default defineTimer({
  payload: Type.Object({
    why: Type.String(),
    messages: Type.Array(Type.Object({ channel: Id, id: Id })),
  }),
  missed: 'late',
  deadlineMs: 60_000,
  async deliver({ guild = '', payload: { why, messages } }, { deletions, refusals }) {
    const gone = await Promise.all(
      messages.map(async ({ channel, id }) => ({ channel, end: await deletions.remove({ channel, id, why }) })),
    );
    const refused = gone.find(({ end }) => end === 'refused');
    if (refused) {
      const { channel } = refused;
      await refusals.report({ guild, channel, permission: 'ManageMessages', what: 'automod.refused.delete' });
    }
    return { kind: 'done' };
  },
});
