import { expect, test, vi } from 'vitest';
import type { OptionValues } from '../../../../sandbox/server/verbs/option-values.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { confirmed, untilOver } from './mass.ts';
import { bannedIn, casesOf, order } from './moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const MEMBER = '/guilds/{guild_id}/members/{user_id}';
const ROLE = `${MEMBER}/roles/{role_id}`;
const BAN = '/guilds/{guild_id}/bans/{user_id}';
const CHANNEL = '/channels/{channel_id}';
const OUTAGE = { kind: 'status', status: 503 } as const;
const FORBIDDEN = { kind: 'status', status: 403, body: { message: 'Missing Permissions', code: 50_013 } } as const;

interface Trial {
  readonly command: string;
  readonly options: OptionValues | ((bot: TestBot) => OptionValues);
  /** What it asks of Discord. */
  readonly path: string;
  readonly method?: string;
  readonly before?: (bot: TestBot) => Promise<unknown>;
  /** Whether it shows in Discord. */
  readonly shows: (bot: TestBot) => boolean | undefined;
}

const guildOf = ({ discord }: TestBot) => discord.state.guild(discord.guildId);
const memberOf = (bot: TestBot) => guildOf(bot).members.get(bot.discord.people.newcomer);
const voiceOf = (bot: TestBot) => guildOf(bot).voice.get(bot.discord.people.newcomer);
const general = (bot: TestBot) => bot.discord.state.channel(bot.discord.channels.general);
const talks = (bot: TestBot) => bot.discord.voice('newcomer', 'lounge');
const may = (path: string, method: string, body?: object) => (bot: TestBot) =>
  bot.discord.rest(method, path.replace('GUILD', bot.discord.guildId).replace('WHO', bot.discord.people.newcomer), {
    as: 'owner',
    ...(body && { body }),
  });
const isLocked = (bot: TestBot) => (general(bot).permission_overwrites ?? []).some(({ deny }) => BigInt(deny) > 0n);

async function makeJail({ app, discord }: TestBot): Promise<void> {
  const reply = await discord.slash('jail', { member: 'member' }, { as: 'owner' });
  await discord.click(reply.message ?? '', 'jail.setup:1', { as: 'owner' });
  await expect.poll(async () => (await app.settings.of(discord.guildId, 'jail')).role).toBeTruthy();
}

const isJailed = (bot: TestBot) =>
  memberOf(bot)?.roles.some((id) => guildOf(bot).roles.get(id)?.name.toLowerCase().includes('jail')) ?? false;

const MEMBER_ONLY = { member: 'newcomer' };
const TRIALS: readonly Trial[] = [
  {
    command: 'ban',
    options: { who: 'newcomer' },
    path: BAN,
    method: 'PUT',
    shows: (bot) => bannedIn(bot).length > 0,
  },
  {
    command: 'unban',
    options: (bot) => ({ who: bot.discord.people.newcomer }),
    path: BAN,
    method: 'DELETE',
    before: may('/guilds/GUILD/bans/WHO', 'PUT'),
    shows: (bot) => bannedIn(bot).length === 0,
  },
  { command: 'kick', options: MEMBER_ONLY, path: MEMBER, method: 'DELETE', shows: (bot) => !memberOf(bot) },
  { command: 'softban', options: { who: 'newcomer' }, path: BAN, method: 'PUT', shows: (bot) => !memberOf(bot) },
  {
    command: 'timeout',
    options: { ...MEMBER_ONLY, duration: '1 hour' },
    path: MEMBER,
    method: 'PATCH',
    shows: (bot) => Boolean(memberOf(bot)?.communication_disabled_until),
  },
  {
    command: 'untimeout',
    options: MEMBER_ONLY,
    path: MEMBER,
    method: 'PATCH',
    before: (bot) => order(bot, 'timeout', { ...MEMBER_ONLY, duration: '1 hour' }, 'owner'),
    shows: (bot) => !memberOf(bot)?.communication_disabled_until,
  },
  {
    command: 'nick',
    options: { ...MEMBER_ONLY, nick: 'Chinstrap' },
    path: MEMBER,
    method: 'PATCH',
    shows: (bot) => memberOf(bot)?.nick === 'Chinstrap',
  },
  {
    command: 'role add',
    options: { ...MEMBER_ONLY, role: 'member' },
    path: ROLE,
    method: 'PUT',
    shows: (bot) => memberOf(bot)?.roles.includes(bot.discord.roles.member),
  },
  {
    command: 'role remove',
    options: { ...MEMBER_ONLY, role: 'member' },
    path: ROLE,
    method: 'DELETE',
    before: (bot) => may(`/guilds/GUILD/members/WHO/roles/${bot.discord.roles.member}`, 'PUT')(bot),
    shows: (bot) => memberOf(bot)?.roles.length === 0,
  },
  {
    command: 'slowmode',
    options: { wait: '5s', channel: 'general' },
    path: CHANNEL,
    method: 'PATCH',
    shows: (bot) => general(bot).rate_limit_per_user === 5,
  },
  { command: 'lockdown', options: { where: 'general' }, path: CHANNEL, shows: isLocked },
  {
    command: 'unlock',
    options: { where: 'general' },
    path: CHANNEL,
    before: (bot) => order(bot, 'lockdown', { where: 'general' }, 'owner'),
    shows: (bot) => !isLocked(bot),
  },
  { command: 'jail', options: MEMBER_ONLY, path: MEMBER, method: 'PATCH', before: makeJail, shows: isJailed },
  {
    command: 'unjail',
    options: MEMBER_ONLY,
    path: MEMBER,
    method: 'PATCH',
    before: async (bot) => {
      await makeJail(bot);
      await order(bot, 'jail', MEMBER_ONLY, 'owner');
    },
    shows: (bot) => !isJailed(bot),
  },
  {
    command: 'voice mute',
    options: MEMBER_ONLY,
    path: MEMBER,
    method: 'PATCH',
    before: talks,
    shows: (bot) => voiceOf(bot)?.mute,
  },
  {
    command: 'voice deafen',
    options: MEMBER_ONLY,
    path: MEMBER,
    method: 'PATCH',
    before: talks,
    shows: (bot) => voiceOf(bot)?.deaf,
  },
  {
    command: 'voice kick',
    options: MEMBER_ONLY,
    path: MEMBER,
    method: 'PATCH',
    before: talks,
    shows: (bot) => voiceOf(bot) === undefined,
  },
];

