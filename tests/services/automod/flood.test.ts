import { expect, test, vi } from 'vitest';
import type { Rule } from '../../../src/workers/rules/schema.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { pe } from '../../files/executables.ts';
import { upload } from '../../handlers/commands/files/inspected.ts';
import { casesOf } from '../../handlers/commands/moderation/moderated.ts';
import { has, left, PATIENCE, rule, said, write } from './acting.ts';

vi.setConfig({ testTimeout: 120_000 });

const SPAM = 'Free nitro for everyone, grab yours before it is gone at the link in my profile';
const WORDS = ['look', 'see this', 'what is it', 'hm', 'anybody?'];
const MARKS = ['😀', '\u200b', '🔥', '7', '\u2060', '💯', '42', '\u00ad'];

function variant(at: number): string {
  const words = SPAM.split(' ');
  const mark = MARKS[at % MARKS.length] ?? '';
  words.splice(at % words.length, 0, `${mark}${at}`);
  return `${words.join(' ')} ${MARKS[(at + 3) % MARKS.length]}`;
}

function flood(more: Partial<Rule> = {}, by: 'author' | 'anyone' = 'anyone', copies = 4): Rule {
  const when = { type: 'flood', copies, seconds: 60, by } as const;
  return rule([{ do: 'delete-copies' }, { do: 'timeout', for: 600 }, { do: 'alert' }], {
    when,
    name: 'Flood',
    ...more,
  });
}

async function channelsOf({ discord }: TestBot, count: number): Promise<readonly string[]> {
  const made = Array.from({ length: count }, (_, at) =>
    discord.rest('POST', `/guilds/${discord.guildId}/channels`, { as: 'owner', body: { name: `flooded-${at}` } }),
  );
  return (await Promise.all(made)).map((one) => (one as { readonly id: string }).id);
}

/** How the server's cases stand once none is pending. */
async function settled(bot: TestBot) {
  await expect.poll(async () => (await casesOf(bot)).filter(({ state }) => state === 'pending'), PATIENCE).toEqual([]);
  return await casesOf(bot);
}

test('fifty variants by five people in ten channels are gone, with one case for each of them, one alert, and nobody else harmed', async () => {
  await using bot = await startBot();
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  const [people, channels] = [await bot.discord.join(5), await channelsOf(bot, 10)];
  const floods = flood();
  await has(bot, await write(bot, { content: 'Has anybody tried the new build on a Raspberry Pi yet?' }), [floods]);
  const written: Promise<void>[] = [];
  for (let at = 0; at < 50; at += 1) {
    const message = await write(bot, {
      as: people[at % 5] ?? '',
      channel: channels[at % 10] ?? '',
      content: variant(at),
    });
    written.push(has(bot, message, [floods]));
  }
  await Promise.all(written);
  expect(channels.flatMap((channel) => left(bot, channel))).toEqual([]);
  expect(left(bot)).toHaveLength(1);
  const cases = await settled(bot);
  expect(cases.map(({ type, target }) => [type, target]).toSorted()).toEqual(
    people.map((who) => ['timeout', who]).toSorted(),
  );
  expect(cases.every(({ reason }) => String(reason).startsWith('Automod: Flood'))).toBe(true);
  await expect.poll(() => said(bot).filter((text) => text.includes('A rule was hit')).length, PATIENCE).toBe(1);
  const deletions = bot.discord
    .requests()
    .filter(({ method, path }) => method === 'DELETE' || path.endsWith('/bulk-delete'));
  expect(deletions.length).toBeLessThanOrEqual(50);
  const open = () => bot.db`select 1 from timers where kind = 'automod-delete' and done_at is null`;
  await expect.poll(async () => (await open()).length, PATIENCE).toBe(0);
});

test('what is short is the same only from one author; several who say it are no flood', async () => {
  await using bot = await startBot();
  const floods = flood({}, 'anyone', 3);
  for (const as of ['member', 'newcomer', ...(await bot.discord.join(3))]) {
    await has(bot, await write(bot, { as, content: 'good morning' }), [floods]);
  }
  expect(left(bot)).toHaveLength(5);
  for (let turn = 0; turn < 2; turn += 1) await has(bot, await write(bot, { content: 'good morning' }), [floods]);
  expect(left(bot)).toHaveLength(4); // of the member nothing is left
  expect(await settled(bot)).toMatchObject([{ type: 'timeout', target: bot.discord.people.member }]);
});

test('the same file counts whatever is written beside it, and by one author only theirs do', async () => {
  await using bot = await startBot();
  const floods = flood({}, 'author', 3);
  const file = { name: 'x.png', bytes: new Uint8Array(2_000).fill(7), contentType: 'image/png' };
  for (const [at, as] of ['member', 'newcomer', 'member', 'newcomer', 'member'].entries()) {
    const name = `${at}.png`;
    await has(bot, await write(bot, { as, content: WORDS[at] ?? '', files: [{ ...file, name }] }), [floods]);
  }
  expect(left(bot)).toEqual([WORDS[1], WORDS[3]]);
  expect(await settled(bot)).toMatchObject([{ target: bot.discord.people.member }]);
});

