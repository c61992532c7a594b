import { PermissionFlagsBits } from 'discord.js';
import type { APIMessage } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server/sandbox.ts';
import { decodeState, parseCustomId } from '../../../src/services/answers/custom-id.ts';
import { REMINDER_DONE, REMINDER_SNOOZE } from '../../../src/services/reminders/buttons.ts';
import type { ReminderPayload } from '../../../src/services/reminders/message.ts';
import { startBot, type TestBot } from '../../bot.ts';

interface Reminding extends Partial<ReminderPayload> {
  readonly channel?: string;
  readonly owner?: string;
  readonly lateMs?: number;
}

/** Stores a reminder that is due at once, and resolves with how it ended. */
async function remind({ app, discord, db }: TestBot, { channel, owner, lateMs = 0, ...payload }: Reminding) {
  const { id } = await app.timers.add({
    kind: 'reminder',
    owner: owner ?? discord.people.member ?? '',
    guild: discord.guildId,
    channel: channel ?? discord.channels.general,
    payload: { text: 'drink tea', where: 'dm', ...payload },
    due: new Date(app.now().getTime() - lateMs),
    zone: 'UTC',
  });
  let row: { outcome: string; doneAt: Date | null } | undefined;
  await expect
    .poll(async () => {
      [row] = await db<{ outcome: string; doneAt: Date | null }[]>`
          select outcome, done_at as "doneAt" from timers where id = ${id}`;
      return row?.doneAt;
    })
    .toBeTruthy();
  return { id, outcome: row?.outcome };
}

function saidIn(discord: Sandbox, channel: string): APIMessage[] {
  const { state } = discord;
  return state.messages.list(channel, { limit: 100 }).filter(({ author }) => author.id === state.bot.id);
}

function direct(discord: Sandbox, person: string): APIMessage[] {
  const found = [...discord.state.channels.values()].find(
    ({ recipients, guild_id: guild }) => guild === undefined && recipients?.some(({ id }) => id === person),
  );
  return found ? saidIn(discord, found.id) : [];
}

function customIds(message: APIMessage | undefined): readonly string[] {
  return [...JSON.stringify(message).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id = '']) => id);
}

function overwritesOf({ app }: TestBot, id: string): number {
  const channel = app.discord.channels.cache.get(id);
  return channel && 'permissionOverwrites' in channel ? channel.permissionOverwrites.cache.size : 0;
}

async function logsTo(bot: TestBot, channel: string): Promise<void> {
  await bot.set('logs', { logChannel: channel });
}

test('a reminder comes by direct message, with buttons that say which it is', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const link = `https://discord.com/channels/${discord.guildId}/1/2`;
  const { id, outcome } = await remind(bot, { text: 'see https://example.com/a_b_c *now*', link });
  expect(outcome).toBe('done');
  const [message, ...more] = direct(discord, discord.people.member ?? '');
  expect(more).toEqual([]);
  const text = JSON.stringify(message);
  expect(text).toContain('see https://example.com/a_b_c \\\\*now\\\\*');
  expect(text).toContain(link);
  expect(text).not.toContain('This was due');
  const ids = customIds(message).map((customId) => parseCustomId(customId));
  expect(ids.map((one) => one?.name)).toEqual([REMINDER_DONE.id, ...Array(3).fill(REMINDER_SNOOZE.id)]);
  expect(ids[0] && decodeState(REMINDER_DONE.state, ids[0].fields)).toEqual({ timer: id });
  expect(ids.slice(1).map((one) => one && decodeState(REMINDER_SNOOZE.state, one.fields))).toEqual(
    ['10m', '1h', 'tomorrow'].map((span) => ({ timer: id, span })),
  );
});

test('one that is late says when it was due', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await remind(bot, { lateMs: 3_600_000 });
  expect(JSON.stringify(direct(discord, discord.people.member ?? ''))).toMatch(/This was due <t:\d+:R>/);
});

