import { defineCommand } from '../../../define.ts';
import { boolean, channel, text } from '../../../options.ts';
import { endAt } from '../../../post-end.ts';
import {
  channelToPostIn,
  checkMentions,
  LONGEST_UNTIL,
  POST_CHANNELS,
  POST_RULES,
  postDraft,
  readColour,
  readPicture,
  setPost,
} from '../../../post-setting.ts';
import { LONGEST_WHEN, offerWhen, readWhen } from '../../../when-option.ts';

/** Posts a text, a card or both in a channel later, once or again and again. */
export default defineCommand({
  ...POST_RULES,
  options: {
    channel: channel({ types: POST_CHANNELS }),
    when: text({ max: LONGEST_WHEN, autocomplete: offerWhen }),
    text: text({ optional: true, max: 2_000 }),
    title: text({ optional: true, max: 256 }),
    description: text({ optional: true, max: 4_000 }),
    colour: text({ optional: true, max: 7 }),
    picture: text({ optional: true, max: 500 }),
    until: text({ optional: true, max: LONGEST_UNTIL }),
    mentions: boolean({ optional: true }),
  },
  components: postDraft.components,
  async run({ interaction, options }, context) {
    const { text, title, description, colour, picture, until, mentions = false } = options;
    const target = channelToPostIn(interaction, options.channel.id);
    if (mentions) checkMentions(interaction, target);
    const asked = await readWhen(options.when, interaction, context);
    const when = until === undefined ? asked : endAt(asked, until, context);
    const payload = {
      ...(text !== undefined && { text }),
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      ...(colour !== undefined && { colour: readColour(colour) }),
      ...(picture !== undefined && { picture: readPicture(picture) }),
      mentions,
    };
    return setPost({ guild: target.guildId, channel: target.id, payload, when }, interaction.user.id, context);
  },
});
