import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { type Answer, type Part, say } from '../../../../services/answers/answer.ts';
import { clip, mention, moment, type Said, t } from '../../../../services/answers/words.ts';
import { whenOf } from '../../../../services/timers/when.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { postsSeenBy, type ScheduledPost, wordsOf } from '../../../post-choice.ts';
import { POST_RULES } from '../../../post-setting.ts';
import { nearAndFar } from '../../../when-option.ts';

const ON_A_PAGE = 8;
const LONGEST_SHOWN = 100;

const turn = defineComponent({
  ...POST_RULES,
  kind: 'button',
  id: 'schedule.page',
  version: 1,
  state: Type.Object({ page: Type.Integer({ minimum: 0, maximum: 1_000 }) }),
  run: ({ interaction, state }, context) => page(interaction, state.page, context),
});

/** A server's scheduled posts for channels that whoever asks can see, the next first. */
export default defineCommand({
  ...POST_RULES,
  components: [turn],
  run: ({ interaction }, context) => page(interaction, 0, context),
});

async function page(interaction: BaseInteraction, wanted: number, context: Context): Promise<Answer> {
  const posts = await postsSeenBy(interaction, context);
  if (posts.length === 0) return say('commands.schedule.list.none');
  const pages = Math.ceil(posts.length / ON_A_PAGE);
  const at = Math.min(wanted, pages - 1); // some may be gone since the button was made
  const points = posts.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE).map(lineOf);
  const step = (to: number, key: 'earlier' | 'later') => ({
    label: t(`commands.schedule.list.${key}`),
    customId: turn.customId({ page: Math.max(0, to) }),
    disabled: to < 0 || to >= pages,
  });
  const buttons: Part = { kind: 'buttons', buttons: [step(at - 1, 'earlier'), step(at + 1, 'later')] };
  return {
    tone: 'info',
    title: t('commands.schedule.list.title', { count: posts.length }),
    parts: [{ kind: 'points', points }, ...(pages > 1 ? [buttons] : [])],
    next: t('commands.schedule.list.next'),
  };
}

function lineOf(post: ScheduledPost): Said {
  const when = whenOf(post);
  const params = {
    when: nearAndFar(post.dueAt),
    where: mention('channel', post.channel),
    who: mention('user', post.owner),
    words: clip(wordsOf(post), LONGEST_SHOWN),
  };
  if (when.broken) return t('commands.schedule.list.broken', params);
  if (when.kind === 'once') return t('commands.schedule.list.once', params);
  return t('commands.schedule.list.repeat', { ...params, rule: moment(when) });
}
