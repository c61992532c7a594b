import { Type } from '@sinclair/typebox';
import { postOf } from '../../services/reports/post.ts';
import { statusUpdate } from '../../services/reports/status-update.ts';
import { defineTimer } from '../timer.ts';

/** How the bot is doing, for a server's status channel. One that is an hour late is passed over. */
export default defineTimer({
  payload: Type.Object({}),
  missed: 'skip',
  lateAfterMs: 3_600_000,
  deadlineMs: 30_000,
  deliver: ({ guild, dueAt, send }, context) =>
    postOf({ guild, what: 'status', dueAt, send }, context, () => statusUpdate(context)),
});
