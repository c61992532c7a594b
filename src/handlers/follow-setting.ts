import {
  type BaseInteraction,
  ChannelType,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  type Role,
} from 'discord.js';
import type { APIRole } from 'discord-api-types/v10';
import type { ShownFollow } from '../db/follows.ts';
import type { Answer } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { markup, mention, type Said, t, timestamp, type Words } from '../services/answers/words.ts';
import type { Followed, Wanted } from '../services/follows/follow.ts';
import { titleOf } from '../services/follows/message.ts';
import { channel, role } from './options.ts';
import { channelToPostIn } from './post-setting.ts';

/** For everything about what a server follows. */
export const FOLLOW_RULES = { needs: PermissionFlagsBits.ManageGuild, visible: 'private' } as const;

/** Where it is posted and who is told, for every command that follows something. */
export const FOLLOW_OPTIONS = {
  channel: channel({
    optional: true,
    types: [
      ChannelType.GuildText,
      ChannelType.GuildAnnouncement,
      ChannelType.PublicThread,
      ChannelType.PrivateThread,
      ChannelType.AnnouncementThread,
    ],
  }),
  role: role({ optional: true }),
};

interface Chosen {
  readonly channel: { readonly id: string } | undefined;
  readonly role: Role | APIRole | undefined;
}

/** The channel and the role, if whoever asks and the bot may write there and name it. UserError that says who may not. */
export function wantedBy(interaction: BaseInteraction, { channel, role }: Chosen): Omit<Wanted, 'sorts'> {
  const target = channelToPostIn(interaction, channel?.id ?? interaction.channelId ?? '0');
  if (role) checkRole(interaction, role, target);
  return { guild: target.guildId, channel: target.id, role: role?.id ?? null, owner: interaction.user.id };
}

/** A role that not everybody may mention has to be one that both may. */
function checkRole(interaction: BaseInteraction, role: Role | APIRole, target: GuildTextBasedChannel): void {
  if (role.id === target.guildId) throw new UserError('follows.notEveryone');
  if (role.mentionable) return;
  const needed = PermissionFlagsBits.MentionEveryone;
  const may = (who: string) => target.permissionsFor(who)?.has(needed) ?? false;
  const params = { role: mention('role', role.id), where: mention('channel', target.id) };
  if (!may(interaction.user.id)) throw new UserError('follows.mayNotMention', params);
  if (!may(target.client.user.id)) throw new UserError('follows.botMayNotMention', params);
}

/** What is followed from now on, and the latest of it, so that one sees it is the right thing. */
export function followedCard(
  { title, address, newest, again, checkAt }: Followed,
  { channel: where, role: told }: Pick<Wanted, 'channel' | 'role'>,
  {
    fields = [],
    notes = [],
  }: { readonly fields?: readonly (readonly [Words, Words])[]; readonly notes?: readonly Said[] } = {},
): Answer {
  return {
    tone: 'good',
    title: t(again ? 'follows.again' : 'follows.started'),
    parts: [
      {
        kind: 'fields',
        fields: [
          [t('follows.what'), title],
          [t('follows.address'), shownAddress(address)],
          [t('follows.where'), mention('channel', where)],
          ...(told === null ? [] : [[t('follows.role'), mention('role', told)] as const]),
          ...fields,
          [t('follows.next'), timestamp(checkAt)],
        ],
      },
      ...(newest
        ? [
            { kind: 'line' } as const,
            {
              kind: 'lines',
              title: t('follows.newest'),
              lines: [titleOf(newest), ...(newest.url === null ? [] : [markup(newest.url)])],
            } as const,
          ]
        : [{ kind: 'small', text: t('follows.nothingYet') } as const]),
      ...notes.map((text) => ({ kind: 'small', text }) as const),
    ],
    next: t('follows.fromNow'),
  };
}

/** A web address so that it can be followed, a repository's name as it is. */
export function shownAddress(address: ShownFollow['address']): Words {
  return address.startsWith('http') ? markup(address) : address;
}
