import { RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
import { say } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { unlinked } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { findOwnPoll, offerPolls } from '../../../poll-choice.ts';
import { POLL_RULES } from '../../../poll-setting.ts';

/** Discord no longer has the message, or lets the bot no longer near it: there is nothing to take away. */
const GONE: readonly (number | string)[] = [Code.UnknownMessage, Code.UnknownChannel, Code.MissingAccess];

/** Deletes a poll with its votes and its message; there will be no result. */
export default defineCommand({
  ...POLL_RULES,
  options: { which: text({ min: 1, max: 200, autocomplete: offerPolls }) },
  async run({ interaction, options }, context) {
    const { discord, polls, timers } = context;
    const { id, channel, message, question, timer } = await findOwnPoll(options.which, interaction, context);
    if (!(await polls.remove(id))) throw new UserError('poll.noSuch');
    if (timer !== null) await timers.remove({ id: timer, kind: 'poll-end' });
    try {
      await discord.rest.delete(Routes.channelMessage(channel, message ?? '0'));
    } catch (error) {
      if (!(error instanceof DiscordAPIError && GONE.includes(error.code))) throw error;
    }
    return say('poll.deleted', { question: unlinked(question) }, { tone: 'good' });
  },
});
