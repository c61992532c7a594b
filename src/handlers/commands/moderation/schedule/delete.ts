import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { findPost, offerPosts } from '../../../post-choice.ts';
import { POST_RULES, postCard } from '../../../post-setting.ts';

/** Deletes a scheduled post, and shows what it was. */
export default defineCommand({
  ...POST_RULES,
  options: { which: text({ min: 1, max: 200, autocomplete: offerPosts }) },
  async run({ interaction, options }, context) {
    const post = await findPost(options.which, interaction, context);
    const deleted = await context.timers.remove({ id: post.id, kind: post.kind });
    if (!deleted) throw new UserError('schedule.noSuch');
    return postCard(post, t('schedule.deleted'), 'info');
  },
});
