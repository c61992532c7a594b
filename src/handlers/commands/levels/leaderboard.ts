import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../context.ts';
import { placeOfMember, topMembers } from '../../../db/member-points.ts';
import { type Answer, type Part, say } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { amount, mention, t } from '../../../services/answers/words.ts';
import { levelOf } from '../../../services/levels/curve.ts';
import { defineCommand, defineComponent } from '../../define.ts';
import { integer } from '../../options.ts';

const ON_A_PAGE = 10;
const MOST_PAGES = 1_000;

const turn = defineComponent({
  kind: 'button',
  id: 'leaderboard',
  version: 1,
  state: Type.Object({ page: Type.Integer({ minimum: 0, maximum: MOST_PAGES }) }),
  run: ({ interaction, state }, context) => page(interaction, state.page, context),
});

/** Who has most points, ten a page; the last line says where whoever looks stands. */
export default defineCommand({
  options: { page: integer({ optional: true, min: 1, max: MOST_PAGES }) },
  components: [turn],
  run: ({ interaction, options }, context) => page(interaction, (options.page ?? 1) - 1, context),
});

async function page(interaction: BaseInteraction, wanted: number, context: Context): Promise<Answer> {
  const guild = interaction.guildId ?? '0';
  const { on } = await context.settings.of(guild, 'levels');
  if (!on) throw new UserError('levels.off');
  const from = (at: number) => topMembers(context.db, guild, { after: at * ON_A_PAGE, limit: ON_A_PAGE });
  const [asked, own] = await Promise.all([from(wanted), placeOfMember(context.db, guild, interaction.user.id)]);
  if (asked.people === 0) return say('commands.leaderboard.none');
  const pages = Math.min(MOST_PAGES, Math.ceil(asked.people / ON_A_PAGE));
  const at = Math.min(wanted, pages - 1);
  const { top } = at === wanted ? asked : await from(at);
  const lines = top.map(({ member, points }, index) =>
    t('commands.leaderboard.line', {
      place: at * ON_A_PAGE + index + 1,
      who: mention('user', member),
      level: levelOf(points),
      points: amount(points),
    }),
  );
  return {
    tone: 'info',
    title: t('commands.leaderboard.title', { count: asked.people }),
    parts: [
      { kind: 'lines', lines },
      ...(pages > 1 ? [buttons(at, pages)] : []),
      ...(own
        ? [{ kind: 'small', text: t('commands.leaderboard.own', { ...own, place: amount(own.place) }) } as const]
        : []),
    ],
  };
}

function buttons(at: number, pages: number): Part {
  const step = (to: number, key: 'earlier' | 'later') => ({
    label: t(`commands.leaderboard.${key}`),
    customId: turn.customId({ page: Math.max(0, to) }),
    disabled: to < 0 || to >= pages,
  });
  return { kind: 'buttons', buttons: [step(at - 1, 'earlier'), step(at + 1, 'later')] };
}
