import { bitsOf } from '../permissions.ts';

/** What Discord gives @everyone in a new server. */
export const EVERYONE = bitsOf(
  'ViewChannel',
  'CreateInstantInvite',
  'ChangeNickname',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'UseExternalStickers',
  'ReadMessageHistory',
  'UseApplicationCommands',
  'Connect',
  'Speak',
  'UseVAD',
  'Stream',
);

export const MODERATOR = bitsOf(
  'ManageMessages',
  'ManageThreads',
  'ManageNicknames',
  'KickMembers',
  'BanMembers',
  'ModerateMembers',
  'ViewAuditLog',
  'MuteMembers',
  'DeafenMembers',
  'MoveMembers',
);

/** What a community bot is usually invited with: everything but administrator. */
export const BOT =
  bitsOf(
    'ManageGuild',
    'ManageChannels',
    'ManageRoles',
    'ManageWebhooks',
    'ManageEvents',
    'ManageGuildExpressions',
    'MentionEveryone',
    'CreatePrivateThreads',
    'PinMessages',
  ) |
  MODERATOR |
  EVERYONE;