test('in a channel the person is mentioned, and nobody else that the text names', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { member = '', owner = '' } = discord.people;
  await remind(bot, { where: 'channel', text: `<@${owner}> @everyone` });
  const [message] = saidIn(discord, discord.channels.general ?? '');
  expect(message?.mentions.map(({ id }) => id)).toEqual([member]);
  expect(message?.mention_everyone).toBe(false);
  expect(direct(discord, member)).toEqual([]);
});

test('one that a dead process has sent long ago, and that says by now when it was due, is not sent again', async () => {
  let behindMs = 20 * 60_000;
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => Date.now() - behindMs });
  await using bot = await startBot({ discord });
  const { id } = await remind(bot, { where: 'channel' });
  await bot.db`
    update timers set
      done_at = null, outcome = null, occurrence = 0, claimed_by = 'dead', claimed_until = now() - interval '1 second',
      due_at = now() - interval '20 minutes', wake_at = now() - interval '20 minutes', attempts = 1,
      tried_at = now() - interval '20 minutes'`;
  behindMs = 0; // Discord has forgotten the nonce
  bot.app.timers.wake();
  const ended = async () => (await bot.db`select outcome, occurrence from timers where id = ${id}`)[0];
  await expect.poll(ended).toEqual({ outcome: 'done', occurrence: 1 });
  expect(saidIn(discord, discord.channels.general ?? '')).toHaveLength(1);
});

test('with direct messages turned off it comes in the channel, and the moderators are not told', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await logsTo(bot, discord.channels.random ?? '');
  await discord.directMessages('member', false);
  expect(await remind(bot, {})).toMatchObject({ outcome: 'done' });
  expect(JSON.stringify(saidIn(discord, discord.channels.general ?? ''))).toContain(
    'Direct messages from me are turned off',
  );
  expect(saidIn(discord, discord.channels.random ?? '')).toEqual([]);
});

test('when its channel is gone it comes by direct message, and the log says so', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await logsTo(bot, discord.channels.general ?? '');
  await discord.rest('DELETE', `/channels/${discord.channels.random}`, { as: 'owner' });
  expect(await remind(bot, { where: 'channel', channel: discord.channels.random ?? '' })).toMatchObject({
    outcome: 'done',
  });
  expect(direct(discord, discord.people.member ?? '')).toHaveLength(1);
  await bot.logged(({ msg }) => msg === 'a timer was delivered otherwise than asked for');
  await expect
    .poll(() => JSON.stringify(saidIn(discord, discord.channels.general ?? '')))
    .toContain('The channel is gone. I sent a direct message instead.');
});

test('when the person is gone it fails for good, and log and server are told', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await logsTo(bot, discord.channels.random ?? '');
  await discord.leave('member');
  for (const where of ['dm', 'channel'] as const)
    expect(await remind(bot, { where })).toMatchObject({ outcome: 'failed' });
  expect(saidIn(discord, discord.channels.general ?? '')).toEqual([]);
  const line = await bot.logged(({ msg }) => msg === 'a timer could not be delivered');
  expect(line.why).toContain('The person has left the server.');
  await expect.poll(() => saidIn(discord, discord.channels.random ?? '')).toHaveLength(2);
});

