import type { APIMessage } from 'discord-api-types/v10';
import { expect, test, vi } from 'vitest';
import type { Reply } from '../../../../sandbox/server/verbs/reply.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';
import { customId, textOf } from '../utility/polls.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const MENU = 'Report to moderators';

async function reporting(more: object = {}, options: Parameters<typeof startBot>[0] = {}): Promise<TestBot> {
  const bot = await startBot(options);
  await bot.set('memberReports', { channel: bot.discord.channels['mod-log'], ...more });
  return bot;
}

/** Fills in the form that was opened; gives the answer, which others do not see. */
async function fill({ discord }: TestBot, opened: Reply, values: object, as: string): Promise<string> {
  if (!opened.modal) throw new Error(`no form was opened: ${saidIn(opened)}`);
  const reply = await discord.submitModal(opened.modal, { ...values }, { as, unchecked: true });
  return saidIn(reply);
}

async function report(bot: TestBot, who: string, why: string, as = 'member'): Promise<string> {
  return await fill(bot, await bot.discord.slash('report', { who: bot.discord.people[who] }, { as }), { why }, as);
}

/** What the bot has written into a channel, by its name or id, the oldest first. */
function toldIn({ discord }: TestBot, channel = 'mod-log'): readonly APIMessage[] {
  const { state, people, channels } = discord;
  const written = state.messages.list(channels[channel] ?? channel, { limit: 100 });
  return written.filter(({ author }) => author.id === people.bot).reverse();
}

/** What the bot has written to somebody, the oldest first. */
function letters(bot: TestBot, person: string): readonly APIMessage[] {
  const { state, people } = bot.discord;
  const dm = [...state.channels.values()].find(({ recipients }) => recipients?.some(({ id }) => id === people[person]));
  return dm ? toldIn(bot, dm.id) : [];
}

/** The first report's message, once it is there. */
async function firstCard(bot: TestBot): Promise<APIMessage> {
  await expect.poll(() => toldIn(bot).length).toBeGreaterThan(0);
  const [card] = toldIn(bot);
  if (!card) throw new Error('there is no card');
  return card;
}

const shown = (bot: TestBot) => textOf(toldIn(bot)[0]);

async function press(bot: TestBot, name: string, as = 'moderator'): Promise<Reply> {
  const card = await firstCard(bot);
  return await bot.discord.click(card, customId(card, `report.${name}`), { as, unchecked: true });
}

test('a report is told of without who made it, who gets answers through the bot and replies', async () => {
  await using bot = await reporting();
  const { people } = bot.discord;
  const said = await report(bot, 'newcomer', '**rude** @everyone <@&1>');
  expect(said).toContain('It is report 1.');
  const card = await firstCard(bot);
  expect(textOf(card)).toContain(`<@${people.newcomer}> (fiordland)`);
  expect(textOf(card)).toContain('known to the owner alone');
  expect(textOf(card)).toContain(JSON.stringify('\\*\\*rude\\*\\* @everyone \\<@&1\\>').slice(1, -1));
  expect(JSON.stringify(card)).not.toContain(people.member);
  expect(card.mentions).toEqual([]);
  expect(card.mention_everyone).toBe(false);

  expect(saidIn(await press(bot, 'take'))).toContain('Report 1 is yours.');
  await expect.poll(() => shown(bot)).toContain(`taken by <@${people.moderator}>`);
  expect(await fill(bot, await press(bot, 'answer'), { text: 'When was *that*?' }, 'moderator')).toContain(
    'on its way',
  );
  await expect
    .poll(() => letters(bot, 'member').map(textOf))
    .toEqual([expect.stringContaining('When was \\\\*that\\\\*?')]);
  expect(textOf(letters(bot, 'member')[0])).not.toContain(people.moderator);
  await expect.poll(() => shown(bot)).toContain('When was');

  const [letter] = letters(bot, 'member');
  const button = customId(letter, 'report.reply');
  const stranger = await bot.discord.click(letter ?? '', button, { as: 'newcomer', unchecked: true });
  expect(stranger.modal).toBeUndefined();
  const opened = await bot.discord.click(letter ?? '', button, { as: 'member', unchecked: true });
  expect(await fill(bot, opened, { text: 'Yesterday' }, 'member')).toContain('on its way');
  await expect.poll(() => toldIn(bot).map(textOf).slice(1).join()).toContain('Yesterday');
  await expect.poll(() => shown(bot)).toContain('Whoever reported: Yesterday');
  expect(
    toldIn(bot)
      .map((one) => JSON.stringify(one))
      .join(),
  ).not.toContain(people.member);

  // Where a timer cannot be delivered the log says whose it is.
  expect(await bot.db`select id from timers where owner_id = ${people.member}`).toEqual([]);

  expect(saidIn(await press(bot, 'done'))).toContain('Report 1 is done.');
  await expect.poll(() => shown(bot)).toContain(`done by <@${people.moderator}>`);
});

