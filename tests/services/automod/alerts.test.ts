import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { insertAlert } from '../../../src/db/automod-alerts.ts';
import { alertTimer } from '../../../src/services/automod/tell.ts';
import { customIdsIn } from '../../../src/services/timers/send-once.ts';
import type { Action } from '../../../src/workers/rules/schema.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { bannedIn, casesOf, order } from '../../handlers/commands/moderation/moderated.ts';
import { has, left, PATIENCE, rule, said, write, written } from './acting.ts';

vi.setConfig({ testTimeout: 120_000 });

const ALERT: Action = { do: 'alert' };

/** The newest alert that says this. */
async function alertIn(bot: TestBot, text: string, channel = 'mod-log') {
  const find = () => written(bot, channel).findLast(({ components }) => JSON.stringify(components).includes(text));
  await expect.poll(() => find() !== undefined, PATIENCE).toBe(true);
  const message = find();
  if (!message) throw new Error('there is no alert');
  return message;
}

/** Presses a button of an alert, and says all that whoever pressed it reads. */
async function press(bot: TestBot, message: { readonly id: string }, name: string, as = 'moderator'): Promise<string> {
  const [shown] = written(bot).filter(({ id }) => id === message.id);
  const id = customIdsIn(shown).find((one) => one.startsWith(`automod.${name}:`)) ?? `there is no ${name}`;
  return saidIn(await bot.discord.click({ ...shown, id: message.id } as never, id, { as, unchecked: true } as never));
}

async function withAlerts(bot: TestBot): Promise<void> {
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
}

/** A message that a rule has told moderators of. */
async function alerted(bot: TestBot, content: string, actions: readonly Action[] = [ALERT], as = 'newcomer') {
  const message = await write(bot, { as, content });
  await has(bot, message, [rule(actions, { name: `Rule of ${content}` })]);
  return { message, alert: await alertIn(bot, `A rule was hit: Rule of ${content}`) };
}

test('an alert shows who wrote what, with what was found set apart, no markdown of theirs, no secret, no ping', async () => {
  await using bot = await startBot();
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  await bot.set('automod', { alertChannel: bot.discord.channels['bot-commands'] });
  expect(await order(bot, 'warn', { member: 'newcomer', reason: 'before' })).toContain('done');
  const token = `ghp_${'aB3dE6gH9jK2mN5pQ8sT'}${'1vW4yZ7bC0eF3hJ6'}`;
  const content = `**loud** @everyone <@${bot.discord.people.owner}> bad words [x](https://evil.example) ${token}`;
  const at = content.indexOf('bad words');
  const message = await write(bot, { as: 'newcomer', content });
  await has(bot, message, [rule([ALERT, { do: 'log' }], { name: 'Words' })], { spans: [[at, at + 9]] });
  const alert = await alertIn(bot, 'A rule was hit: Words', 'bot-commands');
  const text = JSON.stringify(alert.components);
  expect(text).toContain('**__bad words__**');
  expect(text).toContain('\\\\*\\\\*loud\\\\*\\\\*');
  expect(text).toContain('https:\\\\//evil');
  expect(text).not.toContain(token.slice(4)); // what stands before it is set apart
  expect(text).toContain('fiordland');
  expect(text).toContain('1 case, points: 0');
  const sent = bot.discord.requests().filter(({ body }) => JSON.stringify(body ?? '').includes('A rule was hit'));
  expect(sent.map(({ body }) => Object(body).allowed_mentions)).toEqual([{ parse: [] }]);
  await expect.poll(() => said(bot).filter((one) => one.includes('Automod: Words')).length, PATIENCE).toBe(1); // the log is another channel
  expect(customIdsIn(alert).map((id) => id.split(':')[0])).toEqual([
    ...['automod.delete', 'automod.timeout', 'automod.ban', 'automod.trust'],
  ]);
});

