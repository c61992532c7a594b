import { say } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention } from '../../../../services/answers/words.ts';
import { unfollow } from '../../../../services/follows/unfollow.ts';
import { defineCommand } from '../../../define.ts';
import { findFollowed, offerFollows } from '../../../follow-choice.ts';
import { FOLLOW_RULES } from '../../../follow-setting.ts';
import { text } from '../../../options.ts';

/** Lets a channel follow a feed no longer. */
export default defineCommand({
  ...FOLLOW_RULES,
  options: { which: text({ min: 1, max: 200, autocomplete: offerFollows('feed') }) },
  async run({ interaction: { guildId }, options }, context) {
    const follow = await findFollowed(options.which, { guild: guildId ?? '0', kind: 'feed' }, context);
    if (!(await unfollow(follow, context))) throw new UserError('follows.noSuch.feed');
    return say('follows.removed', { title: follow.title, where: mention('channel', follow.channel) });
  },
});
