import { Value } from '@sinclair/typebox/value';
import { expect, test } from 'vitest';
import { Limits } from '../../../../../src/workers/inspect/budget.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { Canvas } from '../../../../files/canvas.ts';
import { png } from '../../../../files/png.ts';
import { scamScene, scene } from '../../../../files/scenes.ts';

const moderator = { as: 'moderator' } as const;
const picture = (name: string, pixels: Parameters<typeof png>[0]) => ({
  name,
  bytes: png(pixels),
  contentType: 'image/png',
});

/** A bot with a log channel, and a picture that a moderator has blocked from its menu. */
async function startGuarded(settings: Readonly<Record<string, unknown>> = {}) {
  const bot = await startBot();
  const { channels } = bot.discord;
  await bot.set('logs', { logChannel: channels['mod-log'] });
  await bot.set('files', { openingMilliseconds: 5_000, ...settings });
  const message = await bot.discord.message({ as: 'member', files: [picture('scam.png', scamScene(1))] });
  const blocked = await bot.discord.messageMenu('Block this picture', message.id, moderator);
  expect(blocked.content).toContain('scam.png is blocked.');
  return bot;
}

/** Blocks a picture that nobody has posted. */
async function block({ app: { shield, workers } }: TestBot, guild: string, pixels: Parameters<typeof png>[0]) {
  const file = {
    name: 'other.png',
    declared: 'image/png',
    bytes: png(pixels),
    limits: Value.Default(Limits, {}) as Limits,
  };
  const { croppedHashes } = await workers.offload('inspectFile', file);
  await shield.block({ guild, hashes: croppedHashes, sha256: 'y', name: file.name, by: guild });
}

/** What the log is told next: its message. */
async function logged(bot: TestBot, act: () => Promise<unknown>) {
  const since = bot.discord.mark();
  await act();
  const path = `/channels/${bot.discord.channels['mod-log']}/messages`;
  await bot.discord.waitFor((entry) => entry.kind === 'request' && entry.method === 'POST' && entry.path === path, {
    since,
  });
  const [message] = bot.discord.state.messages.list(bot.discord.channels['mod-log'], { limit: 1 });
  if (!message) throw new Error('the log is empty');
  return { message, text: JSON.stringify(message.components) };
}

const upload = (bot: TestBot, name = 'again.png') =>
  bot.discord.message({ as: 'newcomer', files: [picture(name, scamScene(1, 320, 240))] });

test('no address in the name of a blocked picture can be clicked', async () => {
  await using bot = await startBot();
  const { guildId: guild, people } = bot.discord;
  const name = 'see https://evil.example/now.png';
  await bot.app.shield.block({ guild, hashes: ['0123456789abcdef'], sha256: 'z', name, by: people.owner });
  const listed = await bot.discord.slash('shield list', {}, moderator);
  expect(listed.content).toContain('see https:');
  expect(listed.content).not.toContain('https://evil');
});

