import { ChannelType, type Guild, PermissionFlagsBits as P, type Role } from 'discord.js';
import type { Context } from '../../../context.ts';
import type { SelectOption } from '../../../services/answers/answer.ts';
import { mention, type Said, t } from '../../../services/answers/words.ts';
import { isPreset, PRESETS } from '../../../services/automod/presets.ts';
import { readBook } from '../../../services/automod/rule-book.ts';
import type { IntroducedStep } from '../../../services/introduction/buttons.ts';
import { type Ranks, rankOfPermissions } from '../../../services/permissions/ranks.ts';

/** What Discord takes in one menu. */
const MOST = 25;
const LOG_NAME = /log|mod|staff|admin|team/iu;
/** The rank of those who moderate: they ban, and with it do what is less than that. */
export const MODERATORS = 6;
const MODERATES = P.ModerateMembers | P.KickMembers | P.BanMembers | P.ManageMessages;

interface Choices {
  readonly placeholder: Said;
  readonly options: readonly SelectOption[];
}

/** What can be chosen in a step, the likeliest first: a menu has no room for all channels and roles of a large server. */
export function choicesFor(step: IntroducedStep, guild: Guild, ranks: Ranks): Choices {
  const placeholder = t(`introduction.pick.${step}`);
  if (step === 'logs') return { placeholder, options: channelsOf(guild) };
  return { placeholder, options: step === 'ranks' ? rolesOf(guild, ranks) : presets() };
}

/** What a step is about, and what is chosen in it now. */
export async function stepWords(step: IntroducedStep, guild: Guild, context: Context): Promise<Said> {
  if (step === 'automod') {
    const { rules } = await readBook(guild.id, context);
    return t('introduction.now.automod', { about: t('settings.setup.steps.automod.about'), count: rules.length });
  }
  const about = t(`settings.setup.steps.${step}.about`);
  if (step === 'ranks') {
    const { roles } = await context.settings.of(guild.id, 'permissions');
    return t('introduction.now.ranks', { about, count: Object.keys(roles).length });
  }
  const { logChannel } = await context.settings.of(guild.id, 'logs');
  if (!logChannel) return about;
  return t('introduction.now.logs', { about, channel: mention('channel', logChannel) });
}

function channelsOf(guild: Guild): readonly SelectOption[] {
  const { me } = guild.members;
  const open = [...guild.channels.cache.values()].filter(
    (channel) =>
      channel.type === ChannelType.GuildText &&
      me !== null &&
      channel.permissionsFor(me).has(P.ViewChannel | P.SendMessages),
  );
  const likely = (name: string) => (LOG_NAME.test(name) ? 0 : 1);
  return open
    .toSorted((a, b) => likely(a.name) - likely(b.name))
    .slice(0, MOST)
    .map(({ id, name }) => ({ value: id, label: `#${name}` }));
}

/** Whether a role is to be that of moderators: those of bots are nobody's to use, everybody's is no moderator's, and what is more than that stays so. */
export function canModerate({ id, guild, managed, permissions }: Role, { roles }: Ranks): boolean {
  const rank = Object.keys(roles).length > 0 ? (roles[id] ?? 0) : rankOfPermissions(permissions);
  return id !== guild.id && !managed && rank <= MODERATORS && !permissions.has(P.Administrator);
}

function rolesOf(guild: Guild, ranks: Ranks): readonly SelectOption[] {
  const own = [...guild.roles.cache.values()].filter((role) => canModerate(role, ranks));
  const likely = (bits: { any: (bit: bigint) => boolean }) => (bits.any(MODERATES) ? 0 : 1);
  return own
    .toSorted((a, b) => likely(a.permissions) - likely(b.permissions) || b.position - a.position)
    .slice(0, MOST)
    .map(({ id, name }) => ({ value: id, label: name }));
}

function presets(): readonly SelectOption[] {
  return Object.keys(PRESETS)
    .filter(isPreset)
    .map((name) => ({
      value: name,
      label: t(`automod.presets.about.${name}.name`),
      description: t(`automod.presets.about.${name}.about`),
    }));
}