test.each(['has', 'does not have'])(
  'whoever is silenced in a channel is reminded there no more, also by a process that %s the server',
  async (holds) => {
    await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
    const { member = '', owner = '' } = discord.people;
    const shard = Number((BigInt(discord.guildId) >> 22n) % 2n);
    const env = { SHARD_COUNT: '2', SHARDS: String(holds === 'has' ? shard : 1 - shard) };
    await using bot = await startBot({ discord, env });
    await logsTo(bot, discord.channels['mod-log'] ?? '');
    const { general = '', random = '' } = discord.channels;
    const allow = (channel: string, id: string, change: object) =>
      discord.rest('PUT', `/channels/${channel}/permissions/${id}`, {
        as: 'owner',
        body: { allow: '0', deny: '0', ...change },
      });
    expect(await remind(bot, { where: 'channel', text: 'one' })).toMatchObject({ outcome: 'done' });
    const view = String(PermissionFlagsBits.ViewChannel);
    await allow(random, discord.state.bot.id, { type: 1, allow: view });
    await allow(random, discord.guildId, { type: 0, deny: view });
    const { channels } = discord.state;
    await expect
      .poll(() => (holds === 'has' ? overwritesOf(bot, random) : channels.get(random)?.permission_overwrites?.length))
      .toBe(2);
    await remind(bot, { where: 'channel', text: 'two', channel: random });
    await remind(bot, { where: 'channel', text: 'three', channel: random, owner });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await discord.rest('PATCH', `/guilds/${discord.guildId}/members/${member}`, {
      as: 'owner',
      body: { communication_disabled_until: until },
    });
    const known = () => bot.app.discord.guilds.cache.get(discord.guildId)?.members.cache.get(member);
    await expect.poll(() => known()?.communicationDisabledUntilTimestamp ?? 1).toBeTruthy();
    await remind(bot, { where: 'channel', text: 'four' });
    const said = (channel: string) => JSON.stringify(saidIn(discord, channel));
    expect(saidIn(discord, general)).toHaveLength(1);
    expect(saidIn(discord, random)).toHaveLength(1);
    expect(said(random)).toContain('three');
    const [last, first, ...more] = direct(discord, member).map((message) => JSON.stringify(message));
    expect(more).toEqual([]);
    expect(first).toContain('may not write in the channel any more');
    expect(last).toContain('is in timeout there');
    expect(said(discord.channels['mod-log'] ?? '')).not.toContain('reminder'); // only of the timeout, which is a case
  },
);

test('/status and the metrics tell of timers', async () => {
  await using bot = await startBot();
  await remind(bot, {});
  const reply = await bot.discord.slash('status', {}, { as: 'owner' });
  expect(reply.content).toContain('none under way, 1 delivered, 0 failed');
  const metrics = await bot.app.metrics.registry.metrics();
  expect(metrics).toContain('rockhopper_timers_total{kind="reminder",outcome="done"} 1');
  expect(metrics).toContain('rockhopper_timer_late_seconds_count{kind="reminder"} 1');
  expect(metrics).toContain('rockhopper_timers_due 0');
});

test("a machine's clock that is wrong does not show: the bot goes by the database's", async () => {
  const machineNow = () => new Date(Date.now() + 90_000);
  await using bot = await startBot({ machineNow });
  const [row] = await bot.db<{ at: Date }[]>`select clock_timestamp() as at`;
  expect(Math.abs(bot.app.now().getTime() - (row?.at.getTime() ?? 0))).toBeLessThan(60_000);
});

test('whoever set a reminder in a direct message hears that it cannot be delivered any more', async () => {
  await using bot = await startBot();
  const { app, discord, db } = bot;
  const owner = discord.people.member ?? '';
  const { id } = await app.timers.add({
    ...{ kind: 'reminder', owner, payload: { text: 'drink tea', where: 'dm' }, zone: 'UTC' },
    due: new Date(app.now().getTime() + 3_600_000),
  });
  await db`
    update timers set recurrence = '{"every":"day"}', due_at = ${app.now()}, wake_at = ${app.now()} where id = ${id}`;
  app.timers.wake();
  await expect.poll(() => JSON.stringify(direct(discord, owner))).toContain('Set it anew');
});

test('nobody hears by direct message of a timer that they have not set themselves', async () => {
  await using bot = await startBot();
  const { app, discord, db } = bot;
  const owner = discord.people.member ?? '';
  await app.database.begin(async (tx, notify) => {
    const timer = { kind: 'moderation-end', owner, guild: discord.guildId, payload: { broken: true }, zone: 'UTC' };
    await app.timers.addWithin({ tx, notify }, { ...timer, due: app.now() });
  });
  app.timers.wake();
  const outcome = async () => (await db`select outcome from timers`)[0]?.outcome;
  await expect.poll(outcome).toBe('failed');
  await bot.logged(({ msg }) => msg === 'a timer could not be delivered');
  await remind(bot, { text: 'later' }); // whatever else was to be sent has been sent by then
  expect(direct(discord, owner)).toHaveLength(1);
});
