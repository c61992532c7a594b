import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { Canvas } from '../../../files/canvas.ts';
import { chunk, png } from '../../../files/png.ts';
import { randomOf } from '../../../files/random.ts';
import { scene } from '../../../files/scenes.ts';
import { zip } from '../../../files/zip.ts';
import { saidIn } from './inspected.ts';

const file = (name: string, text: string, contentType = 'text/plain') => ({
  name,
  bytes: new TextEncoder().encode(text),
  contentType,
});

test.each([
  ['a CSV', file('a.csv', 'name,age\nAda,36\nAlan,41\n', 'text/csv'), 'a table (CSV)'],
  ['JSON', file('a.json', '{"a":[1,2,{"b":null}]}', 'application/json'), 'JSON'],
  [
    'a log',
    file('a.log', '2026-01-01T00:00:00Z ERROR no\n2026-01-01T00:00:01Z INFO yes\n2026-01-01T00:00:02Z ERROR no\n'),
    'a log',
  ],
  ['plain text', file('a.txt', 'hello\nworld'), 'plain text'],
  ['an empty file', file('a.txt', ''), 'an empty file'],
])('says what %s is, verdict first', async (_, attached, what) => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('inspect', { file: attached });
  expect(reply.content).toMatch(/^### a\.\w+\n\*\*(Safe|Careful)\*\*/);
  expect(reply.content).toContain(`What it is** ${what}`);
  expect(reply.content).toMatch(/SHA-256\*\* `[0-9a-f]{64}`/);
});

test('a file is opened in a worker: the lane has one task more', async () => {
  await using bot = await startBot();
  const before = bot.app.workers.stats().bulk.done;
  await bot.discord.slash('inspect', { file: file('a.txt', 'x') });
  expect(bot.app.workers.stats().bulk.done).toBe(before + 1);
});

test('hostile names and texts cannot leave their place', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('inspect', { file: file('**@everyone**.txt', '``` @everyone <@1>\n') });
  expect(reply.content).not.toContain('``` @everyone');
  expect(reply.content).not.toContain('**@everyone**');
});

test.each([
  ['is gone', { kind: 'status', status: 404 }, 'no longer there'],
  ['is cut off', { kind: 'reset' }, 'could not be fetched'],
] as const)('a file that %s is answered with what to do', async (_, fault, sentence) => {
  await using bot = await startBot();
  bot.discord.faults.files('a.txt', fault);
  const reply = await bot.discord.slash('inspect', { file: file('a.txt', 'hello') });
  expect(reply.content).toContain(sentence);
  expect(reply.ephemeral).toBe(true);
});

test('the same file costs one opening', async () => {
  await using bot = await startBot();
  const opened = () => bot.app.workers.stats().bulk.done;
  const before = opened();
  const first = await bot.discord.slash('inspect', { file: file('a.txt', 'same') });
  const second = await bot.discord.slash('inspect', { file: file('a.txt', 'same') });
  expect(opened()).toBe(before + 1);
  expect(second.content).toBe(first.content);
});

test('the files of a message are opened from its menu, one card each', async () => {
  await using bot = await startBot();
  const message = await bot.discord.message({
    as: 'owner',
    files: [file('a.txt', 'one'), file('b.csv', 'x,y\n1,2\n', 'text/csv')],
  });
  const reply = await bot.discord.messageMenu('Inspect files', message.id, { as: 'member' });
  expect(reply.content).toContain('a.txt');
  expect(reply.content).toContain('b.csv');
  expect(reply.message?.components).toHaveLength(2);
  expect(reply.ephemeral).toBe(true);
});

test('the files of a message are opened by its link, where the asker may read it', async () => {
  await using bot = await startBot();
  const { guildId, channels } = bot.discord;
  const link = (channel: string, id: string) => `https://discord.com/channels/${guildId}/${channel}/${id}`;
  const message = await bot.discord.message({ as: 'owner', channel: 'general', files: [file('a.txt', 'one')] });
  const hidden = await bot.discord.message({ as: 'owner', channel: 'mod-log', files: [file('secret.txt', 'two')] });
  const ask = async (text: string) => (await bot.discord.slash('inspect', { message: text }, { as: 'member' })).content;
  expect(await ask(link(channels.general, message.id))).toContain('a.txt');
  expect(await ask(link(channels['mod-log'], hidden.id))).toContain('no such message that you and I can both read');
  expect(await ask('https://example.com/channels/1/2/3')).toContain('That is no link of a message');
});

