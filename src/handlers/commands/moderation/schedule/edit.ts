import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { When } from '../../../../lib/time/parse.ts';
import { wallOf, wallText } from '../../../../lib/time/wall.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import type { PostPayload } from '../../../../services/schedule/post.ts';
import { whenOf } from '../../../../services/timers/when.ts';
import { defineCommand } from '../../../define.ts';
import { boolean, channel, text } from '../../../options.ts';
import { findPost, offerPosts, type ScheduledPost } from '../../../post-choice.ts';
import { endAt } from '../../../post-end.ts';
import {
  channelToPostIn,
  checkMentions,
  LONGEST_UNTIL,
  POST_CHANNELS,
  POST_RULES,
  readColour,
  readLines,
  readPicture,
  setPost,
} from '../../../post-setting.ts';
import { LONGEST_WHEN, offerWhen, readWhen } from '../../../when-option.ts';

const CARD = ['title', 'description', 'colour', 'picture'] as const;
const CLEARABLE = ['text', ...CARD, 'card', 'repeat', 'until'] as const;
type Clearable = (typeof CLEARABLE)[number];

/** Changes a scheduled post, whoever of the moderators has written it. What is cleared is cleared first. */
export default defineCommand({
  ...POST_RULES,
  options: {
    which: text({ min: 1, max: 200, autocomplete: offerPosts }),
    when: text({ optional: true, max: LONGEST_WHEN, autocomplete: offerWhen }),
    until: text({ optional: true, max: LONGEST_UNTIL }),
    channel: channel({ optional: true, types: POST_CHANNELS }),
    text: text({ optional: true, max: 2_000 }),
    title: text({ optional: true, max: 256 }),
    description: text({ optional: true, max: 4_000 }),
    colour: text({ optional: true, max: 7 }),
    picture: text({ optional: true, max: 500 }),
    mentions: boolean({ optional: true }),
    clear: text({ optional: true, choices: CLEARABLE }),
  },
  async run({ interaction, options }, context) {
    const { which, ...asked } = options;
    const { when, until, channel, clear, colour, picture, ...words } = asked;
    const guild = interaction.guildId ?? '0';
    const post = await findPost(which, interaction, context);
    if (Object.values(asked).every((value) => value === undefined)) throw new UserError('schedule.nothing');
    const target = channelToPostIn(interaction, channel?.id ?? post.channel);
    const changes = Object.entries(words)
      .filter(([, value]) => value !== undefined)
      .map(([part, value]) => [part, typeof value === 'string' && part !== 'title' ? readLines(value) : value]);
    const payload = {
      ...without(post.payload, clear),
      ...Object.fromEntries(changes),
      ...(colour !== undefined && { colour: readColour(colour) }),
      ...(picture !== undefined && { picture: readPicture(picture) }),
    };
    // Also when another wrote it so: whoever changes the words answers for them.
    if (payload.mentions) checkMentions(interaction, target);
    const read = await whenMeant(post, { when, until, clear }, interaction, context);
    return setPost({ timer: post.id, guild, channel: target.id, payload, when: read }, interaction.user.id, context);
  },
});

function without(payload: PostPayload, clear: Clearable | undefined): PostPayload {
  const cleared: readonly string[] = clear === 'card' ? CARD : clear === undefined ? [] : [clear];
  const { mentions, ...rest } = payload;
  return { mentions, ...Object.fromEntries(Object.entries(rest).filter(([part]) => !cleared.includes(part))) };
}

interface Times {
  readonly when: string | undefined;
  readonly until: string | undefined;
  readonly clear: Clearable | undefined;
}

/** A new time is one by itself; without, the end of the repetition there is, or the repetition, can be changed. */
async function whenMeant(
  post: ScheduledPost,
  { when, until, clear }: Times,
  writer: BaseInteraction,
  context: Context,
): Promise<When> {
  if (when !== undefined) {
    const asked = await readWhen(when, writer, context);
    return until === undefined ? asked : endAt(asked, until, context);
  }
  const there = whenOf(post);
  // Kept as it is, it would become one that comes once.
  if (there.broken) throw new UserError('schedule.broken');
  if (until === undefined && clear !== 'repeat' && clear !== 'until') return there;
  if (there.kind === 'once') throw new UserError('schedule.comesOnce');
  const { until: _, ...endless } = there.recurrence;
  const { zone } = endless;
  if (clear === 'repeat') return { kind: 'once', at: there.first, wall: wallText(wallOf(there.first, zone)), zone };
  const repeat = { ...there, recurrence: endless };
  return until === undefined ? repeat : endAt(repeat, until, context);
}