test('an edit is no further copy, and what was written long before is none', async () => {
  let at = Date.now() - 3_600_000;
  const { startSandbox } = await import('../../../sandbox/server/sandbox.ts');
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => at });
  await using bot = await startBot({ discord });
  const floods = flood({}, 'author', 3);
  const first = await write(bot, { content: SPAM });
  await has(bot, first, [floods]);
  for (let turn = 0; turn < 3; turn += 1) await has(bot, { ...first, edited: true }, [floods]);
  expect(left(bot)).toHaveLength(1);
  await has(bot, await write(bot, { content: SPAM }), [floods]);
  at += 120_000;
  await has(bot, await write(bot, { content: SPAM }), [floods]);
  expect(left(bot)).toHaveLength(3);
});

test('copies of somebody whom the rule does not bind stay', async () => {
  await using bot = await startBot();
  const spared = flood(
    { except: { roles: [], channels: [], members: [bot.discord.people.newcomer], rank: 3 } },
    'anyone',
    3,
  );
  const other = rule([], { when: { type: 'flood', copies: 50, seconds: 60, by: 'anyone' } });
  await has(bot, await write(bot, { as: 'newcomer', content: SPAM }), [other]);
  for (let turn = 0; turn < 3; turn += 1) await has(bot, await write(bot, { content: variant(turn) }), [spared]);
  expect(left(bot)).toEqual([SPAM]);
  expect(await settled(bot)).toMatchObject([{ target: bot.discord.people.member }]);
});

test('what stands in a channel or a category that the rule is not about, or is of somebody whom no rule binds, stays and does not count', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const make = async (path: string, body: object) =>
    ((await discord.rest('POST', path, { as: 'owner', body })) as { readonly id: string }).id;
  const category = await make(`/guilds/${discord.guildId}/channels`, { name: 'free', type: 4 });
  const free = await make(`/guilds/${discord.guildId}/channels`, { name: 'free-talk', parent_id: category });
  const thread = await make(`/channels/${discord.channels.random}/threads`, { name: 'talk', type: 11 });
  await expect.poll(() => [free, thread].every((id) => bot.app.discord.channels.cache.has(id)), PATIENCE).toBe(true);
  const spared = flood(
    { except: { roles: [], channels: [category, discord.channels.random ?? ''], members: [], rank: 10 } },
    'anyone',
    3,
  );
  const other = rule([], { when: { type: 'flood', copies: 50, seconds: 60, by: 'anyone' } });
  await has(bot, await write(bot, { channel: free, as: 'newcomer', content: variant(0) }), [other]);
  await has(bot, await write(bot, { channel: thread, as: 'newcomer', content: variant(1) }), [other]);
  await bot.set('automod', { exemptRank: 3 });
  await has(bot, await write(bot, { as: 'moderator', content: SPAM }), [other]);
  await has(bot, await write(bot, { content: variant(2) }), [spared]);
  expect(left(bot)).toHaveLength(2);
  await has(bot, await write(bot, { content: variant(3) }), [spared]);
  expect([left(bot), left(bot, free), left(bot, thread)]).toEqual([[SPAM], [variant(0)], [variant(1)]]);
  expect(await settled(bot)).toMatchObject([{ target: discord.people.member }]);
});

test('copies of which nothing could be written are seen to with the next one', async () => {
  await using bot = await startBot();
  const floods = flood({}, 'author', 3);
  const failing = vi.spyOn(bot.app.moderation, 'order').mockRejectedValue(new Error('this cannot be written'));
  for (const at of [0, 1]) await has(bot, await write(bot, { content: variant(at) }), [floods]);
  const third = await write(bot, { content: variant(2) });
  await expect(has(bot, third, [floods])).rejects.toThrow('this cannot be written');
  failing.mockRestore();
  await has(bot, await write(bot, { content: variant(3) }), [floods]);
  expect(left(bot)).toEqual([]);
  expect(await settled(bot)).toMatchObject([{ target: bot.discord.people.member }]);
});

test('a rule that asks besides whether a file is bad makes one case of a flood as well', async () => {
  await using bot = await startBot();
  const when = {
    all: [
      { type: 'flood', copies: 2, seconds: 60, by: 'author' },
      { type: 'file', verdict: 'dangerous' },
    ],
  } as const;
  const floods = flood({ when });
  const files = [upload('invoice.pdf.exe', pe())];
  for (const at of [0, 1, 2, 3]) await has(bot, await write(bot, { content: variant(at), files }), [floods]);
  expect(left(bot)).toEqual([]);
  expect(await settled(bot)).toMatchObject([{ target: bot.discord.people.member }]);
});

test('a rule that has only observed a flood, or a message, acts on the same once it is to', async () => {
  await using bot = await startBot();
  const acts = flood({}, 'author', 3);
  const observes = { ...acts, mode: 'observe' } as const;
  for (const at of [0, 1, 2]) await has(bot, await write(bot, { content: variant(at) }), [observes]);
  expect(left(bot)).toHaveLength(3);
  await has(bot, await write(bot, { content: variant(3) }), [acts]);
  expect(left(bot)).toEqual([]);
  const warns = rule([{ do: 'warn' }], { name: 'Warns' });
  const message = await write(bot, { as: 'newcomer', content: 'observed' });
  await has(bot, message, [{ ...warns, mode: 'observe' }]);
  await has(bot, { ...message, edited: true }, [warns]);
  const cases = await settled(bot);
  expect(cases.map(({ type, target }) => `${type} ${target}`)).toEqual([
    `timeout ${bot.discord.people.member}`,
    `warn ${message.author}`,
  ]);
});