test('the files of a private thread are for those who are in it, or look after threads', async () => {
  await using bot = await startBot();
  const { guildId, channels, people, state } = bot.discord;
  const made = await bot.discord.rest('POST', `/channels/${channels.general}/threads`, {
    as: 'owner',
    body: { name: 'among us', type: 12 },
  });
  const { id: thread } = made as { readonly id: string };
  await bot.discord.rest('PUT', `/channels/${thread}/thread-members/${state.bot.id}`, { as: 'owner' });
  const message = await bot.discord.message({ as: 'owner', channel: thread, files: [file('plan.txt', 'ours')] });
  const link = `https://discord.com/channels/${guildId}/${thread}/${message.id}`;
  const ask = async (as: string) => (await bot.discord.slash('inspect', { message: link }, { as })).content;
  expect(await ask('member')).toContain('no such message that you and I can both read');
  await bot.discord.rest('PUT', `/channels/${thread}/thread-members/${people.member}`, { as: 'owner' });
  expect(await ask('member')).toContain('plan.txt');
  expect(await ask('owner')).toContain('plan.txt');
});

test('nothing given, or a message without files, is answered with what to give', async () => {
  await using bot = await startBot();
  expect((await bot.discord.slash('inspect', {})).content).toContain('Give me a file');
  const both = await bot.discord.slash('inspect', { file: file('a.txt', 'x'), message: 'y' });
  expect(both.content).toContain('not both');
  const message = await bot.discord.message({ as: 'owner', content: 'no files' });
  expect((await bot.discord.messageMenu('Inspect files', message.id)).content).toContain('has no files');
});

test('who waits long sees how far it is, and can cancel; nobody else can', async () => {
  await using bot = await startBot();
  bot.discord.faults.files('slow.txt', { kind: 'slow', bytesPerSecond: 10 });
  const reply = await bot.discord.slash('inspect', { file: file('slow.txt', 'x'.repeat(300)) }, { as: 'member' });
  expect(reply.content).toContain('0 of 1 done');
  const { message } = reply;
  const button = /inspect\.cancel:1:[0-9a-f]{8}/.exec(JSON.stringify(message?.components))?.[0];
  if (!message || !button) throw new Error('no button');
  expect((await bot.discord.click(message, button, { as: 'owner' })).content).toContain("somebody else's answer");
  await bot.discord.click(message, button, { as: 'member', settle: 'ack' });
  await reply.until(({ content }) => content.includes('Cancelled: slow.txt'));
  const late = await bot.discord.click(message, button, { as: 'member', unchecked: true });
  expect(late.content).toContain('nothing to cancel');
});

test('a file that costs threads is refused outright after the second', async () => {
  await using bot = await startBot();
  const bytes = new TextEncoder().encode('deadly');
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  await bot.db`insert into inspections (sha256, variant, version, deaths, expires_at) values (${sha256}, 'a', 1, 2, now() + interval '1 day')`;
  const reply = await bot.discord.slash('inspect', { file: { name: 'a.txt', bytes, contentType: 'text/plain' } });
  expect(reply.content).toContain('I do not open it any more');
});

test('a secret is masked in the card, and its author warned in private, with a button that deletes the message', async () => {
  await using bot = await startBot();
  const token = `ghp_${'a1B2'.repeat(9)}`;
  const message = await bot.discord.message({ as: 'owner', files: [file('keys.txt', `token = ${token}\n`)] });
  const since = bot.discord.mark();
  const reply = await bot.discord.messageMenu('Inspect files', message.id, { as: 'member' });
  expect(reply.content).toContain('masked below');
  expect(JSON.stringify(bot.discord.requests())).not.toContain(token);
  const told = await bot.discord.waitFor(
    (entry) => entry.kind === 'request' && JSON.stringify(entry.body ?? '').includes('secret.delete'),
    { since },
  );
  if (told.kind !== 'request') throw new Error('nobody was told');
  const channel = told.path.split('/')[2] ?? '';
  const [warning] = bot.discord.state.messages.list(channel, { limit: 1 });
  const button = /secret\.delete:1:[0-9:]+/.exec(JSON.stringify(warning?.components))?.[0];
  if (!warning || !button) throw new Error('no warning');
  const done = await bot.discord.click(warning, button, { as: 'owner' });
  expect(done.content).toContain('The message is gone');
  expect(bot.discord.state.messages.get(message.id)).toBeUndefined();
});

test('the author of a secret is told of it once, however many look into the file', async () => {
  await using bot = await startBot();
  const files = [file('keys.txt', `token = ghp_${'a1B2'.repeat(9)}\n`)];
  const message = await bot.discord.message({ as: 'owner', files });
  const since = bot.discord.mark();
  for (const as of ['member', 'moderator']) await bot.discord.messageMenu('Inspect files', message.id, { as });
  const warnings = bot.discord
    .requests(since)
    .filter(({ body }) => JSON.stringify(body ?? '').includes('secret.delete'));
  expect(warnings).toHaveLength(1);
});

