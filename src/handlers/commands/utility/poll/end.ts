import { UserError } from '../../../../services/answers/user-error.ts';
import { markup, t } from '../../../../services/answers/words.ts';
import { linkOf, outcomeOf } from '../../../../services/polls/card.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { findOwnPoll, offerPolls } from '../../../poll-choice.ts';
import { POLL_RULES } from '../../../poll-setting.ts';

/** Ends a poll before its time. Its result is shown by what would have ended it. */
export default defineCommand({
  ...POLL_RULES,
  options: { which: text({ min: 1, max: 200, autocomplete: offerPolls }) },
  async run({ interaction, options }, context) {
    const found = await findOwnPoll(options.which, interaction, context);
    const ended = await context.polls.endEarly(found.id, interaction.user.id, context.timers);
    if (!ended) throw new UserError('poll.noSuch');
    return {
      tone: 'good',
      title: t('poll.isEnded'),
      parts: [
        { kind: 'text', text: outcomeOf(ended) },
        { kind: 'text', text: markup(linkOf(ended)) },
      ],
    };
  },
});
