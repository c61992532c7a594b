import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { Setter } from '../../handlers/commands/settings/config/setter.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
const PATIENCE = { timeout: 30_000 };

/** A bot whose clock can be put forward: it gives Discord a moment to write its audit log. */
async function startClocked(options: Parameters<typeof startBot>[0] = {}) {
  const clock = { ahead: 0 };
  const bot = await startBot({ ...options, now: () => new Date(Date.now() + clock.ahead) });
  const goOn = async () => {
    const due = async () => await bot.app.db`select 1 from timers where kind = 'introduction'`;
    await expect.poll(due, PATIENCE).not.toEqual([]);
    clock.ahead += 6_000;
    bot.app.timers.wake();
    const open = async () => await bot.app.db`select 1 from timers where kind = 'introduction' and done_at is null`;
    await expect.poll(open, PATIENCE).toEqual([]);
  };
  return { bot, goOn };
}

/** Somebody of a server by their name there: people of several servers are called alike. */
function personOf({ discord }: Pick<TestBot, 'discord'>, guild: string, username: string): string {
  const { members } = discord.state.guild(guild);
  return [...members.keys()].find((id) => discord.state.users.get(id)?.username === username) ?? '';
}

/** What the bot has written to somebody, or in a channel. */
function written(
  { discord }: Pick<TestBot, 'discord'>,
  channel: (one: { recipients?: unknown; name?: unknown; id: string }) => boolean,
) {
  const { state } = discord;
  const found = [...state.channels.values()].filter((one) => channel(one as never));
  return found
    .flatMap(({ id }) => state.messages.list(id, { limit: 10 }))
    .filter(({ author }) => author.id === state.bot.id);
}

const letters = (bot: Pick<TestBot, 'discord'>, person: string) =>
  written(bot, ({ recipients }) => JSON.stringify(recipients ?? '').includes(person));

test('whoever added the bot is written to once, and sets the server up in three steps from there', async () => {
  const { bot, goOn } = await startClocked();
  await using _ = bot;
  const { discord, app } = bot;
  const guild = await discord.addBot({ name: 'New Colony', by: 'gentoo' });
  await goOn();
  const by = personOf(bot, guild, 'gentoo');
  const [letter, ...more] = letters(bot, by);
  expect(more).toEqual([]);
  expect(JSON.stringify(letter)).toContain('You have just added me to New Colony');
  expect(letters(bot, personOf(bot, guild, 'adelie'))).toEqual([]);
  const moderator = new Setter(bot, by).looksAt(letter ?? { id: '' });
  expect(await moderator.press('introduction.step', 'logs')).toContain('Manage Server');
  // With the right to it, it goes.
  const owner = personOf(bot, guild, 'adelie');
  const setter = new Setter(bot, owner).looksAt(letter ?? { id: '' });
  const [log] = discord.state.channelsOf(discord.state.guild(guild)).filter(({ name }) => name === 'mod-log');
  expect(await setter.press('introduction.step', 'logs')).toContain('1 of 3: Logs');
  expect(await setter.pick('introduction.pick', [log?.id ?? ''])).toContain('I tell in');
  expect(await app.settings.of(guild, 'logs')).toEqual({ logChannel: log?.id });
  expect(await setter.press('introduction.go', 'ranks')).toContain('2 of 3: Ranks');
  const role = [...discord.state.guild(guild).roles.values()].find(({ name }) => name === 'Moderator')?.id ?? '';
  expect(await setter.pick('introduction.pick', [role])).toContain('has rank 6');
  expect((await app.settings.of(guild, 'permissions')).roles[role]).toBe(6);
  expect(await setter.press('introduction.go', 'automod')).toContain('3 of 3: Automod');
  expect(await setter.pick('introduction.pick', ['anti-scam'])).toContain('Scam: links that imitate a site');
  expect(await setter.press('introduction.take')).toContain('6 rules hold from now on');
  const stored = await bot.db`select count(*)::int as rules from automod_rules where guild_id = ${guild}`;
  expect(stored).toEqual([{ rules: 6 }]);
  // Nobody from elsewhere sets it up by such a button.
  const stranger = new Setter(bot, discord.people.owner).looksAt(letter ?? { id: '' });
  expect(await stranger.press('introduction.step', 'logs')).toContain('not a member of New Colony');
});

