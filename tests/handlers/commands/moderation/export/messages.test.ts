import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PermissionFlagsBits as P } from 'discord.js';
import type { APIAttachment } from 'discord-api-types/v10';
import { expect, test, vi } from 'vitest';
import type { OptionValues } from '../../../../../sandbox/server/verbs/option-values.ts';
import leftExports from '../../../../../src/scheduler/jobs/left-exports.ts';
import { customIdsIn } from '../../../../../src/services/timers/send-once.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { BEGAN, fillArchive, messageAt } from '../../../../workers/exports/archived.ts';
import { saidIn } from '../../files/inspected.ts';
import { lettersTo, withLog } from '../moderated.ts';

vi.setConfig({ testTimeout: 90_000 });
const PLAIN = { format: 'jsonl', packing: 'none' } as const;

/** Messages of a channel of the bot's own server, as the archive has them. */
async function keep({ db, discord }: TestBot, count: number, channel = 'general', from = 0, author = 'member') {
  const { guildId: guild, channels, people } = discord;
  const id = channels[channel] ?? channel;
  await fillArchive(db, count, { guild, channel: id, from, author: people[author] ?? author });
  await db`insert into archived_channels (guild_id, channel_id, days) values (${guild}, ${id}, 90) on conflict do nothing`;
}

async function exported({ discord }: TestBot, options: OptionValues, as = 'owner') {
  const reply = await discord.slash('export messages', options, { as, settle: 'ack', unchecked: true });
  await reply.until((one) => /messages?\.|messages, in|lie in|no such|Nothing|need|Only|disk/.test(saidIn(one)), {
    deadlineMs: 60_000,
  });
  const files = [reply.message, ...reply.followUps].flatMap<APIAttachment>((message) => message?.attachments ?? []);
  const bodies = await Promise.all(files.map(async ({ url }) => Buffer.from(await (await fetch(url)).arrayBuffer())));
  expect.soft(reply.ephemeral).toBe(true);
  return { said: saidIn(reply), names: files.map(({ filename }) => filename), bodies };
}

function idsIn(bodies: readonly Buffer[]): readonly string[] {
  const lines = bodies.flatMap((body) => body.toString().split('\n').slice(0, -1));
  return lines.map((line) => (JSON.parse(line) as { id: string }).id);
}

const places = (from: number, count: number) => Array.from({ length: count }, (_, at) => messageAt(from + at));

test('messages that are kept are handed over as files of each format, filtered, and the log says who had which', async () => {
  await using bot = await startBot();
  const logged = await withLog(bot);
  const { channels, people } = bot.discord;
  await keep(bot, 30);
  await keep(bot, 10, 'random', 100, 'newcomer');
  const all = await exported(bot, PLAIN);
  expect(all.said).toContain('40 messages.');
  expect(all.names[0]).toMatch(/^messages-\d{4}-\d\d-\d\d-[0-9a-f]{8}-1\.jsonl$/);
  expect(idsIn(all.bodies)).toEqual([...places(0, 30), ...places(100, 10)]);
  expect(idsIn((await exported(bot, { ...PLAIN, channel: 'random' })).bodies)).toEqual(places(100, 10));
  expect(idsIn((await exported(bot, { ...PLAIN, author: 'newcomer', text: 'penguin 7' })).bodies)).toEqual(
    places(107, 1),
  );
  const page = await exported(bot, { format: 'html', packing: 'gzip' }, 'owner');
  expect(page.names[0]).toMatch(/\.html\.gz$/);
  expect(gunzipSync(page.bodies[0] ?? Buffer.alloc(0)).toString()).toContain('#general');
  const told = logged().filter((entry) => entry.includes('Messages exported'));
  expect(told).toHaveLength(4);
  expect(told[1]).toContain(`of <#${channels.random}>`);
  expect(told[2]).toContain(`by <@${people.newcomer}>, with these words: penguin 7`);
  expect(await readdir(join(bot.app.config.DATA_DIR, 'exports', 'sending'))).toEqual([]);
});

test('nobody gets what they may not read now; of channels that are gone only the owner does; nothing is said in words', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people, channels, guildId } = discord;
  const gone = '100000000000000077';
  await keep(bot, 5);
  await keep(bot, 5, 'random', 100);
  await keep(bot, 5, gone, 200);
  expect((await exported(bot, PLAIN, 'moderator')).said).toContain('need');
  const made = await discord.rest('POST', `/guilds/${guildId}/roles`, {
    as: 'owner',
    body: { name: 'managers', permissions: String(P.ManageGuild) },
  });
  const role = (made as { readonly id: string }).id;
  await discord.rest('PUT', `/guilds/${guildId}/members/${people.moderator}/roles/${role}`, { as: 'owner' });
  const deny = { type: 1, allow: '0', deny: String(P.ViewChannel) };
  await discord.rest('PUT', `/channels/${channels.random}/permissions/${people.moderator}`, {
    as: 'owner',
    body: deny,
  });
  expect(idsIn((await exported(bot, PLAIN, 'moderator')).bodies)).toEqual(places(0, 5));
  expect((await exported(bot, { ...PLAIN, channel: 'random' }, 'moderator')).said).toContain('may not read it');
  expect(idsIn((await exported(bot, PLAIN)).bodies)).toEqual([...places(0, 5), ...places(100, 5), ...places(200, 5)]);
  await bot.db`insert into archive_opt_outs (user_id, since) values (${people.member ?? ''}, now())`;
  expect((await exported(bot, PLAIN)).said).toContain('There is no such message');
});

