import pLimit from 'p-limit';
import { withDeadline } from '../../../../lib/deadline.ts';
import { CancelledError } from '../../../../lib/runs.ts';
import { say } from '../../../../services/answers/answer.ts';
import { personZips } from '../../../../services/privacy/export.ts';
import { defineCommand } from '../../../define.ts';
import { PRIVACY_RULES } from '../../../privacy-card.ts';

/** Each holds a connection to the database while it lasts. */
const exporting = pLimit(2);

/** Gives somebody all that is kept of them, as ZIPs of JSON that nobody else sees. A deletion of theirs ends it. */
export default defineCommand({
  ...PRIVACY_RULES,
  defer: 'private',
  deadlineMs: 10 * 60_000,
  cooldown: { uses: 2, seconds: 600 },
  async run(asked, context) {
    const { id } = asked.interaction.user;
    using run = context.moderation.exports.begin(id);
    const signal = AbortSignal.any([asked.signal, run.signal]);
    let sent = 0;
    const handOver = async () => {
      for await (const bytes of personZips(id, context, signal)) {
        sent += 1;
        // Not beside an answer that is yet to come: it would be taken for that.
        if (sent === 1) await asked.answer({ ...say('privacy.exporting'), interim: true });
        signal.throwIfAborted();
        await asked.beside({
          ...say('privacy.file', { number: sent }),
          files: [{ name: `your-data-${sent}.zip`, bytes }],
        });
      }
    };
    try {
      await withDeadline('exporting a person', () => exporting(handOver), { signal });
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
      return say('privacy.exportEnded');
    }
    if (sent === 0) return say('privacy.nothingToExport');
    return say('privacy.exported', { count: sent }, { tone: 'good' });
  },
});