test('it is introduced again when it comes back, and not when a server was only out of order', async () => {
  const { bot, goOn } = await startClocked();
  await using _ = bot;
  const { discord, app } = bot;
  const guild = await discord.addBot({ name: 'New Colony' });
  const owner = personOf(bot, guild, 'adelie');
  await goOn();
  const count = async () => (await bot.app.db`select 1 from timers where kind = 'introduction'`).length;
  const told = () => new Promise<void>((resolve) => app.discord.once('guildAvailable', () => resolve()));
  const back = told();
  await discord.outage(guild, true);
  await discord.outage(guild, false);
  await back;
  // As if this process had never heard of the server: Discord tells of it as of one that is new.
  app.discord.guilds.cache.delete(guild);
  discord.gateway.announceGuild(discord.state.guild(guild));
  await expect.poll(() => app.discord.guilds.cache.has(guild), PATIENCE).toBe(true);
  await expect.poll(() => app.inFlight.list().map(({ name }) => name), PATIENCE).not.toContain('introductions');
  expect(await count()).toBe(1);
  expect(letters(bot, owner)).toHaveLength(1);
  await discord.removeBot(guild);
  await expect.poll(() => app.discord.guilds.cache.has(guild), PATIENCE).toBe(false);
  await discord.addBot({ id: guild });
  await expect.poll(count, PATIENCE).toBe(2);
  await goOn();
  expect(letters(bot, owner)).toHaveLength(2);
});

test('where the direct message is refused there is a note in a channel, whose buttons open the wizard for who may set up', async () => {
  const { bot, goOn } = await startClocked();
  await using _ = bot;
  const { discord } = bot;
  const guild = await discord.addBot({ name: 'New Colony' });
  const owner = personOf(bot, guild, 'adelie');
  await discord.directMessages(owner, false);
  await goOn();
  const general = discord.state.channelsOf(discord.state.guild(guild)).find(({ name }) => name === 'general')?.id;
  const [note] = written(bot, ({ id }) => id === general);
  expect(JSON.stringify(note)).toContain('I have just come to this server');
  const member = new Setter(bot, personOf(bot, guild, 'chinstrap')).looksAt(note ?? { id: '' });
  expect(await member.press('introduction.step', 'ranks')).toContain('Manage Server');
  const setter = new Setter(bot, owner).looksAt(note ?? { id: '' });
  expect(await setter.press('introduction.step', 'ranks')).toContain('Set up, 5 of 8: Ranks');
  expect(await setter.press('config.setup.go', 'automod')).toContain('6 of 8: Automod');
});

test('where nobody says who added the bot its owner is written to', async () => {
  const { bot, goOn } = await startClocked();
  await using _ = bot;
  const { discord } = bot;
  const guild = await discord.addBot({ name: 'New Colony', by: 'gentoo' });
  discord.state.guild(guild).audit.splice(0);
  await goOn();
  const [letter] = letters(bot, personOf(bot, guild, 'adelie'));
  expect(JSON.stringify(letter)).toContain('I was just added to New Colony');
  expect(letters(bot, personOf(bot, guild, 'gentoo'))).toEqual([]);
});

test('a server that added the bot while it was away is told after the start, once, and its buttons outlive that', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const guild = await discord.addBot({ name: 'New Colony' });
  const owner = personOf({ discord }, guild, 'adelie');
  const env = { DATABASE_URL: database.url };
  const first = await startClocked({ discord, env });
  await first.goOn();
  await first.bot[Symbol.asyncDispose]();
  expect(letters({ discord }, owner)).toHaveLength(1);
  const { bot } = await startClocked({ discord, env });
  await using _ = bot;
  await expect.poll(() => bot.app.inFlight.list().map(({ name }) => name), PATIENCE).not.toContain('introductions');
  expect(await database.db`select guild_id from timers where kind = 'introduction'`).toHaveLength(1);
  const [letter] = letters(bot, owner);
  const setter = new Setter(bot, owner).looksAt(letter ?? { id: '' });
  expect(await setter.press('introduction.step', 'automod')).toContain('3 of 3: Automod');
});
