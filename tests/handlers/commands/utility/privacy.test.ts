import type { APIAttachment, APIMessage } from 'discord-api-types/v10';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { PERSON_COLUMNS, WRITTEN_COLUMNS } from '../../../../src/db/person-tables.ts';
import { deletionTimer } from '../../../../src/services/privacy/deletion.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { cellsWith } from '../../../db/person-cells.ts';
import { saidIn } from '../files/inspected.ts';
import { customId, textOf } from './polls.ts';

vi.setConfig({ testTimeout: 90_000 });

const WORDS = 'zaphodpenguin';
const DM = { as: 'member', channel: 'dm' } as const;
const kept = new Set([
  ...PERSON_COLUMNS.filter(({ does }) => does === 'keep').map(({ table, column }) => `${table}.${column}`),
  ...WRITTEN_COLUMNS.filter(({ does }) => does === 'keep').flatMap(({ table, columns }) =>
    columns.map((column) => `${table}.${column}`),
  ),
]);

/** What the bot has written to the member. */
function letters({ discord: { state, people } }: TestBot): readonly APIMessage[] {
  const dm = [...state.channels.values()].find(({ recipients }) => recipients?.some(({ id }) => id === people.member));
  return dm ? state.messages.list(dm.id, { limit: 100 }).filter(({ author }) => author.id === people.bot) : [];
}

async function settled({ app, discord }: TestBot): Promise<void> {
  await discord.slash('ping', {}, { as: 'owner' });
  await app.inFlight.idle({ deadlineMs: 30_000 });
  await Promise.all([app.archive.flush(), app.activity.flush(), app.levels.flush()]);
}

/** Has the member do what leaves something behind. */
async function live(bot: TestBot): Promise<void> {
  const { discord, app } = bot;
  const { people } = discord;
  const as = { as: 'member' } as const;
  await bot.set('archive', { on: true });
  await bot.set('levels', { on: true });
  await bot.set('memberReports', { channel: discord.channels['mod-log'] });
  const message = await discord.message({ as: 'member', channel: 'general', content: `${WORDS} one` });
  await discord.edit(message, `${WORDS} two`);
  await discord.slash('timezone set', { zone: 'berlin' }, as);
  await discord.slash('remind me', { when: 'in 3 days', about: WORDS }, as);
  await discord.slash('remind me', { when: 'every day at 18:00', about: WORDS }, as); // only a draft
  await discord.slash('afk', { reason: WORDS }, as);
  const form = await discord.slash('report', { who: people.newcomer }, as);
  if (!form.modal) throw new Error('no form was opened');
  await discord.submitModal(form.modal, { why: WORDS }, { ...as, unchecked: true });
  await discord.slash('warn', { member: people.member ?? '', reason: 'no penguins' }, { as: 'owner' });
  await settled(bot);
  expect((await app.db`select from archived_messages where body like ${`${WORDS}%`}`).length).toBe(1);
}

async function remove({ discord }: TestBot, o: { readonly as: string; readonly channel?: string }): Promise<string> {
  const asked = await discord.slash('privacy delete', {}, o);
  const pressed = await discord.click(asked.message ?? '', customId(asked.message, 'privacy.delete'), o);
  return saidIn(pressed);
}

test('a person sees what is held, has it deleted by direct message, and stands nowhere any more but where that is said', async () => {
  let now = new Date();
  await using bot = await startBot({ now: () => now });
  const { discord, app, db } = bot;
  const member = discord.people.member ?? '';
  await live(bot);
  const before = await cellsWith(db, member);
  for (const cell of [
    'activity.member_id',
    'archived_messages.author_id',
    'drafts.owner_id',
    'people.user_id',
    'timers.owner_id',
  ])
    expect(before).toContain(cell);
  const shown = await discord.slash('privacy show', {}, DM);
  const said = textOf(shown.message);
  for (const words of [
    'your messages in archives of servers: 1',
    'your time zone and the like: 1',
    'reports that you made: 1',
  ])
    expect(said).toContain(words);
  expect(await remove(bot, DM)).toContain('It is being deleted');
  await expect.poll(() => letters(bot).some((letter) => textOf(letter).includes('has been deleted'))).toBe(true);
  const left = async () =>
    [...(await cellsWith(db, member)), ...(await cellsWith(db, WORDS))].filter((cell) => !kept.has(cell));
  expect(await left()).toEqual([]);
  expect(await app.zones.own(member)).toBeUndefined();
  now = new Date(now.getTime() + 180_000);
  app.timers.wake();
  await expect.poll(() => db`select from privacy_deletions`).toHaveLength(0);
  expect(await left()).toEqual([]);
  const after = textOf((await discord.slash('privacy show', {}, DM)).message);
  expect(after).toContain('This stays');
  expect(after).not.toContain('your messages in archives');
});

