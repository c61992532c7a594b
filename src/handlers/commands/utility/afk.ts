import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { mention, t, type Words } from '../../../services/answers/words.ts';
import { defineCommand, defineUserMenu } from '../../define.ts';
import { text } from '../../options.ts';
import { LONGEST_WHEN, nearAndFar, offerWhen, readMoment } from '../../when-option.ts';

const LONGEST_REASON = 200;
const LONGEST_MS = 366 * 86_400_000;
const RULES = { visible: 'private' } as const;

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
  async run({ interaction, options }, context) {
    const whose = { guild: interaction.guildId ?? '0', user: interaction.user.id };
    const stored = await context.afk.set(whose, interaction.createdAt, async () => ({
      reason: (options.reason ?? '').replaceAll(/\s+/g, ' ').trim(),
      until: options.until === undefined ? null : await endOf(options.until, interaction, context),
    }));
    const { reason, until } = stored;
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
  },
});

async function endOf(typed: string, writer: Parameters<typeof readMoment>[1], context: Context): Promise<Date> {
  return (await readMoment(typed, writer, context, { maxMs: LONGEST_MS })).at;
}
