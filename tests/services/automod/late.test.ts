import { expect, test, vi } from 'vitest';
import { InviteServers } from '../../../src/services/automod/invites.ts';
import { judgedOf } from '../../../src/services/automod/payload.ts';
import type { Condition } from '../../../src/workers/rules/schema.ts';
import { startBot } from '../../bot.ts';
import { pe } from '../../files/executables.ts';
import { png } from '../../files/png.ts';
import { scamScene } from '../../files/scenes.ts';
import { upload } from '../../handlers/commands/files/inspected.ts';
import { SCAM_PNG, startGuarded } from '../../handlers/commands/moderation/shield/guarded.ts';
import { has, left, rule, write } from './acting.ts';

vi.setConfig({ testTimeout: 120_000 });

const deletes = (when: Condition) => rule([{ do: 'delete' }], { when });

test('who writes too fast is met, whose messages come one by one is not, and all they wrote is deleted where the rule wants it', async () => {
  await using bot = await startBot();
  const when = { type: 'rate', messages: 3, seconds: 30 } as const;
  const [one, all] = [deletes(when), rule([{ do: 'delete-copies' }], { when })];
  for (const content of ['1', '2', '3', '4']) await has(bot, await write(bot, { content }), [one]);
  await has(bot, await write(bot, { as: 'newcomer', content: 'alone' }), [one]);
  expect(left(bot)).toEqual(['1', '2', 'alone']);
  const channels = ['random', 'bot-commands', 'general'];
  for (const channel of channels) await has(bot, await write(bot, { channel, content: 'fast' }), [all]);
  expect(channels.flatMap((channel) => left(bot, channel))).not.toContain('fast');
});

test('a message that is changed over and over is no further message', async () => {
  await using bot = await startBot();
  const fast = deletes({ type: 'rate', messages: 3, seconds: 30 });
  const message = await write(bot, { content: 'once' });
  for (let turn = 0; turn < 5; turn += 1) await has(bot, { ...message, edited: turn > 0 }, [fast]);
  expect(left(bot)).toEqual(['once']);
});

test('an invitation to a server that is allowed stays; of others, and of those that lead nowhere, none does', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const made = await discord.rest('POST', `/channels/${discord.channels.general}/invites`, { as: 'owner', body: {} });
  const { code } = made as { readonly code: string };
  const allows = (id: string) => deletes({ type: 'invite', allow: [id] });
  await has(bot, await write(bot, { content: 'ours' }), [allows(discord.people.member)], { invites: [code] });
  await has(bot, await write(bot, { content: 'gone' }), [allows(discord.people.member)], { invites: ['nowhere'] });
  await has(bot, await write(bot, { content: 'again' }), [allows(discord.people.member)], {
    invites: ['nowhere', code],
  });
  expect(left(bot)).toEqual(['ours']);
  const asked = discord.requests().filter(({ path }) => path.includes('/invites/'));
  expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual([code, 'nowhere']);
});

test('an invitation that nobody can ask about now is no reason to do anything, and no server uses up the questions of others', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const guild = discord.guildId;
  const made = await discord.rest('POST', `/channels/${discord.channels.general}/invites`, { as: 'owner', body: {} });
  const { code } = made as { readonly code: string };
  const invites = new InviteServers(bot.app);
  const { signal } = new AbortController();
  const asked = () =>
    discord.requests().filter(({ path }) => path.includes('/invites/') && !path.includes('/channels/'));
  for (let at = 0; at < 20; at += 1) expect(await invites.of(`junk${at}`, 'noisy', signal)).toBe(null);
  expect(await invites.of('junk20', 'noisy', signal)).toBe(undefined);
  expect(asked()).toHaveLength(20);
  expect(await invites.of(code, guild, signal)).toBe(guild);
  // Known by now, also to whom nothing more is told.
  expect(await invites.of(code, 'noisy', signal)).toBe(guild);
  const away = { kind: 'status', status: 503 } as const;
  const lift = discord.faults.rest(/\/invites\//, away, { method: 'GET' });
  const allows = deletes({ type: 'invite', allow: [discord.people.member ?? ''] });
  await has(bot, await write(bot, { content: 'unknown' }), [allows], { invites: ['whoever'] });
  expect(left(bot)).toEqual(['unknown']);
  lift();
});

