import { Type } from '@sinclair/typebox';
import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../context.ts';
import { readsTwoWays } from '../../../lib/time/parse.ts';
import type { Saying } from '../../../services/afk/afk-list.ts';
import type { Answer } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { mention, t, type Words } from '../../../services/answers/words.ts';
import { defineCommand, defineUserMenu } from '../../define.ts';
import { defineDraft } from '../../draft.ts';
import { text } from '../../options.ts';
import { LONGEST_WHEN, nearAndFar, offerWhen, readMoment, whenFields } from '../../when-option.ts';

const LONGEST_REASON = 200;
const LONGEST_MS = 366 * 86_400_000;
const RULES = { visible: 'private' } as const;

/** What can be read two ways is shown first. */
const draft = defineDraft({
  ...RULES,
  id: 'afk',
  schema: Type.Object({ guild: Type.String(), reason: Type.String(), until: Type.Integer() }),
  async store({ guild, reason, until }, user, { afk, now }) {
    if (until <= now().getTime()) throw new UserError('time.over');
    return cardOf(await afk.set({ guild, user }, now(), async () => ({ reason, until: new Date(until) })));
  },
});

/** For moderators: a reason may be one that should not stand there. */
const endAfk = defineUserMenu({
  ...RULES,
  id: 'afk-end',
  needs: PermissionFlagsBits.ManageMessages,
  async run({ interaction }, { afk, log }) {
    const { guildId, targetUser, user } = interaction;
    const who = mention('user', targetUser.id);
    const ended = await afk.clear({ guild: guildId ?? '0', user: targetUser.id });
    if (!ended) throw new UserError('afk.notAway', { who });
    log.info({ guild: guildId, by: user.id, user: targetUser.id }, 'a moderator ended an absence');
    return { tone: 'good', parts: [{ kind: 'text', text: t('afk.ended', { who }) }] };
  },
});

/** Says that whoever asks is away in this server, until they write. */
export default defineCommand({
  ...RULES,
  options: {
    reason: text({ optional: true, max: LONGEST_REASON }),
    until: text({ optional: true, max: LONGEST_WHEN, autocomplete: offerWhen }),
  },
  menus: [endAfk],
  components: draft.components,
  async run({ interaction, options: { until, ...options } }, context) {
    const { user, createdAt } = interaction;
    const guild = interaction.guildId ?? '0';
    const reason = (options.reason ?? '').replaceAll(/\s+/g, ' ').trim();
    if (until !== undefined && readsTwoWays(until)) {
      const when = await endOf(until, interaction, context);
      const parts = [{ kind: 'fields', fields: whenFields(when) }] as const;
      const shown = { title: t('afk.confirm'), parts, yes: t('afk.yes') };
      return draft.ask({ guild, reason, until: when.at.getTime() }, user.id, shown, context);
    }
    const stored = await context.afk.set({ guild, user: user.id }, createdAt, async () => ({
      reason,
      until: until === undefined ? null : (await endOf(until, interaction, context)).at,
    }));
    return cardOf(stored);
  },
});

function endOf(typed: string, writer: Parameters<typeof readMoment>[1], context: Context) {
  return readMoment(typed, writer, context, { maxMs: LONGEST_MS });
}

function cardOf({ reason, until }: Saying): Answer {
  const fields: (readonly [Words, Words])[] = [
    ...(reason === '' ? [] : [[t('afk.reason'), reason] as const]),
    ...(until === null ? [] : [[t('afk.until'), nearAndFar(until)] as const]),
  ];
  return {
    tone: 'good',
    title: t('afk.set'),
    parts: fields.length > 0 ? [{ kind: 'fields', fields }] : [],
    next: t(until === null ? 'afk.next' : 'afk.nextUntil'),
  };
}