test('a message is reported as it was, also when it is deleted before the form is sent', async () => {
  await using bot = await reporting({ showReporter: true });
  const { discord } = bot;
  const { id, channel_id } = await discord.message({ as: 'newcomer', content: 'buy _this_ https://bad.example' });
  const opened = await discord.messageMenu(MENU, id, { as: 'member' });
  await discord.rest('DELETE', `/channels/${channel_id}/messages/${id}`, { as: 'owner' });
  expect(await fill(bot, opened, { why: 'spam' }, 'member')).toContain('It is report 1.');
  const card = textOf(await firstCard(bot));
  expect(card).toContain('buy \\\\_this\\\\_ https://bad.example');
  expect(card).toContain(`/channels/${discord.guildId}/${channel_id}/${id}`);
  expect(card).toContain(`From** <@${discord.people.member}>`);
});

test('oneself, the bot, and too many are refused; so is all where there is no channel for it, or it is gone', async () => {
  await using bot = await reporting({ mostAnHour: 2 });
  const { discord } = bot;
  const refused = async (who: string) =>
    saidIn(await discord.slash('report', { who: discord.people[who] }, { as: 'owner' }));
  expect(await refused('owner')).toContain('That is you');
  expect(await refused('bot')).toContain('I cannot be reported');
  expect(await report(bot, 'newcomer', 'one')).toContain('report 1');
  expect(await report(bot, 'newcomer', 'two')).toContain('report 2');
  expect(await report(bot, 'newcomer', 'three')).toContain('2 reports in the last hour');
  expect(await report(bot, 'newcomer', 'another', 'moderator')).toContain('report 3');

  const late = await discord.slash('report', { who: discord.people.newcomer }, { as: 'owner' });
  await discord.rest('DELETE', `/channels/${discord.channels['mod-log']}`, { as: 'owner' });
  const guild = () => bot.app.discord.guilds.cache.get(discord.guildId);
  await expect.poll(() => guild()?.channels.cache.has(discord.channels['mod-log'])).toBe(false);
  expect(await fill(bot, late, { why: 'late' }, 'owner')).toContain('channel for reports is gone');
  await bot.set('memberReports', { channel: undefined });
  expect(await refused('newcomer')).toContain('takes no reports');
});

test('direct messages that are closed are said in the report', async () => {
  await using bot = await reporting();
  await bot.discord.directMessages('member', false);
  await report(bot, 'newcomer', 'rude');
  await fill(bot, await press(bot, 'answer'), { text: 'Thank you' }, 'moderator');
  await expect.poll(() => shown(bot)).toContain('could not be delivered');
  expect(letters(bot, 'member')).toEqual([]);
});

test('where the bot may not write any more the log is told, and a report can be shown with its buttons', async () => {
  await using bot = await reporting();
  const { discord } = bot;
  await bot.set('logs', { logChannel: discord.channels.random });
  discord.faults.rest(`/channels/${discord.channels['mod-log']}/messages`, {
    kind: 'status',
    status: 403,
    body: { code: 50_013, message: 'Missing Permissions' },
  });
  await report(bot, 'newcomer', 'rude');
  await expect.poll(() => toldIn(bot, 'random').map(textOf).join()).toContain('Report 1');
  const there = await discord.slash('reports show', { number: 1 }, { as: 'moderator' });
  expect(saidIn(there)).toContain('known to the owner alone');
  const none = await discord.slash('reports show', { number: 9 }, { as: 'moderator' });
  expect(saidIn(none)).toContain('There is no report 9');
  const stranger = await discord.slash('reports show', { number: 1 }, { as: 'member', unchecked: true });
  expect(saidIn(stranger)).toContain('Timeout Members');
});

test('two who press at once take it once, and members take nothing, whatever rank reporting has', async () => {
  await using bot = await reporting();
  await report(bot, 'newcomer', 'rude');
  const both = await Promise.all([press(bot, 'take', 'moderator'), press(bot, 'take', 'owner')]);
  const said = both.map(saidIn).join();
  expect(said).toContain('is yours');
  expect(said).toContain('Somebody was faster');
  await bot.discord.slash('permissions set', { rank: '0', command: 'report' }, { as: 'owner' });
  expect(saidIn(await press(bot, 'dismiss', 'member'))).toContain('Timeout Members');
});

test('the owner alone sees who made a report, and the log says so', async () => {
  await using bot = await reporting();
  const { discord } = bot;
  await bot.set('logs', { logChannel: discord.channels.random });
  await report(bot, 'newcomer', 'rude');
  const found = await discord.slash('reports who', { number: 1 }, { as: 'owner' });
  expect(saidIn(found)).toContain(`from <@${discord.people.member}>`);
  await expect.poll(() => toldIn(bot, 'random').map(textOf).join()).toContain('looked who made report 1');
  const admin = `/guilds/${discord.guildId}/members/${discord.people.moderator}/roles/${discord.roles.owner}`;
  await discord.rest('PUT', admin, { as: 'owner' });
  const moderator = await discord.slash('reports who', { number: 1 }, { as: 'moderator' });
  expect(saidIn(moderator)).toContain('Only the owner of this server');
});
