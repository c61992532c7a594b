import type { APIMessage } from 'discord-api-types/v10';
import type { Sandbox } from '../../../sandbox/server/sandbox.ts';
import type { Says } from '../../../sandbox/server/verbs/talk.ts';
import type { TriggerOf, TriggerType } from '../../../src/workers/rules/schema.ts';
import type { TestBot } from '../../bot.ts';
import { pe } from '../../files/executables.ts';
import { png } from '../../files/png.ts';
import { scamScene } from '../../files/scenes.ts';
import { upload } from '../../handlers/commands/files/inspected.ts';
import { SCAM_PNG } from '../../handlers/commands/moderation/shield/guarded.ts';

/** Where the rule of one trigger holds, and nothing else is written. */
export interface Place {
  readonly bot: TestBot;
  readonly channel: string;
  readonly category: string;
  /** Writes as `member`, unless it is said who, and here, unless it is said where. */
  say(says: Says): Promise<APIMessage>;
  edit(message: APIMessage, content: string): Promise<APIMessage>;
  /** Begins a thread here, and gives its id. */
  thread(name: string): Promise<string>;
  /** Resolves once all that was written has been judged. */
  judged(): Promise<void>;
}

type Write = (place: Place) => Promise<APIMessage>;

interface Case<T extends TriggerType> {
  readonly when: (place: Place) => TriggerOf<T>;
  /** Gives the message of which the trigger holds. */
  readonly trips: Write;
  /** Gives one that is like it, and of which it does not hold. */
  readonly stays: Write;
}

function says(content: string, more: Omit<Says, 'content'> = {}): Write {
  return ({ say }) => say({ content, ...more });
}

/** Gives the last of several. */
function repeats(times: number, contentOf: (turn: number) => string, as: string): Write {
  return async ({ say }) => {
    for (let turn = 1; turn < times; turn += 1) await say({ as, content: contentOf(turn) });
    return await say({ as, content: contentOf(times) });
  };
}

/** What Discord answers to an order of the server's owner. */
export async function made(discord: Sandbox, path: string, body: object, as = 'owner'): Promise<{ id: string }> {
  return (await discord.rest('POST', path, { as, body })) as { id: string }; // all that is made has one
}

/** An invitation to a channel. */
async function invitation(discord: Sandbox, channel: string, as: string): Promise<string> {
  const invite = await discord.rest('POST', `/channels/${channel}/invites`, { as, body: {} });
  return `https://discord.gg/${(invite as { code: string }).code}`; // as Discord answers
}

const SPAM = 'Anybody who wants a boat trip to the colony may write to me before the weekend';

