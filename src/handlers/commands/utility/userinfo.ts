import { type BaseInteraction, DiscordAPIError, type GuildMember, RESTJSONErrorCodes, type User } from 'discord.js';
import type { Context } from '../../../context.ts';
import { withDeadline } from '../../../lib/deadline.ts';
import { failures } from '../../../lib/failures.ts';
import type { Answer } from '../../../services/answers/answer.ts';
import { code, list, markup, mention, t, timestamp, type Words } from '../../../services/answers/words.ts';
import { type Asked, defineCommand, defineUserMenu } from '../../define.ts';
import { user } from '../../options.ts';

const PART_LIMIT_MS = 5_000;
const MOST_ROLES = 20;
/** A small PNG says as much about its colours as a large one. Pixels. */
const AVATAR_SIZE = 64;

const PARTS = ['joined', 'roles', 'avatar', 'activity'] as const;
type Part = (typeof PARTS)[number];

const menu = defineUserMenu({
  id: 'user-info',
  visible: 'private',
  run: (asked, context) => describe(asked.interaction.targetUser, asked, context),
});

export default defineCommand({
  options: { who: user({ optional: true }) },
  menus: [menu],
  run: (asked, context) => describe(asked.options.who ?? asked.interaction.user, asked, context),
});

/** Gathers every part at the same time; one that fails is named, and the rest is shown. */
async function describe(who: User, { interaction, signal }: Asked<BaseInteraction>, context: Context): Promise<Answer> {
  const found = new Map<Part, Words>();
  const member = memberOf(who, interaction);
  const work: Record<Part, () => Promise<Words>> = {
    joined: async () => joined(await member),
    roles: async () => roles(await member),
    avatar: async () => coloursOf(await avatar(who, context, signal)),
    activity: async () => activityOf(who, interaction, context),
  };
  const gathered = PARTS.map((part) => {
    const done = withDeadline(part, work[part], { signal, deadlineMs: PART_LIMIT_MS }).then((words) =>
      found.set(part, words),
    );
    return [part, done] as const;
  });
  const failed = await failures(Object.fromEntries(gathered));
  for (const [part, error] of failed) context.log.warn({ error, part }, 'a part of a person could not be found out');
  const account = t('commands.userinfo.created', { when: timestamp(who.createdAt, 'D') });
  return {
    tone: failed.length > 0 ? 'warning' : 'info',
    title: who.displayName,
    thumbnail: who.displayAvatarURL({ extension: 'png', size: 256 }),
    parts: [
      { kind: 'text', text: mention('user', who.id) },
      {
        kind: 'fields',
        fields: [
          [t('commands.userinfo.account'), account],
          ...PARTS.map(
            (part) => [t(`commands.userinfo.${part}`), found.get(part) ?? t('commands.userinfo.partFailed')] as const,
          ),
        ],
      },
    ],
    ...(failed.length > 0 && { next: t('commands.userinfo.partsFailed') }),
  };
}

/** The member, also when the cache has dropped them; nothing for somebody who is not here. */
async function memberOf(who: User, interaction: BaseInteraction): Promise<GuildMember | undefined> {
  try {
    return await interaction.guild?.members.fetch(who.id);
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember) return undefined;
    throw error;
  }
}

function joined(member: GuildMember | undefined): Words {
  return member?.joinedAt ? timestamp(member.joinedAt) : t('commands.userinfo.neverJoined');
}

function roles(member: GuildMember | undefined): Words {
  if (!member) return t('commands.userinfo.neverJoined');
  const held = [...member.roles.cache.values()]
    .filter(({ id }) => id !== member.guild.id)
    .sort((a, b) => b.position - a.position);
  if (held.length === 0) return t('commands.userinfo.noRoles');
  const shown = markup(
    held
      .slice(0, MOST_ROLES)
      .map(({ id }) => mention('role', id).markup)
      .join(' '),
  );
  const more = held.length - MOST_ROLES;
  return more > 0 ? list([shown, t('commands.userinfo.moreRoles', { count: more })]) : shown;
}

async function avatar(who: User, { io, workers }: Context, signal: AbortSignal) {
  const url = who.displayAvatarURL({ extension: 'png', size: AVATAR_SIZE, forceStatic: true });
  const { bytes } = await io.download(url, { signal, deadlineMs: PART_LIMIT_MS });
  const png = new Uint8Array(bytes);
  const { colours } = await workers.offload('avatarColours', { png }, { signal, transfer: [png.buffer] });
  return colours;
}

function coloursOf(colours: readonly { readonly hex: string; readonly share: number }[]): Words {
  return list(
    colours.map(({ hex, share }) => t('commands.userinfo.colour', { hex: code(hex), share: Math.round(share * 100) })),
  );
}

async function activityOf(who: User, { guildId }: BaseInteraction, { activity }: Context): Promise<Words> {
  const sums = guildId === null ? undefined : await activity.ofMember(guildId, who.id);
  if (!sums || sums.messages === 0) return t('commands.userinfo.activityNone');
  const counted = (['messages', 'words', 'links', 'mentions'] as const).map(
    (what) => [what, t(`commands.userinfo.${what}`, { count: sums[what] })] as const,
  );
  return t('commands.userinfo.activityLine', Object.fromEntries(counted));
}