/** What has become of what was ordered, leaving out what was there before and what was done by hand. */
async function statesFrom(bot: TestBot, first: number) {
  return (await casesOf(bot))
    .filter(({ number, source }) => number >= first && source === 'command')
    .map(({ state }) => state);
}

test.each(TRIALS)(
  '/$command is void and said to be where Discord forbids it, and done once when an outage is over',
  async ({ command, options, path, method, before, shows }) => {
    const clock = { ahead: 0 };
    await using bot = await startBot({ now: () => new Date(Date.now() + clock.ahead) });
    await before?.(bot);
    const chosen = typeof options === 'function' ? options(bot) : options;
    const first = (await casesOf(bot)).length + 1;
    const span = method === undefined ? {} : { method };
    const allow = bot.discord.faults.rest(path, FORBIDDEN, span);
    const said = await order(bot, command, chosen, 'owner');
    expect(said).toMatch(/I (?:lack|may not|am missing)|permission/i);
    expect(await statesFrom(bot, first)).toEqual(['void']);
    expect(shows(bot)).toBeFalsy();
    allow();
    const mend = bot.discord.faults.rest(path, OUTAGE, span);
    const asked = order(bot, command, chosen, 'owner');
    await bot.logged(({ msg }) => msg === 'a timer could not be delivered and is tried again');
    expect(await statesFrom(bot, first)).toEqual(['void', 'pending']);
    expect(shows(bot)).toBeFalsy();
    mend();
    const settled = async () => {
      clock.ahead += 60_000;
      bot.app.timers.wake();
      return await statesFrom(bot, first);
    };
    await expect.poll(settled, { timeout: 60_000, interval: 1_000 }).toEqual(['void', 'done']);
    expect(shows(bot)).toBe(true);
    await asked;
  },
);

test.each([
  ['masskick', {}, MEMBER, 'DELETE'],
  ['masstimeout', { duration: '1 day' }, MEMBER, 'PATCH'],
  ['massunban', {}, BAN, 'DELETE'],
] as const)('/%s goes on by itself when an outage is over, and each is done', async (command, more, path, method) => {
  await using bot = await startBot();
  const { discord } = bot;
  const all = await discord.join(6);
  if (command === 'massunban')
    for (const id of all) await discord.rest('PUT', `/guilds/${discord.guildId}/bans/${id}`, { as: 'owner' });
  discord.faults.rest(path, OUTAGE, { method, times: 4 });
  await confirmed(bot, command, { ids: all.join(' '), ...more }, 'owner');
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'done' });
  expect(items.map(({ outcome }) => outcome)).toEqual(all.map(() => 'done'));
  const cases = (await casesOf(bot)).filter(({ source }) => source === 'mass');
  expect(cases.map(({ state }) => state)).toEqual(all.map(() => 'done'));
});