test('a time of nothing, one that ends before it begins, and a folder that is not theirs are said in plain words', async () => {
  await using bot = await startBot();
  await keep(bot, 5);
  const span = { ...PLAIN, from: '2026-10-01', to: '2026-10-02' };
  expect((await exported(bot, span)).said).toContain('There is no such message');
  expect((await exported(bot, { ...span, to: '2026-09-01' })).said).toContain('Nothing can lie between');
  const folder = join(bot.app.config.DATA_DIR, 'exports');
  await mkdir(folder, { recursive: true });
  const kept = await exported(bot, { format: 'csv', packing: 'gzip', folder: true });
  expect(kept.names).toEqual([]);
  expect(kept.said).toContain('5 messages lie in 1 files');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.gz'));
  expect(files).toHaveLength(1);
  const table = gunzipSync(await readFile(join(folder, files[0] ?? ''))).toString();
  expect(table.split('\r\n')).toHaveLength(7);
  expect(table).toContain(new Date(BEGAN).toISOString());
});

test('what is deleted while it is exported is in no file, and whoever cancels leaves nothing behind', async () => {
  await using bot = await startBot();
  const { discord, app, db } = bot;
  await keep(bot, 20);
  await keep(bot, 20, 'random', 100, 'newcomer');
  const { io } = app;
  const really = io.export.bind(io);
  const begun = Promise.withResolvers<void>();
  const spy = vi.spyOn(io, 'export');
  spy.mockImplementationOnce(async (...given) => {
    await really(...given);
    await db`delete from archived_messages where author_id = ${discord.people.newcomer ?? ''}`;
  });
  expect(idsIn((await exported(bot, PLAIN)).bodies)).toEqual(places(0, 20));
  expect(spy).toHaveBeenCalledTimes(2);
  spy.mockImplementationOnce(async (...given) => {
    begun.resolve();
    await really(...given);
  });
  const sending = join(app.config.DATA_DIR, 'exports', 'sending');
  const cancelled = await db.begin(async (tx) => {
    await tx`lock table archived_messages in access exclusive mode`; // so that it is under way until it is cancelled
    const reply = await discord.slash('export messages', PLAIN, { as: 'owner', settle: 'ack', unchecked: true });
    await begun.promise;
    await reply.until(({ content }) => content.includes('0 messages are written'));
    const [button = ''] = customIdsIn(reply.message);
    if (!reply.message) throw new Error('no progress came');
    await discord.click(reply.message, button, { as: 'owner', settle: 'ack' });
    await reply.until(({ content }) => content.includes('Cancelled'));
    return reply;
  });
  expect(cancelled.message?.attachments).toEqual([]);
  await app.inFlight.idle({ deadlineMs: 30_000 });
  expect(await readdir(sending)).toEqual([]);
});

test('a disk that is full is said, and what a process left behind is removed after an hour', async () => {
  await using bot = await startBot();
  await keep(bot, 5);
  const sending = join(bot.app.config.DATA_DIR, 'exports', 'sending');
  await mkdir(sending, { recursive: true });
  await Promise.all(['old.zip', 'new.zip'].map((name) => writeFile(join(sending, name), 'x')));
  const long = new Date(Date.now() - 2 * 3_600_000);
  await utimes(join(sending, 'old.zip'), long, long);
  await leftExports.run(bot.app, new AbortController().signal, () => {});
  expect(await readdir(sending)).toEqual(['new.zip']);
  const id = vi.spyOn(crypto, 'randomUUID').mockReturnValue('00000000-0000-4000-8000-000000000000');
  const day = bot.app.now().toISOString().slice(0, 10);
  await symlink('/dev/full', join(sending, `messages-${day}-00000000-1.jsonl.part`));
  const { said, names } = await exported(bot, PLAIN);
  id.mockRestore();
  expect(said).toContain('disk of the machine I run on is full');
  expect(names).toEqual([]);
  expect(await readdir(sending)).toEqual(['new.zip']);
});

test('what a process that is gone left is exported by the next, and comes as a letter to who may still have it', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  await keep(bot, 5);
  await keep(bot, 5, 'random', 100);
  // As a process leaves it that was killed: it says no more that it is at it.
  const leave = async (owner: string) => {
    const payload = { format: 'jsonl', packing: 'none', channel: discord.channels.random, locale: 'en' } as const;
    const of = { kind: 'message-export', owner: discord.people[owner] ?? '', guild: discord.guildId };
    const { id } = await app.timers.add({ ...of, payload, due: app.now(), zone: 'UTC' });
    await vi.waitUntil(async () => (await app.timers.get({ id, kind: 'message-export' }))?.doneAt, { timeout: 60_000 });
  };
  await leave('owner');
  expect(lettersTo(bot, 'owner').join()).toContain('The 5 messages you wanted exported, in 1 files');
  const channel = [...discord.state.channels.values()].find(({ recipients }) =>
    recipients?.some(({ id }) => id === discord.people.owner),
  );
  const letters = discord.state.messages.list(channel?.id ?? '', { limit: 10 });
  const [file] = letters.flatMap(({ attachments }) => attachments);
  expect(idsIn([Buffer.from(await (await fetch(file?.url ?? '')).arrayBuffer())])).toEqual(places(100, 5));
  await leave('member');
  expect(lettersTo(bot, 'member')).toEqual([]);
  await exported(bot, PLAIN);
  expect(await app.timers.list({ kind: 'message-export', owner: discord.people.owner ?? '' })).toEqual([]);
});
