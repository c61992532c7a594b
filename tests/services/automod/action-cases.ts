import type { ActionName, ActionOf } from '../../../src/workers/rules/schema.ts';
import type { TestBot } from '../../bot.ts';
import { bannedIn, casesOf } from '../../handlers/commands/moderation/moderated.ts';
import { said, written } from './acting.ts';

/** One that nobody has, and one that everybody has whom the test knows. */
interface Roles {
  readonly given: string;
  readonly taken: string;
}

/** Somebody who wrote a message, and where. */
export interface Writer {
  readonly bot: TestBot;
  readonly roles: Roles;
  readonly channel: string;
  readonly who: string;
  readonly message: string;
  /** Another message of theirs of before, which says nearly the same. */
  readonly copy: string;
}

interface Case<A extends ActionName> {
  readonly action: (roles: Roles) => ActionOf<A>;
  /** What is said, where that matters. */
  readonly says?: string;
  /** Whether Discord shows that it was done to somebody. */
  readonly isDone: (writer: Writer) => boolean | Promise<boolean>;
}

const REPLY = 'Please read the rules of the colony.';

function memberOf({ bot: { discord }, who }: Writer) {
  return discord.state.guild(discord.guildId).members.get(who);
}

function isGone({ bot }: Writer, id: string): boolean {
  return bot.discord.state.messages.get(id) === undefined;
}

/** What moderators are told of a message, with buttons or without. */
function isTold({ bot, message }: Writer, title: string): boolean {
  return said(bot).some((text) => text.includes(title) && text.includes(message));
}

async function hasCase({ bot, who }: Writer, type: string): Promise<boolean> {
  return (await casesOf(bot)).some((one) => one.target === who && one.type === type && one.state === 'done');
}

/** For each action that there is. */
export const ACTION_CASES: { readonly [A in ActionName]: Case<A> } = {
  delete: {
    action: () => ({ do: 'delete' }),
    isDone: (writer) => isGone(writer, writer.message) && !isGone(writer, writer.copy),
  },
  'delete-copies': {
    action: () => ({ do: 'delete-copies' }),
    says: 'Whoever finds a grey woollen glove near the lighthouse may keep it, since I have lost the other one as well',
    isDone: (writer) => isGone(writer, writer.message) && isGone(writer, writer.copy),
  },
  warn: { action: () => ({ do: 'warn' }), isDone: (writer) => hasCase(writer, 'warn') },
  timeout: {
    action: () => ({ do: 'timeout', for: 3_600 }),
    isDone: async (writer) =>
      Boolean(memberOf(writer)?.communication_disabled_until) && (await hasCase(writer, 'timeout')),
  },
  kick: {
    action: () => ({ do: 'kick' }),
    isDone: async (writer) => memberOf(writer) === undefined && (await hasCase(writer, 'kick')),
  },
  ban: {
    action: () => ({ do: 'ban', deleteDays: 0 }),
    isDone: async (writer) => bannedIn(writer.bot).includes(writer.who) && (await hasCase(writer, 'ban')),
  },
  'add-role': {
    action: ({ given }) => ({ do: 'add-role', role: given }),
    isDone: (writer) => memberOf(writer)?.roles.includes(writer.roles.given) === true,
  },
  'remove-role': {
    action: ({ taken }) => ({ do: 'remove-role', role: taken }),
    isDone: (writer) => memberOf(writer)?.roles.includes(writer.roles.taken) === false,
  },
  slowmode: {
    action: () => ({ do: 'slowmode', seconds: 30, for: 3_600 }),
    isDone: ({ bot, channel }) => bot.discord.state.channel(channel).rate_limit_per_user === 30,
  },
  alert: { action: () => ({ do: 'alert' }), isDone: (writer) => isTold(writer, 'A rule was hit: It does alert') },
  reply: {
    action: () => ({ do: 'reply', text: REPLY }),
    isDone: ({ bot, channel, message }) =>
      written(bot, channel).some((one) => one.message_reference?.message_id === message && textOf(one).includes(REPLY)),
  },
  log: { action: () => ({ do: 'log' }), isDone: (writer) => isTold(writer, 'Automod: It does log') },
};

function textOf({ content, components }: ReturnType<typeof written>[number]): string {
  return `${content} ${JSON.stringify(components)}`;
}
