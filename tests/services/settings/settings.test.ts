import { expect, test } from 'vitest';
import { settingsPage } from '../../../scripts/settings-page.ts';
import { connect, type Database } from '../../../src/db/connect.ts';
import { COMMANDS } from '../../../src/handlers/commands.ts';
import { createI18n, type Key } from '../../../src/lib/i18n.ts';
import { createLog } from '../../../src/lib/log.ts';
import { AREAS } from '../../../src/services/settings/areas.ts';
import { propertiesOf } from '../../../src/services/settings/property-form.ts';
import { openSettings, type Settings } from '../../../src/services/settings/settings.ts';
import { AREA_NAMES } from '../../../src/services/settings/snapshot.ts';
import { freshDatabase } from '../../database.ts';
import { embeddedDatabase } from '../../embedded-database.ts';
import { readSource } from '../../sources.ts';

const log = createLog({ level: 'silent', format: 'json', secrets: [] });
const GUILD = '100000000000000001';
const BY = { by: '100000000000000002' };

async function open(url: string): Promise<AsyncDisposable & { settings: Settings; database: Database }> {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await connect({ url, dataDir: 'unused', log }));
  const settings = opened.use(await openSettings({ database, log }));
  const owned = opened.move();
  return { settings, database, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

test('a server without settings has the defaults', async () => {
  await using own = await freshDatabase();
  await using bot = await open(own.url);
  expect(await bot.settings.of(GUILD, 'general')).toEqual({ language: 'en', timeZone: 'UTC' });
  expect(await bot.settings.of(GUILD, 'logs')).toEqual({});
});

test('a change is stored, recorded with who and when, and leaves the rest as it was', async () => {
  await using own = await freshDatabase();
  await using bot = await open(own.url);
  await bot.settings.set(GUILD, 'logs', { logChannel: '100000000000000003' }, BY);
  await bot.settings.set(GUILD, 'logs', { ownersChannel: '100000000000000004' }, BY);
  expect(await bot.settings.of(GUILD, 'logs')).toEqual({
    logChannel: '100000000000000003',
    ownersChannel: '100000000000000004',
  });
  await bot.settings.set(GUILD, 'logs', { logChannel: null }, BY);
  expect(await bot.settings.of(GUILD, 'logs')).toEqual({ ownersChannel: '100000000000000004' });
  const history = await bot.settings.history(GUILD, 'logs');
  expect(history.map(({ version, by }) => ({ version, by }))).toEqual([3, 2, 1].map((version) => ({ version, ...BY })));
  expect(history[0]?.at).toBeInstanceOf(Date);
});

test('a value that is taken away is its default again, also where it has to have one', async () => {
  await using own = await freshDatabase();
  await using bot = await open(own.url);
  await bot.settings.set(GUILD, 'general', { timeZone: 'Europe/Berlin' }, BY);
  expect(await bot.settings.set(GUILD, 'general', { timeZone: null }, BY)).toMatchObject({ ok: true });
  expect(await bot.settings.of(GUILD, 'general')).toEqual({ language: 'en', timeZone: 'UTC' });
});

test.each([
  ['general', { timeZone: 'Mars/Olympus' }, 'timeZone'],
  ['general', { timeZone: '+02:00' }, 'timeZone'],
  ['general', { timeZone: 'x'.repeat(10_000) }, 'timeZone'],
  ['general', { language: 'tlh' }, 'language'],
  ['general', { colour: 'red' }, 'colour'],
  ['logs', { logChannel: 'general' }, 'logChannel'],
] as const)('%s refuses %j and says what was expected', async (area, patch, path) => {
  await using own = await freshDatabase();
  await using bot = await open(own.url);
  const before = await bot.settings.of(GUILD, area);
  const outcome = await bot.settings.set(GUILD, area, patch, BY);
  expect(outcome).toMatchObject({ ok: false, problems: [{ path }] });
  if (!outcome.ok) for (const { expected } of outcome.problems) expect(createI18n().has(expected)).toBe(true);
  expect(await bot.settings.of(GUILD, area)).toEqual(before);
  expect(await bot.settings.history(GUILD, area)).toEqual([]);
});

test('who changes a setting and reads it again at once sees the change', async () => {
  await using own = await freshDatabase();
  await using bot = await open(own.url);
  for (const timeZone of ['Europe/Berlin', 'Asia/Tokyo', 'America/New_York', 'UTC']) {
    await bot.settings.of(GUILD, 'general');
    await bot.settings.set(GUILD, 'general', { timeZone }, BY);
    expect((await bot.settings.of(GUILD, 'general')).timeZone).toBe(timeZone);
  }
});

test('on the embedded database a change is stored, read again and recorded too', async () => {
  await using database = await embeddedDatabase();
  using settings = await openSettings({ database, log });
  expect(await settings.of(GUILD, 'general')).toEqual({ language: 'en', timeZone: 'UTC' });
  await settings.set(GUILD, 'general', { timeZone: 'Europe/Berlin' }, BY);
  expect(await settings.of(GUILD, 'general')).toEqual({ language: 'en', timeZone: 'Europe/Berlin' });
  expect(await settings.history(GUILD, 'general')).toMatchObject([{ version: 1, ...BY }]);
});

test('another process that shares the database sees a change at once', async () => {
  await using own = await freshDatabase();
  await using one = await open(own.url);
  await using other = await open(own.url);
  await other.settings.of(GUILD, 'general');
  const heard = Promise.withResolvers<void>();
  using _listening = await other.database.listen('settings', { heard: () => heard.resolve(), missed: () => {} });
  await one.settings.set(GUILD, 'general', { timeZone: 'Europe/Berlin' }, BY);
  await heard.promise;
  expect((await other.settings.of(GUILD, 'general')).timeZone).toBe('Europe/Berlin');
});

test('stored values that no longer fit give way to the defaults, the others stay', async () => {
  await using own = await freshDatabase();
  await own.db`insert into settings (guild_id, area, value) values (${GUILD}, 'general', ${own.db.json({ language: 'tlh', timeZone: 'Asia/Tokyo', old: 1 })})`;
  await using bot = await open(own.url);
  expect(await bot.settings.of(GUILD, 'general')).toEqual({ language: 'en', timeZone: 'Asia/Tokyo' });
});

test('people who change different values at the same moment all get what they asked for', async () => {
  await using own = await freshDatabase();
  await using bot = await open(own.url);
  const ids = Array.from({ length: 20 }, (_, at) => `1000000000000001${String(at).padStart(2, '0')}`);
  await Promise.all(
    ids.map((id, at) => bot.settings.set(GUILD, 'logs', { [at % 2 ? 'logChannel' : 'ownersChannel']: id }, BY)),
  );
  const now = await bot.settings.of(GUILD, 'logs');
  expect(Object.keys(now).sort()).toEqual(['logChannel', 'ownersChannel']);
  expect(
    (await bot.settings.history(GUILD, 'logs', { limit: 100 })).map(({ version }) => version).sort((a, b) => a - b),
  ).toEqual(ids.map((_, at) => at + 1));
});

test('what was being read while it was changed is not kept', async () => {
  await using own = await freshDatabase();
  await using bot = await open(own.url);
  const reading = bot.settings.of(GUILD, 'general');
  bot.settings.forget(`${GUILD}:general`);
  await reading;
  expect(bot.settings.peek(GUILD, 'general')).toBeUndefined();
});

test('every area has a default for everything, and a text for what it expects', () => {
  const i18n = createI18n();
  for (const { schema, mend, problems } of Object.values(AREAS)) {
    expect(problems(mend({}).value)).toEqual([]);
    for (const property of Object.values(schema.properties)) expect(i18n.has(String(property.expected))).toBe(true);
  }
});

test('every setting of every area can be filled in or has a command for it, and has its words', () => {
  const i18n = createI18n();
  const commands = new Set(Object.keys(COMMANDS).map((path) => path.split('/').slice(1).join(' ')));
  for (const area of AREA_NAMES) {
    expect(i18n.has(`settings.names.${area}`)).toBe(true);
    for (const { name, form } of propertiesOf(area)) {
      const words = `settings.areas.${area}.${name}`;
      expect([i18n.has(`${words}.label`), i18n.has(`${words}.about`)], words).toEqual([true, true]);
      const values = 'values' in form ? form.values : [];
      expect(
        values.filter((value) => !i18n.has(`${words}.choices.${value}`)),
        words,
      ).toEqual([]);
      if (form.kind === 'own') expect(commands.has(form.command), form.command).toBe(true);
      // As a form of Discord's shows it.
      expect(i18n.t(`${words}.label` as Key).length, words).toBeLessThanOrEqual(45);
      expect(i18n.t(`${words}.about` as Key).length, words).toBeLessThanOrEqual(100);
    }
  }
});

test('docs/settings.md is what the schemas say; `bun scripts/settings-page.ts` writes it', async () => {
  expect(await readSource('docs/settings.md')).toBe(settingsPage());
});

test('an area that was warmed is known without asking, also by its defaults; not where something changed meanwhile', async () => {
  await using own = await freshDatabase();
  await using bot = await open(own.url);
  const other = '100000000000000009';
  await bot.settings.set(GUILD, 'permissions', { commands: { ping: 5 } }, BY);
  const hindered = bot.settings.warm('permissions', [GUILD, other]);
  bot.settings.forgetAll();
  await hindered;
  expect(bot.settings.peek(other, 'permissions')).toBeUndefined();
  const warmed = async () => {
    await bot.settings.warm('permissions', [GUILD, other]); // hindered as well while the news of `set` comes in
    return bot.settings.peek(GUILD, 'permissions')?.commands;
  };
  await expect.poll(warmed).toEqual({ ping: 5 });
  expect(bot.settings.peek(other, 'permissions')?.commands).toEqual({});
});