test('each button does what it says by the rights of its command, after a restart as well, and the alert says who did what', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url };
  const texts = ['one', 'two', 'three', 'four'] as const;
  const alerts = new Map<string, Awaited<ReturnType<typeof alerted>>>();
  {
    await using first = await startBot({ discord, env });
    await withAlerts(first);
    for (const text of texts)
      alerts.set(text, await alerted(first, text, [ALERT, ...(text === 'four' ? [{ do: 'warn' } as const] : [])]));
  }
  await using bot = await startBot({ discord, env });
  const shared = { ...bot, db: bot.app.db };
  const alert = (text: string) => alerts.get(text)?.alert ?? { id: '' };
  const who = discord.people.newcomer;
  expect(await press(bot, alert('one'), 'delete', 'member')).toContain('You need');
  expect(left(bot)).toContain('one');
  expect(await press(bot, alert('one'), 'delete')).toContain('I delete the message');
  await expect.poll(() => left(bot), PATIENCE).not.toContain('one');
  await expect.poll(() => said(bot).find((text) => text.includes('Rule of one')), PATIENCE).toContain('**Deleted**');
  expect(await press(bot, alert('two'), 'timeout')).toContain('time');
  const member = () => discord.state.guild(discord.guildId).members.get(who);
  await expect
    .poll(() => Date.parse(member()?.communication_disabled_until ?? ''), PATIENCE)
    .toBeGreaterThan(Date.now());
  expect(await press(bot, alert('four'), 'pardon')).toContain('does not count any more');
  await expect
    .poll(async () => (await casesOf(shared)).map(({ type, state }) => `${type} ${state}`), PATIENCE)
    .toEqual(['warn void', 'timeout done']);
  expect(await press(bot, alert('three'), 'trust')).toContain('You need');
  expect(await press(bot, alert('three'), 'trust', 'owner')).toContain('sees nothing of');
  const trusted = async () => (await bot.app.settings.of(discord.guildId, 'automod')).trusted;
  await expect.poll(trusted, PATIENCE).toMatchObject([{ member: who, by: discord.people.owner }]);
  await expect
    .poll(() => said(bot).find((text) => text.includes('Rule of three')), PATIENCE)
    .toContain('Trust no more');
  expect(await press(bot, alert('three'), 'untrust', 'owner')).toContain('again');
  await expect.poll(trusted, PATIENCE).toEqual([]);
  await expect
    .poll(() => said(bot).find((text) => text.includes('Rule of three')), PATIENCE)
    .toContain('**Trusted no more**');
  expect(await press(bot, alert('three'), 'ban')).toContain('done');
  expect(bannedIn(bot)).toEqual([who]);
  await expect.poll(() => said(bot).find((text) => text.includes('Rule of three')), PATIENCE).toContain('**Banned**');
});

test('a pardon takes back what lasts before it says that the case does not count', async () => {
  await using bot = await startBot();
  await withAlerts(bot);
  const { alert } = await alerted(bot, 'held', [ALERT, { do: 'timeout', for: 3_600 }]);
  await expect.poll(async () => (await casesOf(bot)).map(({ state }) => state), PATIENCE).toEqual(['done']);
  expect(await press(bot, alert, 'pardon')).toContain('done');
  await expect
    .poll(async () => (await casesOf(bot)).map(({ type, state }) => `${type} ${state}`), PATIENCE)
    .toEqual(['timeout void', 'untimeout done']);
});

test('a pardon reaches all that rules have led to: roles they took or gave, and whoever else took part in a flood, also later', async () => {
  await using bot = await startBot();
  await withAlerts(bot);
  const { discord } = bot;
  const made = await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { as: 'owner', body: { name: 'quiet' } });
  const { id: quiet } = made as { readonly id: string };
  const had = discord.roles.member ?? '';
  const rolesOf = (who: string) => discord.state.guild(discord.guildId).members.get(who)?.roles ?? [];
  const [member = '', other = ''] = [discord.people.member, ...(await discord.join(1))];
  const floods = rule(
    [...([ALERT, { do: 'warn' }, { do: 'add-role', role: quiet }, { do: 'remove-role', role: had }] as const)],
    { name: 'Rule of all', when: { type: 'flood', copies: 2, seconds: 60, by: 'anyone' } },
  );
  const content = 'Free nitro for everyone, grab yours before it is gone at the link in my profile';
  for (const as of [member, member, other]) await has(bot, await write(bot, { as, content }), [floods]);
  const cases = async () => (await casesOf(bot)).map(({ type, state }) => `${type} ${state}`).toSorted();
  const all = ['role-add done', 'role-add done', 'role-remove done', 'role-remove done', 'warn done', 'warn done'];
  await expect.poll(cases, PATIENCE).toEqual(all);
  expect([rolesOf(member).includes(had), rolesOf(other).includes(quiet)]).toEqual([false, true]);
  const alert = await alertIn(bot, 'A rule was hit: Rule of all');
  await press(bot, alert, 'pardon', 'owner');
  const back = () => [had, quiet].map((role) => rolesOf(member).includes(role));
  await expect.poll(() => [...back(), rolesOf(other).includes(quiet)], PATIENCE).toEqual([true, false, false]);
  const counted = async () =>
    (await casesOf(bot)).filter(({ source, state }) => source === 'automod' && state !== 'void');
  await expect.poll(counted, PATIENCE).toEqual([]);
  const text = () => said(bot).find((one) => one.includes('Rule of all'));
  await expect.poll(text, PATIENCE).toContain('**Pardoned**');
  expect(text()).toMatch(/\*\*Cases\*\*\D*1, 2, 3, 4, 5(,| and) 6/);
  expect(text()).not.toContain('automod.pardon:');
});

