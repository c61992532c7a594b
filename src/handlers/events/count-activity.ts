import { Events } from 'discord.js';
import { BusyError } from '../../lib/errors.ts';
import { hourOf } from '../../services/tally/tally.ts';
import { defineEvent } from '../define.ts';

/** Every person's message goes to a thread, in micro-batches, where its words, links and mentions are counted. */
export default defineEvent({
  on: Events.MessageCreate,
  async run({ activity, clock, metrics, tally, workers }, message) {
    clock.see(message.id);
    const { author, channelId, content, createdAt, guildId } = message;
    if (guildId === null || author.bot || message.webhookId !== null) return;
    metrics.messagesSeen.inc({});
    try {
      const { activity: counts } = await workers.offload('judgeMessage', {
        text: content,
        author: { id: author.id, roles: [], accountMs: 0 },
        channel: { id: channelId },
        edited: false,
        forwarded: false,
        count: true,
      });
      if (counts) activity.record({ guild: guildId, channel: channelId, member: author.id, at: createdAt }, counts);
      tally.count(guildId, hourOf(createdAt), createdAt);
      metrics.messagesAnalysed.inc({});
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      metrics.messagesShed.inc({}); // counted, not logged: a flood would fill the log as well
    }
  },
});
