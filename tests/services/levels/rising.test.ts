import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';

vi.setConfig({ testTimeout: 120_000 });
const PATIENCE = { timeout: 60_000 };
const owner = { as: 'owner', unchecked: true } as const;

/** A server in which every message is worth a level and more, and two levels give roles. */
async function startRising(patch: object = {}) {
  const bot = await startBot();
  const role = async (name: string, permissions = 0n) => {
    const body = { name, permissions: String(permissions) };
    const made = await bot.discord.rest('POST', `/guilds/${bot.discord.guildId}/roles`, { as: 'owner', body });
    return (made as { id: string }).id;
  };
  const roles = { first: await role('first'), second: await role('second'), mighty: await role('mighty', 4n) };
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  const rewards = { [roles.first]: 1, [roles.second]: 2 };
  await bot.set('levels', { on: true, cooldownSeconds: 0, leastPoints: 130, mostPoints: 130, rewards, ...patch });
  return { bot, roles };
}

/** Somebody writes, and it is stored. */
async function write({ app, discord }: TestBot): Promise<void> {
  const { counted } = app.activity.totals();
  await discord.message({ as: 'member', content: 'hello' });
  await expect.poll(() => app.activity.totals().counted, PATIENCE).toBe(counted + 1);
  await app.inFlight.idle({ deadlineMs: 30_000 });
  await app.levels.flush();
}

function rolesOf({ discord }: TestBot): readonly string[] {
  return discord.state.guild(discord.guildId).members.get(discord.people.member ?? '')?.roles ?? [];
}

/** What the bot has said in a channel, the oldest first. */
function said({ discord }: TestBot, channel: string) {
  const all = discord.state.messages.list(discord.channels[channel] ?? '', { limit: 100 }).toReversed();
  return all.filter(({ author }) => author.id === discord.state.bot.id);
}

test('whoever reaches a level is told so once, notified only where the server wants that, and given its role', async () => {
  const { bot, roles } = await startRising();
  await using _ = bot;
  const { member } = bot.discord.people;
  await write(bot);
  await expect
    .poll(() => said(bot, 'general').map(({ content }) => content), PATIENCE)
    .toEqual([`<@${member}> has reached level 1!`]);
  expect(said(bot, 'general')[0]?.mentions).toEqual([]);
  await expect.poll(() => rolesOf(bot), PATIENCE).toContain(roles.first);
  expect(rolesOf(bot)).not.toContain(roles.second);
  await bot.set('levels', { pings: true, keepRewards: false });
  await write(bot);
  await expect.poll(() => said(bot, 'general').length, PATIENCE).toBe(2);
  expect(said(bot, 'general')[1]?.mentions.map(({ id }) => id)).toEqual([member]);
  await expect.poll(() => rolesOf(bot).includes(roles.second), PATIENCE).toBe(true);
  await expect.poll(() => rolesOf(bot).includes(roles.first), PATIENCE).toBe(false);
});

test('what is changed by hand moves roles, and nobody is told', async () => {
  const { bot, roles } = await startRising();
  await using _ = bot;
  const { discord } = bot;
  const { member } = discord.people;
  const order = async (name: string, options: object) =>
    JSON.stringify((await discord.slash(`levels ${name}`, { member, ...options }, owner)).message);
  expect(await order('give', { points: 300 })).toContain(`<@${member}> had 0 points (level 0), and has 300 (level 2).`);
  await expect.poll(() => rolesOf(bot), PATIENCE).toEqual(expect.arrayContaining([roles.first, roles.second]));
  expect(await order('take', { points: 50 })).toContain('has 250 (level 1)');
  await expect.poll(() => rolesOf(bot).includes(roles.second), PATIENCE).toBe(false);
  expect(rolesOf(bot)).toContain(roles.first);
  expect(await order('set', { level: 10 })).toContain('has 4,675 (level 10)');
  expect(await order('take', { points: 1_000_000 })).toContain('has 0 (level 0)');
  expect(await order('set', { points: 7 })).toContain('has 7 (level 0)');
  expect(await order('reset', {})).toContain('had 7 points (level 0), and has 0');
  for (const options of [{}, { level: 1, points: 1 }]) {
    const refused = await discord.slash('levels set', { member, ...options }, owner);
    expect(refused.content).toContain('Say either which');
  }
  expect((await discord.slash('levels give', { member: discord.people.bot, points: 1 }, owner)).content).toContain(
    'is a bot',
  );
  expect(await bot.db`select 1 from timers where kind = 'level-up'`).toHaveLength(0);
});

test('a role that is gone, and a channel that is gone, keep nobody from the rest, and the log is told once', async () => {
  const { bot, roles } = await startRising({ notice: 'channel' });
  await using _ = bot;
  const { channels, guildId } = bot.discord;
  await bot.set('levels', {
    noticeChannel: channels.random,
    rewards: { [roles.first]: 1, [roles.mighty]: 1, [roles.second]: 2 },
  });
  await bot.discord.rest('DELETE', `/guilds/${guildId}/roles/${roles.first}`, { as: 'owner' });
  await bot.discord.rest('DELETE', `/channels/${channels.random}`, { as: 'owner' });
  await write(bot);
  await write(bot);
  await expect.poll(() => rolesOf(bot), PATIENCE).toContain(roles.second);
  const told = () =>
    said(bot, 'mod-log')
      .map((one) => JSON.stringify(one))
      .filter((one) => one.includes('Levels do not give'));
  await expect.poll(() => told().length, PATIENCE).toBe(3);
  await expect
    .poll(
      async () =>
        (await bot.db`select 1 from timers where kind in ('level-up', 'level-roles') and done_at is null`).length,
      PATIENCE,
    )
    .toBe(0);
  expect(told()).toHaveLength(3);
  expect(told().join('\n')).toContain(`is gone (${channels.random})`);
  expect(told().join('\n')).toContain('It lets people moderate');
  expect(rolesOf(bot)).not.toContain(roles.mighty);
});

test('a level by a direct message, or told nowhere', async () => {
  const { bot } = await startRising({ notice: 'dm' });
  await using _ = bot;
  await write(bot);
  const dm = await bot.app.discord.users.createDM(bot.discord.people.member ?? '');
  const letters = () => bot.discord.state.messages.list(dm.id, { limit: 5 }).map(({ content }) => content);
  await expect.poll(letters, PATIENCE).toEqual(['You have reached level 1 on Rockhopper Colony!']);
  await bot.set('levels', { notice: 'off' });
  await write(bot);
  expect(await bot.db`select 1 from timers where kind = 'level-up'`).toHaveLength(1);
});

test('a level gives no role that the bot cannot give, that lets people moderate, or that is above whoever chooses it', async () => {
  const { bot, roles } = await startRising();
  await using _ = bot;
  const { discord } = bot;
  const choose = async (role: string | undefined, level: number) =>
    (await discord.slash('levels reward', { role, level }, owner)).content;
  expect(await choose(discord.roles.owner, 3)).toContain('above');
  expect(await choose(discord.roles.bot, 3)).not.toBe('');
  expect(await choose(roles.mighty, 3)).toContain('lets people moderate');
  await choose(roles.first, 5);
  await choose(roles.second, 0);
  expect((await bot.app.settings.of(discord.guildId, 'levels')).rewards).toEqual({ [roles.first]: 5 });
});
