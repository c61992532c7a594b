import { DatabaseAwayError } from '../../lib/errors.ts';
import { defineJob, NOTHING_DUE } from '../job.ts';
import { lastAt } from '../schedule.ts';

const AT = ['09:00', '14:00', '19:00'] as const;

/** Makes a timer for each server that has chosen a status channel, which brings the update once. */
export default defineJob({
  at: AT,
  deadlineMs: 5 * 60_000,
  retryOn: [DatabaseAwayError],
  async run({ log, now, settings, timers }, _signal, progress) {
    const servers = (await settings.all('reports')).flatMap(({ guild, value }) =>
      value.statusChannel === undefined ? [] : [{ guild, channel: value.statusChannel }],
    );
    const added = await timers.addOwed('status-update', lastAt(AT, now()), servers);
    progress(`${added} updates`);
    log.info({ added }, 'status updates are due');
    return added === 0 ? NOTHING_DUE : undefined;
  },
});
