import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';
import { confirmed, untilOver } from '../../handlers/commands/moderation/mass.ts';
import { bannedIn, casesOf, lettersTo, order } from '../../handlers/commands/moderation/moderated.ts';

// What the bot this one goes back to got wrong in its moderation, each by name.
vi.setConfig({ testTimeout: 90_000 });

const PATIENCE = { timeout: 60_000 };

async function untilOf({ db }: TestBot, number: number): Promise<number> {
  const [one] =
    await db`select extract(epoch from until - created_at)::float8 as seconds from cases where number = ${number}`;
  return one?.seconds;
}

test('a case is shown in a server that has no icon', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  await discord.rest('PATCH', `/guilds/${discord.guildId}`, { as: 'owner', body: { icon: null } });
  await expect.poll(() => app.discord.guilds.cache.get(discord.guildId)?.icon, PATIENCE).toBeNull();
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  expect(await order(bot, 'case view', { number: 1 })).toContain('Case 1: warning');
});

test('cases stay when the bot is removed from a server, and the numbers go on; what is yet to be done there is void', async () => {
  await using bot = await startBot();
  const { app, discord } = bot;
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  await discord.removeGuild(discord.guildId);
  await expect.poll(() => app.discord.guilds.cache.has(discord.guildId), PATIENCE).toBe(false);
  const actor = { id: discord.people.owner, name: 'adelie' };
  const wanted = { guild: discord.guildId, target: discord.people.member, targetName: 'chinstrap', actor } as const;
  expect(await app.moderation.order({ ...wanted, type: 'ban', source: 'command' })).toEqual([2]);
  await expect.poll(async () => (await casesOf(bot)).map(({ state }) => state), PATIENCE).toEqual(['done', 'void']);
});

test('durations are written in one way everywhere: 1h30m, 90 minutes and 1.5 hours are the same in a ban and a timeout', async () => {
  await using bot = await startBot();
  const spans = ['1h30m', '90 minutes', '1.5 hours'];
  for (const [at, duration] of spans.entries()) {
    await order(bot, 'timeout', { member: 'member', duration });
    expect(await untilOf(bot, 2 * at + 1)).toBeCloseTo(5_400, 0);
    await order(bot, 'ban', { who: 'newcomer', duration });
    expect(await untilOf(bot, 2 * at + 2)).toBeCloseTo(5_400, 0);
  }
});

test('who is in timeout already can be given a longer one', async () => {
  await using bot = await startBot();
  await order(bot, 'timeout', { member: 'member', duration: '1h' });
  expect(await order(bot, 'timeout', { member: 'member', duration: '2h' })).toContain('**Case 2** · timeout of');
});

test('bans that fail in one server stop no ban in another', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const elsewhere = await discord.addGuild('Elsewhere');
  const refused = { kind: 'status', status: 403, body: { code: 50013, message: 'Missing Permissions' } } as const;
  discord.faults.rest(new RegExp(`^/guilds/${elsewhere}/bans`), refused, { method: 'PUT' });
  const actor = { id: discord.state.guild(elsewhere).ownerId, name: 'adelie' };
  const order6 = { guild: elsewhere, type: 'ban', targetName: 'x', actor, source: 'command' } as const;
  const people = await discord.join(6);
  await bot.app.moderation.order(people.map((target) => ({ ...order6, target })));
  const states = async () =>
    (await bot.db`select state from cases where guild_id = ${elsewhere}`).map(({ state }) => state);
  await expect.poll(states, PATIENCE).toEqual(Array.from({ length: 6 }, () => 'void'));
  expect(await order(bot, 'ban', { who: 'newcomer' })).toContain('done; the member was told');
  expect(bannedIn(bot)).toEqual([discord.people.newcomer]);
});

test('what ends a ban and is refused for good is reported once, and not tried for ever', async () => {
  const clock = { ahead: 0 };
  await using bot = await startBot({ now: () => new Date(Date.now() + clock.ahead) });
  const { discord } = bot;
  await order(bot, 'ban', { who: 'newcomer', duration: '1 hour' });
  discord.state.guilds.get(discord.guildId)?.bans.delete(discord.people.newcomer); // without a word to the bot
  clock.ahead = 3_700_000;
  bot.app.timers.wake();
  const ends = async () => (await casesOf(bot)).map(({ type, state, voidReason }) => [type, state, voidReason?.key]);
  await expect.poll(ends, PATIENCE).toEqual([
    ['ban', 'done', undefined],
    ['unban', 'void', 'moderation.refused.notBanned'],
  ]);
  const open = async () => (await bot.db`select 1 from timers where done_at is null`).length;
  await expect.poll(open, PATIENCE).toBe(0);
});

test('a note about a member is kept, and they never hear of it', async () => {
  await using bot = await startBot();
  await order(bot, 'note', { who: 'member', text: 'x' });
  expect(lettersTo(bot, 'member')).toEqual([]);
});