test('a deletion that a restart broke off is gone on with, and nobody else presses the button', async () => {
  await using bot = await startBot();
  const { discord, app, db } = bot;
  const { member = '', owner = '' } = discord.people;
  await app.zones.set(member, 'Asia/Tokyo');
  const asked = await discord.slash('privacy delete', {}, { as: 'member' });
  const id = customId(asked.message, 'privacy.delete');
  const other = await discord.click(asked.message ?? '', id, { as: 'owner', unchecked: true });
  expect(saidIn(other)).toContain("somebody else's");
  await app.zones.set(owner, 'Asia/Tokyo');
  // As a process leaves it that was killed between the press and the end.
  const deletion = crypto.randomUUID();
  await db`insert into privacy_deletions (id, user_id, locale, asked_at) values (${deletion}, ${member}, 'de', now())`;
  expect(await remove(bot, { as: 'member' })).toContain('being deleted at this moment');
  expect(textOf((await discord.slash('privacy show', {}, { as: 'member' })).message)).toContain('at this moment');
  await app.timers.add(deletionTimer(deletion, app.now(), false));
  await expect.poll(() => letters(bot).some((letter) => textOf(letter).includes('ist gelöscht'))).toBe(true);
  expect(await db`select user_id::text as id from people`).toEqual([{ id: owner }]);
});

test('who opts out earns no points, is not counted and is in no archive, until they opt in again', async () => {
  await using bot = await startBot();
  const { discord, db } = bot;
  await bot.set('archive', { on: true });
  await bot.set('levels', { on: true, cooldownSeconds: 0 });
  const what = ['archive', 'levels', 'stats'];
  for (const one of what) await discord.slash('privacy optout', { what: one }, DM);
  const kept = async () => {
    await settled(bot);
    const member = discord.people.member ?? '';
    const rows = await Promise.all([
      db`select from archived_messages where author_id = ${member}`,
      db`select from member_points where member_id = ${member}`,
      db`select from activity where member_id = ${member}`,
    ]);
    return rows.map(({ length }) => length);
  };
  await discord.message({ as: 'member', channel: 'general', content: 'not me' });
  expect(await kept()).toEqual([0, 0, 0]);
  const shown = textOf((await discord.slash('privacy show', {}, DM)).message);
  expect(shown).toContain('You have opted out of');
  for (const one of what) await discord.slash('privacy optin', { what: one }, DM);
  await discord.message({ as: 'member', channel: 'general', content: 'me again' });
  expect(await kept()).toEqual([1, 1, 1]);
});

/** What somebody is given, by the names of the files in it. */
async function exported({ discord }: TestBot, o: { readonly as: string; readonly channel?: string }) {
  const reply = await discord.slash('privacy export', {}, o);
  await expect.poll(() => saidIn(reply)).not.toContain('I am gathering');
  const messages = [reply.message, ...reply.followUps];
  const files = messages.flatMap<APIAttachment>((message) => message?.attachments ?? []);
  const zips = await Promise.all(files.map(async ({ url }) => (await fetch(url)).arrayBuffer()));
  const entries = zips.flatMap((zip) => Object.entries(unzipSync(new Uint8Array(zip))));
  const read = entries.map(([name, bytes]) => [name, JSON.parse(strFromU8(bytes))] as const);
  return { said: saidIn(reply), files, read: Object.fromEntries(read) };
}

test('a person gets what is theirs as JSON, nothing of others and nothing that moderators wrote', async () => {
  await using bot = await startBot();
  await live(bot);
  const { said, read } = await exported(bot, DM);
  expect(said).toContain('in 1 ZIP of JSON');
  expect(read['archived_messages.json']).toMatchObject([
    { body: `${WORDS} two`, author_id: bot.discord.people.member },
  ]);
  expect(read['archived_edits.json']).toMatchObject([{ body: `${WORDS} one` }]);
  expect(read['timers.json']).toMatchObject([{ kind: 'reminder', payload: { text: WORDS } }]);
  expect(read['people.json']).toMatchObject([{ time_zone: 'Europe/Berlin' }]);
  expect(JSON.stringify(read)).not.toContain('no penguins');
  const other = await exported(bot, { as: 'newcomer' });
  expect(JSON.stringify(other.read)).not.toContain(WORDS);
});

test('a deletion ends an export of the same person that is under way, and nothing more of it is handed out', async () => {
  await using bot = await startBot();
  await live(bot);
  const { app } = bot;
  const begun = Promise.withResolvers<void>();
  vi.spyOn(app.workers, 'offload').mockImplementation((name, _input, waiting) => {
    if (name === 'zipTexts') begun.resolve();
    return new Promise<never>((_, reject) =>
      waiting?.signal?.addEventListener('abort', () => reject(waiting.signal?.reason)),
    );
  });
  const exporting = exported(bot, { as: 'member' });
  await begun.promise;
  await remove(bot, DM);
  const { said, files } = await exporting;
  expect(said).toContain('The export was ended, since your data is being deleted');
  expect(files).toEqual([]);
});

test('whoever nothing is held of is told so', async () => {
  await using bot = await startBot();
  const o = { as: 'newcomer', channel: 'dm' } as const;
  expect(saidIn(await bot.discord.slash('privacy show', {}, o))).toContain('I hold nothing about you');
  expect((await exported(bot, o)).said).toContain('nothing about you that could be exported');
});