test('a look-alike of a blocked picture is deleted, the log told, and a mistake undone', async () => {
  await using bot = await startGuarded();
  const posted = Promise.withResolvers<string>();
  const { message, text } = await logged(bot, async () => posted.resolve((await upload(bot)).id));
  expect(text).toContain('The message was deleted');
  expect(text).toMatch(/"description":"again\.png, posted by \w+: it looks like [^"]+","spoiler":true/);
  expect(bot.discord.state.messages.get(await posted.promise)).toBeUndefined();
  const undo = /shield\.undo:1:[^"]+/.exec(text)?.[0] ?? '';
  const undone = await bot.discord.click(message, undo, moderator);
  expect(undone.content).toContain('the picture is off the list');
  expect(undone.content).not.toContain('I could not put it back');
  const again = await upload(bot);
  await bot.discord.slash('ping');
  expect(bot.discord.state.messages.get(again.id)).toBeDefined();
  expect((await bot.discord.slash('shield list', {}, moderator)).content).toContain('Nothing is blocked yet');
});

test('where the setting says so, it is only flagged', async () => {
  await using bot = await startGuarded({ shield: 'flag' });
  const posted = Promise.withResolvers<string>();
  const { text } = await logged(bot, async () => posted.resolve((await upload(bot)).id));
  expect(text).toContain('Nothing was done');
  expect(bot.discord.state.messages.get(await posted.promise)).toBeDefined();
});

test('what another server has blocked is only flagged', async () => {
  await using bot = await startGuarded();
  const rows = await bot.db<{ hash: string }[]>`select hash from blocked_pictures`;
  await bot.app.shield.unblock(
    bot.discord.guildId,
    (await bot.app.shield.list(bot.discord.guildId, 9)).map(({ id }) => id),
  );
  const hashes = rows.map(({ hash }) => hash);
  await bot.app.shield.block({
    guild: '100000000000000001',
    hashes,
    sha256: 'x',
    name: 'elsewhere.png',
    by: '100000000000000002',
  });
  const { text } = await logged(bot, () => upload(bot));
  expect(text).toContain('other server has blocked a picture like this');
});

test('an innocent picture is left alone', async () => {
  await using bot = await startGuarded();
  const innocent = await bot.discord.message({ as: 'newcomer', files: [picture('holiday.png', scene(7))] });
  await logged(bot, () => upload(bot)); // comes after it
  expect(bot.discord.state.messages.get(innocent.id)).toBeDefined();
});

test('a picture can be taken off the list, and members may not block', async () => {
  await using bot = await startGuarded();
  const { message, content } = await bot.discord.slash('shield list', {}, moderator);
  expect(content).toContain('scam.png, blocked by');
  const [listed] = await bot.app.shield.list(bot.discord.guildId, 1);
  if (!message || !listed) throw new Error('nothing listed');
  expect((await bot.discord.select(message, 'shield.remove:1', [listed.id], moderator)).content).toContain(
    'Nothing is blocked yet',
  );
  const other = await bot.discord.message({ as: 'owner', files: [picture('a.png', scene(3))] });
  const refused = await bot.discord.messageMenu('Block this picture', other.id, { as: 'member', unchecked: true });
  expect(refused.content).toContain('Manage Messages');
});

test('a blocked picture is met whatever stands before it: a file that cannot be had, or what only others have blocked', async () => {
  await using bot = await startGuarded();
  await block(bot, '100000000000000001', scamScene(2));
  bot.discord.faults.files('gone.png', { kind: 'status', status: 404 });
  const posted = Promise.withResolvers<string>();
  const { text } = await logged(bot, async () => {
    const files = [
      picture('gone.png', scene(3)),
      picture('other.png', scamScene(2)),
      picture('again.png', scamScene(1, 320, 240)),
    ];
    posted.resolve((await bot.discord.message({ as: 'newcomer', files })).id);
  });
  expect(text).toContain('The message was deleted');
  expect(bot.discord.state.messages.get(await posted.promise)).toBeUndefined();
});

test('a blocked picture is met when it is passed on, and when it is sent as something else', async () => {
  await using bot = await startGuarded();
  const said = picture('again.png', scamScene(1, 320, 240));
  const { text } = await logged(bot, () =>
    bot.discord.message({ as: 'newcomer', files: [{ ...said, contentType: 'application/octet-stream' }] }),
  );
  expect(text).toContain('The message was deleted');
  const first = await bot.discord.message({ as: 'newcomer', channel: 'dm', files: [said] });
  const forwarded = Promise.withResolvers<string>();
  const again = await logged(bot, async () =>
    forwarded.resolve((await bot.discord.message({ as: 'newcomer', forwards: first })).id),
  );
  expect(again.text).toContain('The message was deleted');
  expect(bot.discord.state.messages.get(await forwarded.promise)).toBeUndefined();
});

test("a server's own list counts, however many others have blocked the same before", async () => {
  await using bot = await startBot();
  const { shield, workers } = bot.app;
  const file = { name: 'a.png', declared: '', bytes: png(scamScene(1)), limits: Value.Default(Limits, {}) as Limits };
  const { hashes, croppedHashes } = await workers.offload('inspectFile', file);
  const blocking = { hashes: croppedHashes, sha256: 'x', name: 'a.png', by: bot.discord.guildId };
  for (let server = 0; server < 120; server++)
    await shield.block({ ...blocking, guild: `${100000000000000000n + BigInt(server)}` });
  await shield.block({ ...blocking, guild: bot.discord.guildId });
  expect((await shield.match(bot.discord.guildId, hashes)).own).not.toEqual([]);
});

test('undoing takes everything off the list that the picture looks like, also when it cannot be put back', async () => {
  await using bot = await startGuarded();
  // The same as another file: of its hashes only those are new that are not on the list already.
  await bot.db`delete from blocked_pictures where id > (select min(id) from blocked_pictures)`;
  await block(bot, bot.discord.guildId, scamScene(1, 300, 225));
  expect(await bot.app.shield.list(bot.discord.guildId, 9)).toHaveLength(2);
  const { message, text } = await logged(bot, () => upload(bot));
  const undo = /shield\.undo:1:[^"]+/.exec(text)?.[0] ?? '';
  bot.discord.faults.files('SPOILER_again.png', { kind: 'status', status: 404 });
  const undone = await bot.discord.click(message, undo, moderator);
  expect(undone.content).toContain('the picture is off the list');
  expect(undone.content).toContain('I could not put it back');
  expect(await bot.app.shield.list(bot.discord.guildId, 9)).toEqual([]);
  const late = await bot.discord.click(message, undo, { ...moderator, unchecked: true });
  expect(late.content).toContain('It is not on the list any more');
});

test('a picture too plain to be told from others cannot be blocked, and a long list has pages', async () => {
  await using bot = await startBot();
  const plain = new Canvas(200, 100);
  const message = await bot.discord.message({ as: 'owner', files: [picture('white.png', plain)] });
  const refused = await bot.discord.messageMenu('Block this picture', message.id, moderator);
  expect(refused.content).toContain('white.png is too plain');
  expect(refused.content).not.toContain('is blocked');
  for (let at = 1; at <= 30; at++) {
    const hash = at.toString(16).padStart(16, '0');
    const blocking = { guild: bot.discord.guildId, hashes: [hash], sha256: hash, by: bot.discord.people.owner };
    await bot.app.shield.block({ ...blocking, name: `picture-${at}.png` });
  }
  const { message: list, content } = await bot.discord.slash('shield list', {}, moderator);
  expect(content).toContain('picture-30.png');
  expect(content).not.toContain('picture-5.png');
  if (!list) throw new Error('nothing listed');
  expect((await bot.discord.click(list, 'shield.page:1:25', moderator)).content).toContain('picture-5.png');
});

test('a server whose list is full is told to take pictures off, and can then block again', async () => {
  await using bot = await startBot();
  const { guildId, people } = bot.discord;
  await bot.db`
    insert into blocked_pictures (guild_id, hash, sha256, name, blocked_by)
    select ${guildId}, lpad(to_hex(n), 16, '0'), 'sha ' || n, 'old.png', ${people.owner} from generate_series(1, 1000) n`;
  const message = await bot.discord.message({ as: 'member', files: [picture('scam.png', scamScene(1))] });
  const block = async () => {
    const reply = await bot.discord.messageMenu('Block this picture', message.id, { ...moderator, deadlineMs: 30_000 });
    return (await reply.until(({ content }) => content.includes('scam.png'), { deadlineMs: 30_000 })).content;
  };
  const refused = await block();
  expect(refused).toContain('scam.png was not blocked: 1,000 pictures are blocked here');
  expect(refused).toContain('Take some off with /shield list');
  const [listed] = await bot.app.shield.list(guildId, 1);
  await bot.app.shield.unblock(guildId, [listed?.id ?? '']);
  expect(await block()).toContain('scam.png is blocked.');
  expect(await block()).toContain('scam.png was blocked already.');
});