test('a block lasts whatever is done to the same person later, and is told as lasting', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId: guild, people, channels } = discord;
  const role = (await discord.rest('POST', `/guilds/${guild}/roles`, { as: 'owner', body: { name: 'Jailed' } })) as {
    readonly id: string;
  };
  await bot.set('jail', { role: role.id, channel: channels.random });
  expect(await order(bot, 'jail', { member: 'member' })).toContain('**Case 1** · jailing');
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  await order(bot, 'note', { who: 'member', text: 'b' });
  await order(bot, 'ban', { who: 'newcomer', duration: '1 day' });
  await order(bot, 'note', { who: 'newcomer', text: 'c' });
  const lasting = await order(bot, 'case list', { active: true });
  for (const number of [1, 4]) expect(lasting).toContain(`**${number}** `);
  expect(await order(bot, 'jail', { member: 'member' })).toContain('in jail already, by case 1');
  await discord.leave('member');
  await discord.join('member');
  const roles = () => discord.state.guild(guild).members.get(people.member)?.roles;
  await expect.poll(roles, PATIENCE).toEqual([role.id]);
});

test('each log that can be set is written: by its moderators as by the bot itself', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, guildId: guild, people } = discord;
  const set = { 'log-channel': channels['mod-log'], 'owners-channel': channels.random };
  expect(await order(bot, 'config logs', set, 'owner')).toContain(channels['mod-log']);
  await order(bot, 'warn', { member: 'member', reason: 'was rude' });
  await discord.rest('PUT', `/guilds/${guild}/bans/${people.newcomer}`, { as: 'owner', reason: 'by hand' });
  const written = (channel: string) =>
    JSON.stringify(discord.state.messages.list(channel, { limit: 100 }).map(({ components }) => components));
  for (const words of ['was rude', 'by hand'])
    await expect.poll(() => written(channels['mod-log']), PATIENCE).toContain(words);
  await bot.app.report('health.seen.failed');
  await expect.poll(() => written(channels.random), PATIENCE).toContain('no answer');
});

test('/purge answers its interaction once, and whatever comes after is an edit of that', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  for (const content of ['one', 'two']) await discord.message({ as: 'member', channel: 'general', content });
  const { begun } = await confirmed(bot, 'purge', { count: 2 });
  await untilOver(bot);
  expect(begun).not.toContain('went wrong');
  const callbacks = discord.requests().filter(({ path }) => /^\/interactions\/.*\/callback$/.test(path));
  expect(callbacks.map(({ status }) => status >= 400)).not.toContain(true);
  expect(new Set(callbacks.map(({ path }) => path)).size).toBe(callbacks.length);
});

test('settings and ranks themselves can be given into the hands of others, by rank', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people, channels } = discord;
  const set = { 'log-channel': channels['mod-log'] };
  await bot.set('permissions', { people: { [people.member]: 5 } });
  expect(await order(bot, 'config logs', set, 'member')).toContain('needs rank 8');
  await bot.set('permissions', { people: { [people.member]: 5 }, commands: { config: 5, permissions: 5 } });
  expect(await order(bot, 'config logs', set, 'member')).toContain(channels['mod-log']);
  expect(await order(bot, 'permissions set', { member: people.newcomer, rank: '4' }, 'member')).toContain('4');
  expect(await bot.app.settings.of(discord.guildId, 'permissions')).toMatchObject({ people: { [people.newcomer]: 4 } });
});

test('a dead gateway and a frozen loop are seen by whoever asks for health', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  const ill = async () => {
    const { parts } = await app.health.check();
    return Object.entries(parts).flatMap(([part, { ok }]) => (ok ? [] : [part]));
  };
  await expect.poll(ill, PATIENCE).toEqual([]);
  discord.faults.refuse();
  await expect.poll(ill, PATIENCE).toContain('gateway');
  discord.faults.accept();
  await expect.poll(ill, PATIENCE).toEqual([]);
  const until = performance.now() + 2_000;
  while (performance.now() < until); // nothing else runs meanwhile: that is what is to be seen
  await new Promise(setImmediate);
  expect(await ill()).toContain('loop');
});

test('a new session makes nothing anew: no command is registered again, no case is made twice', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId: guild, people } = discord;
  await discord.rest('PUT', `/guilds/${guild}/bans/${people.newcomer}`, { as: 'owner', reason: 'by hand' });
  await expect.poll(async () => (await casesOf(bot)).length, PATIENCE).toBe(1);
  const since = discord.mark();
  discord.faults.gateway.invalidSession(false);
  await discord.waitFor((entry) => entry.kind === 'session' && entry.what === 'ready', { since, deadlineMs: 60_000 });
  expect(await order(bot, 'warn', { member: 'member', reason: 'a' })).toContain('**Case 2**');
  expect(discord.requests(since).filter(({ path }) => path.endsWith('/commands'))).toEqual([]);
  expect((await casesOf(bot)).map(({ number, type, source }) => [number, type, source])).toEqual([
    [1, 'ban', 'discord'],
    [2, 'warn', 'command'],
  ]);
});
