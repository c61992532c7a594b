import { UserError } from '../../../../services/answers/user-error.ts';
import { whenOf } from '../../../../services/timers/when.ts';
import { defineCommand } from '../../../define.ts';
import { boolean, channel, text } from '../../../options.ts';
import { findPost, offerPosts } from '../../../post-choice.ts';
import { channelToPostIn, checkMentions, POST_RULES, readColour, readPicture, setPost } from '../../../post-setting.ts';
import { LONGEST_WHEN, offerWhen, readWhen } from '../../../when-option.ts';

/** Changes a scheduled post, whoever of the moderators has written it. */
export default defineCommand({
  ...POST_RULES,
  options: {
    which: text({ min: 1, max: 200, autocomplete: offerPosts }),
    when: text({ optional: true, max: LONGEST_WHEN, autocomplete: offerWhen }),
    channel: channel({ optional: true }),
    text: text({ optional: true, max: 2_000 }),
    title: text({ optional: true, max: 256 }),
    description: text({ optional: true, max: 4_000 }),
    colour: text({ optional: true, max: 7 }),
    picture: text({ optional: true, max: 500 }),
    mentions: boolean({ optional: true }),
  },
  async run({ interaction, options }, context) {
    const { which, when, channel, colour, picture, ...words } = options;
    const guild = interaction.guildId ?? '0';
    const post = await findPost(which, guild, context);
    const changes = Object.entries(words).filter(([, value]) => value !== undefined);
    if (!when && !channel && colour === undefined && picture === undefined && changes.length === 0) {
      throw new UserError('schedule.nothing');
    }
    const target = channelToPostIn(interaction, channel?.id ?? post.channel);
    const payload = {
      ...post.payload,
      ...Object.fromEntries(changes),
      ...(colour !== undefined && { colour: readColour(colour) }),
      ...(picture !== undefined && { picture: readPicture(picture) }),
    };
    // Also when another wrote it so: whoever changes the words answers for them.
    if (payload.mentions) checkMentions(interaction, target);
    const read = when === undefined ? whenOf(post) : await readWhen(when, interaction, context);
    return setPost({ timer: post.id, guild, channel: target.id, payload, when: read }, interaction.user.id, context);
  },
});
