import type { ChatInputCommandInteraction, User } from 'discord.js';
import type { Answer, Part } from '../../../services/answers/answer.ts';
import { t } from '../../../services/answers/words.ts';
import { defineCommand } from '../../define.ts';
import { user } from '../../options.ts';

/** Pixels. */
const SIZE = 1_024;

/** The picture of somebody's account, and the one they have in this server alone. */
export default defineCommand({
  options: { who: user({ optional: true }) },
  where: 'anywhere',
  run({ interaction, options, reader: { i18n, locale } }) {
    const who = options.who ?? interaction.user;
    const alt = (key: 'described' | 'describedHere') =>
      i18n.t(`commands.avatar.${key}`, { who: who.displayName }, locale);
    const here = pictureHere(who, interaction);
    const account = who.displayAvatarURL({ size: SIZE });
    return {
      tone: 'info',
      title: who.displayName,
      parts: [
        ...(here === undefined ? [] : picture(here, alt('describedHere'))),
        ...picture(account, alt('described')),
        { kind: 'buttons', buttons: links(here, account) },
      ],
    } satisfies Answer;
  },
});

function picture(url: string, description: string): readonly Part[] {
  return [{ kind: 'picture', url, description }];
}

function links(here: string | undefined, account: string) {
  const original = { label: t('commands.avatar.open'), url: account };
  return here === undefined ? [original] : [{ label: t('commands.avatar.openHere'), url: here }, original];
}

/** The picture that somebody has in this server; nothing where they have none of their own, or are not in it. */
function pictureHere(who: User, { user: asker, member, options }: ChatInputCommandInteraction): string | undefined {
  const found = who.id === asker.id ? member : options.resolved?.members?.get(who.id);
  if (!found || !('avatarURL' in found)) return undefined;
  return found.avatarURL({ size: SIZE }) ?? undefined;
}
