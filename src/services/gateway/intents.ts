import { ApplicationFlags, GatewayIntentBits } from 'discord-api-types/v10';

/** What Discord gives to every bot. */
const ORDINARY =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildModeration |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.DirectMessages;

/** What an application must be allowed in the developer portal, and what is off without it. */
const PRIVILEGED = [
  {
    name: 'Message Content',
    intent: GatewayIntentBits.MessageContent,
    flags: ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
    without: 'counting words and links in messages',
  },
  {
    name: 'Server Members',
    intent: GatewayIntentBits.GuildMembers,
    flags: ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
    without: 'noticing members who join, leave or change',
  },
] as const;

/** A privileged intent the application does not have, and the features that are off for it. */
export interface MissingIntent {
  readonly name: string;
  readonly without: string;
}

/** The intents to ask for, given the application's flags: asking for one it lacks would be refused altogether. */
export function intentsFor(flags: number): { readonly intents: number; readonly missing: readonly MissingIntent[] } {
  const allowed = PRIVILEGED.filter((one) => (flags & one.flags) !== 0);
  const missing = PRIVILEGED.filter((one) => !allowed.includes(one)).map(({ name, without }) => ({ name, without }));
  return { intents: allowed.reduce((all, { intent }) => all | intent, ORDINARY), missing };
}
