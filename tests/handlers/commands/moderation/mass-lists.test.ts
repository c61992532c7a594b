import { expect, test, vi } from 'vitest';
import { findRun, type MassRun, type MassValues } from '../../../../src/db/mass-runs.ts';
import { listOf } from '../../../../src/services/mass/report.ts';
import { askRun } from '../../../../src/services/mass/runs.ts';
import { customIdsIn } from '../../../../src/services/timers/send-once.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';
import { confirmed, messageOf, runOf, untilOver } from './mass.ts';
import { auditOf, casesOf, lettersTo, withLog } from './moderated.ts';

vi.setConfig({ testTimeout: 120_000 });

const BULK = /\/bulk-ban$/;

async function runMessage(bot: TestBot) {
  const message = bot.discord.state.messages.get(String((await runOf(bot)).run?.message));
  if (!message) throw new Error('there is no message');
  return message;
}

test('the channel is told how many; who, why and by whom is for the log, and for those who may ask for it', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const entries = await withLog(bot);
  const raid = await discord.join(6, { names: ['secret_one', 'secret_two'] });
  await discord.leave(raid[0] ?? '');
  await confirmed(bot, 'masskick', { ids: raid.join(' '), reason: 'quiet reason' });
  await untilOver(bot);
  const message = await runMessage(bot);
  const shown = JSON.stringify(message);
  expect(await messageOf(bot)).toContain('5 done');
  for (const secret of ['secret_one', 'quiet reason', discord.people.moderator, ...raid])
    expect(shown).not.toContain(secret);
  expect(message.attachments).toEqual([]);
  expect(entries()).toHaveLength(1);
  expect(entries()[0]).toContain('mass-kick.txt');
  expect(entries()[0]).toContain(`<@${discord.people.moderator}>`);
  const [list = ''] = customIdsIn(message);
  expect(saidIn(await discord.click(message, list, { as: 'member', unchecked: true }))).toContain('Kick Members');
  const reply = await discord.click(message, list, { as: 'moderator' });
  const [answer] = [reply.message, ...reply.followUps].filter((one) => one && one.attachments.length > 0);
  expect((answer?.flags ?? 0) & 64).toBe(64);
  const text = await (await fetch(String(answer?.attachments[0]?.url))).text();
  expect(text).toContain(`${raid[0]}\tsecret_one\tnot done`);
  expect(text.trim().split('\n')).toHaveLength(6);
  await bot.db`delete from mass_runs`;
  expect(saidIn(await discord.click(message, list, { as: 'owner' }))).toContain('too long ago');
});

test('who cancelled it is not said in the channel', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  const raid = await bot.discord.join(30);
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  await expect.poll(async () => (await runOf(bot)).run?.message ?? null, { timeout: 60_000 }).not.toBeNull();
  const message = await runMessage(bot);
  await bot.discord.click(message, customIdsIn(message)[0] ?? '', { as: 'owner' });
  await untilOver(bot);
  expect(await messageOf(bot)).toContain('A moderator or the brake stopped it');
  expect(await messageOf(bot)).not.toContain(bot.discord.people.owner);
  expect(entries()[0]).toContain(`<@${bot.discord.people.owner}> cancelled it`);
});

test('where neither the channel nor a log takes it, the list comes by letter', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const raid = await discord.join(2);
  const closed = { message: 'Missing Permissions', code: 50013 };
  discord.faults.rest(new RegExp(`channels/${discord.channels.general}/messages`), {
    kind: 'status',
    status: 403,
    body: closed,
  });
  await confirmed(bot, 'masskick', { ids: raid.join(' ') });
  expect((await untilOver(bot)).run).toMatchObject({ state: 'done' });
  expect(lettersTo(bot, 'moderator').join()).toContain('mass-kick.txt');
});

test('the audit log of bans in bulk names moderator, cases and reason', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await discord.slash(
    'note',
    { who: 'member', text: 'so that the cases do not begin at 1' },
    { as: 'moderator', unchecked: true },
  );
  await expect.poll(async () => (await casesOf(bot)).length).toBe(1);
  const raid = await discord.join(12);
  await confirmed(bot, 'massban', { ids: raid.join(' '), reason: 'raid  of\nbots' });
  await untilOver(bot);
  const { username } = discord.state.user(discord.people.moderator);
  const reasons = auditOf(bot).map(({ reason }) => reason);
  expect(reasons).toEqual(raid.map(() => `${username} (${discord.people.moderator}) · cases 2-13 · raid of bots`));
});

test('without the right to it the route for many is not asked, and five are banned at a time', async () => {
  await using bot = await startBot();
  const { state, guildId, roles } = bot.discord;
  const guild = state.guilds.get(guildId);
  const own = guild?.roles.get(roles.bot);
  if (!own) throw new Error('the bot has no role');
  const permissions = String(BigInt(own.permissions) & ~(1n << 5n));
  await bot.discord.rest('PATCH', `/guilds/${guildId}/roles/${roles.bot}`, { as: 'owner', body: { permissions } });
  const raid = await bot.discord.join(7);
  await confirmed(bot, 'massban', { ids: raid.join(' ') });
  const { items } = await untilOver(bot);
  expect(items.map(({ outcome }) => outcome)).toEqual(raid.map(() => 'done'));
  expect(bot.discord.requests().filter(({ path }) => BULK.test(path))).toEqual([]);
});

test('bans of strangers that Discord takes no more of today end it, in words', async () => {
  await using bot = await startBot();
  const raid = await bot.discord.join(12);
  const full = { message: 'Maximum number of bans for non-guild members have been exceeded', code: 30035 };
  bot.discord.faults.rest(/\/bans\/\d+$/, { kind: 'status', status: 400, body: full }, { method: 'PUT' });
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'moderation.refused.tooManyBans' } });
  expect(items.filter(({ outcome }) => outcome === 'refused')).toHaveLength(5);
  expect(await messageOf(bot)).toContain('no more bans of people who are not in the server today');
});

test('what lasts for a time lasts so long from when it is done, however late that is', async () => {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  await using bot = await startBot({ now });
  const all = await bot.discord.join(2);
  let begun = 0;
  await confirmed(bot, 'masstimeout', { ids: all.join(' '), duration: '1 hour' }, 'moderator', () => {
    ahead = 10 * 60_000;
    begun = now().getTime();
  });
  bot.app.timers.wake();
  await untilOver(bot);
  for (const { until } of await casesOf(bot))
    expect(new Date(until).getTime()).toBeGreaterThanOrEqual(begun + 3_600_000);
});

test('a file that would be too large says how many are not in it', async () => {
  await using bot = await startBot();
  const { app, discord } = bot;
  const items = Array.from({ length: 1_000 }, (_, at) => ({
    ...{ target: String(300_000_000_000_000_000n + BigInt(at)), name: 'a name', note: '€'.repeat(4_000) },
  }));
  const values: MassValues = {
    ...{
      id: crypto.randomUUID(),
      kind: 'purge',
      guild: discord.guildId,
      actor: discord.people.owner,
      actorName: 'owner',
    },
    ...{
      channel: discord.channels.general,
      spec: { channel: discord.channels.general },
      raid: null,
      createdAt: app.now(),
    },
  };
  await askRun(values, items, app);
  const run = await findRun(app.db, values.id);
  const { bytes } = await listOf(run as MassRun, app);
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
  const there = lines.filter((line) => line.startsWith('€')).length;
  expect(there).toBeGreaterThan(600);
  expect(lines.at(-1)).toBe(`${1_000 - there} more do not fit into this file.`);
  expect(bytes.byteLength).toBeLessThan(8_000_100);
});
