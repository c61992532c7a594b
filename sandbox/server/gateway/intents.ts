import { GatewayIntentBits as I } from 'discord-api-types/v10';

export const PRIVILEGED = { members: I.GuildMembers, presences: I.GuildPresences, content: I.MessageContent } as const;
export type PrivilegedIntents = Readonly<Record<keyof typeof PRIVILEGED, boolean>>;

export const KNOWN_INTENTS = Object.values(I).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

const EXACT: Readonly<Record<string, number>> = {
  GUILD_AUDIT_LOG_ENTRY_CREATE: I.GuildModeration,
  GUILD_BAN_ADD: I.GuildModeration,
  GUILD_BAN_REMOVE: I.GuildModeration,
  GUILD_EMOJIS_UPDATE: I.GuildExpressions,
  GUILD_STICKERS_UPDATE: I.GuildExpressions,
  GUILD_MEMBER_ADD: I.GuildMembers,
  GUILD_MEMBER_REMOVE: I.GuildMembers,
  GUILD_MEMBER_UPDATE: I.GuildMembers,
  INVITE_CREATE: I.GuildInvites,
  INVITE_DELETE: I.GuildInvites,
  PRESENCE_UPDATE: I.GuildPresences,
  THREAD_MEMBERS_UPDATE: I.Guilds,
  VOICE_STATE_UPDATE: I.GuildVoiceStates,
  WEBHOOKS_UPDATE: I.GuildWebhooks,
};

const PREFIXED: readonly (readonly [prefix: string, inGuild: number, inDm: number])[] = [
  ['MESSAGE_REACTION_', I.GuildMessageReactions, I.DirectMessageReactions],
  ['MESSAGE_', I.GuildMessages, I.DirectMessages],
  ['TYPING_START', I.GuildMessageTyping, I.DirectMessageTyping],
  ['CHANNEL_PINS_UPDATE', I.Guilds, I.DirectMessages],
  ['CHANNEL_', I.Guilds, I.DirectMessages],
  ['THREAD_', I.Guilds, I.Guilds],
  ['GUILD_INTEGRATIONS_', I.GuildIntegrations, 0],
  ['INTEGRATION_', I.GuildIntegrations, 0],
  ['GUILD_SCHEDULED_EVENT_', I.GuildScheduledEvents, 0],
  ['GUILD_', I.Guilds, 0],
  ['STAGE_INSTANCE_', I.Guilds, 0],
];

/** The intent that lets a session hear of an event; 0 for what every session hears (interactions, for one). */
export function intentOf(t: string, inGuild: boolean): number {
  const exact = EXACT[t];
  if (exact !== undefined) return exact;
  const found = PREFIXED.find(([prefix]) => t.startsWith(prefix));
  if (!found) return 0;
  return inGuild ? found[1] : found[2];
}
