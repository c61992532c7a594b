import { UserError } from '../../../../services/answers/user-error.ts';
import { defineCommand } from '../../../define.ts';
import { boolean, text } from '../../../options.ts';
import { pollComponents } from '../../../poll-buttons.ts';
import {
  LONGEST_ANSWER,
  LONGEST_QUESTION,
  POLL_RULES,
  pollDraft,
  readAnswers,
  setPoll,
} from '../../../poll-setting.ts';
import { channelToPostIn } from '../../../post-setting.ts';
import { LONGEST_WHEN, offerWhen, readMoment } from '../../../when-option.ts';

const DAY_MS = 86_400_000;
const LONGEST_MS = 90 * DAY_MS;
const SHORTEST_MS = 60_000;

const answer = text({ min: 1, max: LONGEST_ANSWER });
const furtherAnswer = text({ optional: true, min: 1, max: LONGEST_ANSWER });

/** Asks the people of a channel something; shown first, and posted by one press. */
export default defineCommand({
  ...POLL_RULES,
  options: {
    question: text({ min: 1, max: LONGEST_QUESTION }),
    answer1: answer,
    answer2: answer,
    answer3: furtherAnswer,
    answer4: furtherAnswer,
    answer5: furtherAnswer,
    answer6: furtherAnswer,
    answer7: furtherAnswer,
    answer8: furtherAnswer,
    answer9: furtherAnswer,
    answer10: furtherAnswer,
    many: boolean({ optional: true }),
    anonymous: boolean({ optional: true }),
    ends: text({ optional: true, max: LONGEST_WHEN, autocomplete: offerWhen }),
  },
  components: [...pollDraft.components, ...pollComponents],
  async run({ interaction, options }, context) {
    const { question: asked, many = false, anonymous = false, ends, ...written } = options;
    const channel = channelToPostIn(interaction, interaction.channelId);
    const question = asked.replaceAll(/\s+/g, ' ').trim();
    if (question === '') throw new UserError('poll.noQuestion');
    const answers = readAnswers(Object.values(written));
    const end = await endOf(ends);
    const poll = { guild: channel.guildId, channel: channel.id, question, answers, many, anonymous };
    return setPoll({ ...poll, endsAt: end.at.toISOString(), zone: end.zone }, interaction.user.id, context);

    async function endOf(typed: string | undefined) {
      if (typed !== undefined) {
        const from = Math.floor(context.now().getTime() / 1_000) * 1_000; // moments are read in whole seconds
        const moment = await readMoment(typed, interaction, context, { maxMs: LONGEST_MS });
        if (moment.at.getTime() - from < SHORTEST_MS) throw new UserError('poll.tooShort');
        return moment;
      }
      const zone = await context.zones.zoneOf(interaction.user.id, interaction.guildId);
      return { at: new Date(context.now().getTime() + DAY_MS), zone };
    }
  },
});