/** For each trigger that there is. */
export const TRIGGER_CASES: { readonly [T in TriggerType]: Case<T> } = {
  words: {
    when: () => ({ type: 'words', terms: ['krill soup'], match: 'word', except: ['cold krill soup'] }),
    trips: says('who wants KR\u200bILL  s\u043eup?'),
    stays: says('who wants cold krill soup?'),
  },
  pattern: {
    when: () => ({ type: 'pattern', source: 'gr[ae]y\\s+seal', ignoreCase: true, of: 'canonical', engine: 'linear' }),
    trips: says('a Grey   seal'),
    stays: says('a groy seal'),
  },
  link: {
    when: () => ({ type: 'link', which: 'outside', domains: ['penguins.example'] }),
    trips: says('see https://gulls.example/penguins.example'),
    stays: says('see https://www.penguins.example/'),
  },
  invite: {
    when: ({ bot }) => ({ type: 'invite', allow: [bot.discord.people.owner] }),
    async trips({ bot: { discord }, say }) {
      const guild = discord.state.guild(await discord.addGuild('Elsewhere'));
      const channel = discord.state.channelsOf(guild).find(({ name }) => name === 'general');
      return await say({ content: await invitation(discord, channel?.id ?? '', guild.ownerId) });
    },
    stays: async ({ bot: { discord }, channel, say }) =>
      await say({ content: await invitation(discord, channel, 'owner') }),
  },
  capitals: {
    when: () => ({ type: 'capitals', percent: 70, least: 10 }),
    trips: says('LOOK AT THAT SEAL there'),
    stays: says('LOOK at that seal over there'),
  },
  repeats: {
    when: () => ({ type: 'repeats', times: 8 }),
    trips: says('noooooooooo'),
    stays: says('nooooo'),
  },
  lines: { when: () => ({ type: 'lines', over: 3 }), trips: says('1\n2\n3\n4'), stays: says('1\n2\n3') },
  length: { when: () => ({ type: 'length', over: 40 }), trips: says('ab '.repeat(14)), stays: says('ab '.repeat(13)) },
  emoji: { when: () => ({ type: 'emoji', over: 3 }), trips: says('🐧🐧🐧🐧'), stays: says('🐧🐧🐧') },
  mentions: {
    when: () => ({ type: 'mentions', over: 1, of: 'users' }),
    trips: ({ bot, say }) => say({ content: `<@${bot.discord.people.owner}> <@${bot.discord.people.newcomer}>` }),
    stays: ({ bot, say }) => say({ content: `<@${bot.discord.people.owner}> <@&${bot.discord.roles.member}>` }),
  },
  everyone: { when: () => ({ type: 'everyone' }), trips: says('hello @everyone'), stays: says('hello everyone') },
  stickers: {
    when: () => ({ type: 'stickers', over: 1 }),
    trips: says('', { stickers: ['egg', 'nest'] }),
    stays: says('', { stickers: ['egg'] }),
  },
  spoilers: { when: () => ({ type: 'spoilers', over: 1 }), trips: says('||a|| ||b||'), stays: says('||a|| b') },
  zalgo: {
    when: () => ({ type: 'zalgo' }),
    trips: says([...'penguins'].map((letter) => `${letter}${'\u0300\u0316\u0301\u0317'.repeat(3)}`).join('')),
    stays: says('pe\u0301nguins'),
  },
  shell: { when: () => ({ type: 'shell' }), trips: says('try `sudo rm -rf /`'), stays: says('try `rm -rf build/`') },
  files: {
    when: () => ({ type: 'files', over: 0, types: ['jar'] }),
    trips: says('', { files: [upload('tool.JAR', 'not opened')] }),
    stays: says('', { files: [upload('jar.txt', 'not opened')] }),
  },
  file: {
    when: () => ({ type: 'file', verdict: 'dangerous' }),
    trips: says('', { files: [upload('invoice.pdf.exe', pe())] }),
    stays: says('', { files: [upload('invoice.txt', 'so many fish')] }),
  },
  picture: {
    when: () => ({ type: 'picture' }),
    trips: says('', { files: [upload('scam.png', SCAM_PNG, 'image/png')] }),
    stays: says('', { files: [upload('other.png', png(scamScene(5)), 'image/png')] }),
  },
  flood: {
    when: () => ({ type: 'flood', copies: 3, seconds: 600, by: 'author' }),
    trips: repeats(3, (turn) => `${SPAM} ${'🐟'.repeat(turn)}`, 'newcomer'),
    stays: repeats(2, (turn) => `${SPAM}, ${turn}`, 'member'),
  },
  rate: {
    when: () => ({ type: 'rate', messages: 3, seconds: 600 }),
    trips: repeats(3, (turn) => `number ${turn}`, 'newcomer'),
    stays: repeats(2, (turn) => `number ${turn}`, 'member'),
  },
  'account-age': {
    when: () => ({ type: 'account-age', underHours: 72 }),
    trips: says('two days old', { as: 'newcomer' }),
    stays: says('two years old'),
  },
  joined: {
    when: () => ({ type: 'joined', underHours: 30 }),
    trips: says('here since yesterday', { as: 'newcomer' }),
    stays: says('here since long ago'),
  },
  role: {
    when: ({ bot }) => ({ type: 'role', any: [bot.discord.roles.member] }),
    trips: says('with the role'),
    stays: says('without the role', { as: 'newcomer' }),
  },
  channel: {
    when: ({ channel }) => ({ type: 'channel', any: [channel] }),
    trips: says('here'),
    stays: says('elsewhere', { channel: 'random' }),
  },
  category: {
    when: ({ category }) => ({ type: 'category', any: [category] }),
    trips: says('here'),
    stays: says('elsewhere', { channel: 'random' }),
  },
  thread: {
    when: () => ({ type: 'thread' }),
    trips: async ({ say, thread }) => await say({ channel: await thread('Nests'), content: 'in a thread' }),
    stays: says('in no thread'),
  },
  forwarded: {
    when: () => ({ type: 'forwarded' }),
    trips: async ({ say }) => say({ forwards: await say({ channel: 'random', content: 'passed on' }) }),
    stays: async ({ say }) => say({ replyTo: await say({ channel: 'random', content: 'answered' }), content: 'yes' }),
  },
  edited: {
    when: () => ({ type: 'edited' }),
    async trips({ say, edit, judged }) {
      const message = await say({ content: 'at first' });
      await judged(); // what is changed while it waits is judged once, as it has become
      return await edit(message, 'in the end');
    },
    stays: says('once'),
  },
};