test('of what came over a webhook there is only the message to deal with', async () => {
  await using bot = await startBot();
  await withAlerts(bot);
  const message = await write(bot, { content: 'from elsewhere' });
  await has(bot, { ...message, webhook: '123456789012345678' }, [
    rule([ALERT, { do: 'warn' }], { name: 'Rule of hooks' }),
  ]);
  const alert = await alertIn(bot, 'A rule was hit: Rule of hooks');
  expect(customIdsIn(alert).map((id) => id.split(':')[0])).toEqual(['automod.delete']);
});

test('of two moderators who press at the same moment one acts, and so does one who presses what is out of date', async () => {
  await using bot = await startBot();
  await withAlerts(bot);
  const { alert } = await alerted(bot, 'raced');
  const shown = alert;
  const ids = customIdsIn(shown);
  const id = (name: string) => ids.find((one) => one.startsWith(`automod.${name}:`)) ?? '';
  const click = async (name: string, as: string) =>
    saidIn(await bot.discord.click(shown as never, id(name), { as, unchecked: true } as never));
  const answers = await Promise.all([click('ban', 'moderator'), click('timeout', 'owner'), click('ban', 'owner')]);
  expect(answers.filter((text) => text.includes('faster'))).toHaveLength(2);
  expect(answers.filter((text) => text.includes('Case 1'))).toHaveLength(1);
  expect(await casesOf(bot)).toHaveLength(1);
  expect(await click('timeout', 'moderator')).toContain('faster');
  expect(await casesOf(bot)).toHaveLength(1);
});

test('a raid does not fill the channel: what was not told is counted with the next', async () => {
  let now = new Date();
  await using bot = await startBot({ now: () => now });
  await withAlerts(bot);
  const tells = rule([ALERT], { name: 'Many' });
  const alerts = () => said(bot).filter((text) => text.includes('A rule was hit'));
  for (let turn = 0; turn < 25; turn += 1) await has(bot, await write(bot, { content: `no ${turn}` }), [tells]);
  await expect.poll(() => alerts().length, PATIENCE).toBe(20);
  now = new Date(now.getTime() + 61_000);
  bot.app.timers.wake();
  await has(bot, await write(bot, { content: 'later' }), [tells]);
  await expect.poll(() => alerts().length, PATIENCE).toBe(21);
  expect(alerts().at(-1)).toContain('5 more hits before this were not told of');
});

test('what was written in one server is never told in another, whatever channel a rule names', async () => {
  await using bot = await startBot();
  await withAlerts(bot);
  const { app, db, discord } = bot;
  const other = await discord.addGuild('Elsewhere');
  const [foreign = ''] = [...discord.state.guild(other).channels].filter(
    (id) => discord.state.channel(id).name === 'mod-log',
  );
  await expect.poll(() => app.discord.channels.cache.has(foreign), PATIENCE).toBe(true);
  await alerted(bot, 'ours', [{ do: 'alert', channel: foreign }]);
  // As it was kept before anybody looked at the channel.
  const [row] = await db`select to_jsonb(a) as one from automod_alerts a`;
  const { author_id: author, message_id: message } = Object(row?.one);
  const place = { guild: discord.guildId, channel: discord.channels.general ?? '', place: foreign };
  const alert = {
    ...{
      ...place,
      id: crypto.randomUUID(),
      message: String(message),
      author: String(author),
      authorName: 'x',
      rules: [],
    },
    ...{ text: 'ours', spans: [], files: [], found: [], did: [], copies: 1, untold: 0, webhook: false },
    ...{ group: crypto.randomUUID(), buttons: true, madeAt: new Date() },
  };
  await app.database.begin(async (tx, notify) => {
    await insertAlert(tx, alert);
    await app.timers.addWithin({ tx, notify }, alertTimer(alert, new Date()));
  });
  const open = () => db`select 1 from timers where kind = 'automod-alert' and done_at is null`;
  await expect.poll(async () => (await open()).length, PATIENCE).toBe(0);
  expect(written(bot, foreign)).toEqual([]);
});
