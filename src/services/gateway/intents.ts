import { ApplicationFlags, GatewayIntentBits } from 'discord-api-types/v10';
import type { Key } from '../../lib/i18n.ts';

/** What Discord gives to every bot. */
const ORDINARY =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildModeration |
  GatewayIntentBits.GuildExpressions |
  GatewayIntentBits.GuildInvites |
  GatewayIntentBits.GuildWebhooks |
  GatewayIntentBits.GuildScheduledEvents |
  GatewayIntentBits.GuildVoiceStates |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.DirectMessages;

/** What an application must be allowed in the developer portal, and what is off without it. */
const PRIVILEGED = [
  {
    name: 'Message Content',
    intent: GatewayIntentBits.MessageContent,
    flags: ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
    without: 'intents.messageContent',
  },
  {
    name: 'Server Members',
    intent: GatewayIntentBits.GuildMembers,
    flags: ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
    without: 'intents.members',
  },
] as const satisfies readonly (MissingIntent & { readonly intent: GatewayIntentBits; readonly flags: number })[];

/** A privileged intent the application does not have, and the features that are off for it. */
export interface MissingIntent {
  readonly name: string;
  /** The catalogue's words for what does not work without it. */
  readonly without: Key;
}

/** The intents to ask for, given the application's flags: asking for one it lacks would be refused altogether. */
export function intentsFor(flags: number): { readonly intents: number; readonly missing: readonly MissingIntent[] } {
  const allowed = PRIVILEGED.filter((one) => (flags & one.flags) !== 0);
  const missing = PRIVILEGED.filter((one) => !allowed.includes(one)).map(({ name, without }) => ({ name, without }));
  return { intents: allowed.reduce((all, { intent }) => all | intent, ORDINARY), missing };
}
