import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { randomBelow } from '../../../../lib/random.ts';
import type { Answer, Attached, Part } from '../../../../services/answers/answer.ts';
import { markup, mention, type Reader, t } from '../../../../services/answers/words.ts';
import { CARD_AVATAR } from '../../../../services/cards/account-picture.ts';
import { welcomeFor } from '../../../../services/joining/welcome.ts';
import { welcomeCard } from '../../../../services/joining/welcome-card.ts';
import { whyNotMine } from '../../../../services/moderation/member-roles.ts';
import { moderates } from '../../../../services/moderation/taken-roles.ts';
import { defineCommand } from '../../../define.ts';
import { guildOf, SETTINGS_RULES } from '../../../settings/rights.ts';

const PLACES = ['channel', 'dm', 'farewell'] as const;
const DRAWS = 1_000;

/** Shows whoever asks how they would be welcomed, and what would keep the bot from that. */
export default defineCommand({
  ...SETTINGS_RULES,
  run: async ({ interaction, reader, signal }, context): Promise<Answer> => {
    const texts = await textsFor(interaction, context);
    const card = await cardFor(interaction, { reader, signal }, context);
    const troubles = await troublesOf(interaction, context);
    return {
      tone: troubles.length > 0 ? 'warning' : 'info',
      title: t('commands.welcome.test.title'),
      parts: [
        ...texts,
        ...(texts.length === 0 ? [{ kind: 'text', text: t('commands.welcome.test.nothing') } as const] : []),
        ...troubles,
      ],
      ...(card && { pictures: [card] }),
      next: t('commands.welcome.test.next'),
    };
  },
});

async function textsFor(interaction: BaseInteraction, context: Context): Promise<readonly Part[]> {
  const guild = guildOf(interaction);
  const { channel } = await context.settings.of(guild.id, 'welcome');
  const { id, username, globalName } = interaction.user;
  const newcomer = { id, name: globalName ?? username, count: guild.memberCount };
  const draw = randomBelow(DRAWS);
  const said = await Promise.all(
    PLACES.filter((where) => where === 'dm' || channel !== undefined).map(async (where) => {
      const text = await welcomeFor(guild.id, newcomer, { where, draw }, context);
      return { where, text };
    }),
  );
  return said.flatMap(({ where, text }): readonly Part[] =>
    text === undefined
      ? []
      : [
          { kind: 'small', text: t(`commands.welcome.test.${where}`, { channel: mention('channel', channel ?? '0') }) },
          { kind: 'text', text: markup(text) },
        ],
  );
}

/** The picture that stands under the words in the channel, where the server wants one. */
async function cardFor(
  interaction: BaseInteraction,
  { reader, signal }: { readonly reader: Reader; readonly signal: AbortSignal },
  context: Context,
): Promise<Attached | undefined> {
  const guild = guildOf(interaction);
  const [{ channel, card }, { language: locale }] = await Promise.all([
    context.settings.of(guild.id, 'welcome'),
    context.settings.of(guild.id, 'general'),
  ]);
  if (channel === undefined || !card) return undefined;
  const { id, username: account, globalName } = interaction.user;
  const newcomer = { id, name: globalName ?? account, count: guild.memberCount, account };
  const picture = interaction.user.displayAvatarURL(CARD_AVATAR);
  return welcomeCard({ ...newcomer, picture }, { server: guild.name, reader: { ...reader, locale }, signal }, context);
}

/** The roles that would not be given, and why. */
async function troublesOf(interaction: BaseInteraction, context: Context): Promise<readonly Part[]> {
  const guild = guildOf(interaction);
  const { people, bots } = await context.settings.of(guild.id, 'joinRoles');
  const points = await Promise.all(
    [...new Set([...people, ...bots])].map(async (id) => {
      const why = (await whyNotMine(guild, { id })) ?? (moderates(guild, id) ? t('joining.moderates') : undefined);
      return why ? [t('joining.refused.role', { role: mention('role', id), why })] : [];
    }),
  );
  return points.flat().length > 0 ? [{ kind: 'points', points: points.flat() }] : [];
}