test('uploads are looked through for secrets where the server wants it', async () => {
  await using bot = await startBot();
  await bot.set('files', { watchUploads: true });
  const since = bot.discord.mark();
  await bot.discord.message({ as: 'member', files: [file('keys.txt', `token = ghp_${'a1B2'.repeat(9)}\n`)] });
  await bot.discord.waitFor(
    (entry) => entry.kind === 'request' && JSON.stringify(entry.body ?? '').includes('secret.delete'),
    { since },
  );
});

test('so are archives, and the author is told in private what lies in theirs', async () => {
  await using bot = await startBot();
  const token = `ghp_${'a1B2'.repeat(9)}`;
  const bytes = zip([
    { path: 'app/readme.md', content: 'How to start it' },
    { path: 'app/.env', content: `GITHUB_TOKEN=${token}\n` },
  ]);
  const files = [{ name: 'app.zip', bytes, contentType: 'application/zip' }];
  const warned = (since: number) =>
    bot.discord.waitFor(
      (entry) => entry.kind === 'request' && JSON.stringify(entry.body ?? '').includes('secret.delete'),
      { since },
    );
  const asked = bot.discord.mark();
  const message = await bot.discord.message({ as: 'owner', files });
  const reply = await bot.discord.messageMenu('Inspect files', message.id, { as: 'member', settle: 'ack' });
  const { content } = await reply.until((one) => one.content.includes('SHA-256'), { deadlineMs: 30_000 });
  expect(content).toContain('files in it with secrets (1): app/.env');
  expect(JSON.stringify(await warned(asked))).toContain('Your file app.zip holds a GitHub token');
  await bot.set('files', { watchUploads: true });
  const unasked = bot.discord.mark();
  await bot.discord.message({ as: 'member', files });
  await warned(unasked);
  expect(JSON.stringify(bot.discord.requests())).not.toContain(token);
});

test('a picture with metadata can be had without', async () => {
  await using bot = await startBot();
  await bot.set('files', { openingMilliseconds: 5_000 }); // what is asked here is not how far a busy machine comes
  const plain = png(scene(3));
  const bytes = new Uint8Array([
    ...plain.subarray(0, 33),
    ...chunk('tEXt', 'Comment\0taken at home'),
    ...plain.subarray(33),
  ]);
  const token = `ghp_${'a1B2'.repeat(9)}`;
  const home = { name: `home-${token}.png`, bytes, contentType: 'image/png' };
  const reply = await bot.discord.slash('inspect', { file: home }, { settle: 'ack' });
  const { message } = await reply.until(({ content }) => content.includes('SHA-256'), { deadlineMs: 30_000 });
  const button = /inspect\.strip:1:\d+/.exec(JSON.stringify(message?.components))?.[0];
  if (!message || !button) throw new Error('no button');
  const copy = await bot.discord.click(message, button, { deadlineMs: 30_000 });
  expect(copy.ephemeral).toBe(true);
  const url = /"url":"(http[^"]*clean-home-[^"]*\.png[^"]*)"/.exec(JSON.stringify(copy.message))?.[1] ?? '';
  const got = new Uint8Array(await (await fetch(url)).arrayBuffer());
  expect(url).not.toContain(token);
  expect(Buffer.from(got).includes('taken at home')).toBe(false);
  expect(got.length).toBeGreaterThan(100);
});

test('a copy without metadata that is too large for Discord is refused in words, with what to do', async () => {
  await using bot = await startBot();
  await bot.set('files', { openingMilliseconds: 5_000 });
  const random = randomOf(1);
  const noise = new Canvas(1_900, 1_900);
  noise.each(() => [random.below(256), random.below(256), random.below(256)]);
  const bytes = png(noise, { colours: 2, before: [chunk('tEXt', 'Comment\0taken at home')] });
  const large = { name: 'large.png', bytes, contentType: 'image/png' };
  const reply = await bot.discord.slash('inspect', { file: large }, { settle: 'ack' });
  const { message } = await reply.until(({ content }) => content.includes('SHA-256'), { deadlineMs: 30_000 });
  const button = /inspect\.strip:1:\d+/.exec(JSON.stringify(message?.components))?.[0];
  if (!message || !button) throw new Error('no button');
  const copy = await bot.discord.click(message, button, { deadlineMs: 30_000 });
  const said = saidIn(await copy.until((one) => saidIn(one).includes('at most'), { deadlineMs: 30_000 }));
  expect(said).toContain('at most 10.5 MB');
  expect(said).toContain('in a lower quality or in half its size');
});