test('what the inspector says of a file counts, and while it is asked the author’s next message is not held up', async () => {
  await using bot = await startBot();
  const bad = deletes({ type: 'file', verdict: 'dangerous' });
  const arrives = Promise.withResolvers<void>();
  bot.discord.faults.files('invoice.pdf.exe', { kind: 'held', until: arrives.promise });
  const file = upload('invoice.pdf.exe', pe());
  const turn = Promise.withResolvers<void>();
  const asking = has(bot, await write(bot, { content: 'bad', files: [file] }), [bad, rule([])], {
    onTurn: turn.resolve,
  });
  await turn.promise;
  await has(bot, await write(bot, { content: 'next' }), [deletes({ type: 'shell' })]);
  expect(left(bot)).toEqual(['bad']);
  arrives.resolve();
  await asking;
  expect(left(bot)).toEqual([]);
  await has(bot, await write(bot, { content: 'good', files: [upload('a.txt', 'hello')] }), [bad]);
  expect(left(bot)).toEqual(['good']);
});

test('what cannot be asked about one rule keeps no other from being held', async () => {
  await using bot = await startBot();
  vi.spyOn(bot.app.inspector, 'inspect').mockRejectedValue(new Error('the inspector is broken'));
  const file = upload('a.txt', 'hello');
  const rules = [
    deletes({ type: 'file', verdict: 'dangerous' }),
    deletes({ type: 'invite', allow: [bot.discord.guildId] }),
  ];
  await has(bot, await write(bot, { content: 'both', files: [file] }), rules, { invites: ['nowhere'] });
  expect(left(bot)).toEqual([]);
});

test('what a message forwards is looked at as what it has itself', async () => {
  const attachment = (filename: string) => ({ id: '1', filename, size: 1, url: '', proxy_url: '' });
  const snapshot = { content: 'from elsewhere', attachments: [attachment('evil.exe')], embeds: [{ title: 'Titled' }] };
  const payload = {
    ...{ id: '5', channel_id: '6', author: { id: '7', username: 'who' }, content: '', embeds: [] },
    ...{ attachments: [attachment('own.txt')], message_snapshots: [{ message: snapshot }] },
  };
  const judged = judgedOf(payload as never, { guild: '8', edited: false, missed: false });
  expect(judged.files.map(({ filename }) => filename)).toEqual(['own.txt', 'evil.exe']);
  expect(judged.shown).toEqual(['from elsewhere', 'Titled', 'own.txt\nevil.exe']);
});

test('a picture that looks like a blocked one is met; one that is not does no harm', async () => {
  await using bot = await startGuarded();
  await bot.set('files', { shield: 'off' });
  const blocks = deletes({ type: 'picture' });
  const other = upload('b.png', png(scamScene(5)), 'image/png');
  await has(bot, await write(bot, { content: 'other', files: [other] }), [blocks]);
  await has(bot, await write(bot, { content: 'scam', files: [upload('a.png', SCAM_PNG, 'image/png')] }), [blocks]);
  expect(left(bot)).not.toContain('scam');
  expect(left(bot)).toContain('other');
});

const GOES_BACK = {
  type: 'pattern',
  source: '(.)\\1\\1\\1',
  ignoreCase: true,
  of: 'original',
  engine: 'backtracking',
} as const;

test('a pattern that goes back is met where the operator allows it', async () => {
  // A machine that is shared may take long to begin.
  const backtracking = { budgetMs: 10_000, waitMs: 30_000 };
  await using bot = await startBot({ env: { PATTERNS_BACKTRACKING: 'on' }, backtracking });
  await has(bot, await write(bot, { content: 'sooooo' }), [deletes(GOES_BACK)]);
  await has(bot, await write(bot, { content: 'so' }), [deletes(GOES_BACK)]);
  expect(left(bot)).toEqual(bot.app.backtracking.unavailable ? ['sooooo', 'so'] : ['so']);
  const forwards = await write(bot, { content: 'look' });
  await has(bot, { ...forwards, shown: ['what', 'sooooo'] }, [deletes(GOES_BACK)]);
  expect(left(bot).includes('look')).toBe(bot.app.backtracking.unavailable !== undefined);
});

test('where nobody can say whether a pattern matches, nothing is done, also not by a rule about what it does not match', async () => {
  await using bot = await startBot();
  await has(bot, await write(bot, { content: 'sooooo' }), [deletes({ not: GOES_BACK })]);
  expect(left(bot)).toEqual(['sooooo']);
});
