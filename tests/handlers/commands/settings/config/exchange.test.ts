import { expect, test } from 'vitest';
import { connect } from '../../../../../src/db/connect.ts';
import { readBook } from '../../../../../src/services/automod/rule-book.ts';
import { changeAreas } from '../../../../../src/services/settings/change-areas.ts';
import { openSettings, SettingsMovedError } from '../../../../../src/services/settings/settings.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { upload } from '../../files/inspected.ts';
import { makeManager, Setter } from './setter.ts';

function file(value: unknown) {
  return upload('settings.json', typeof value === 'string' ? value : JSON.stringify(value), 'application/json');
}

const settings = (areas: unknown, more: object = {}) =>
  file({ format: 'rockhopper-settings', version: 1, areas, ...more });

async function changes(bot: TestBot): Promise<number> {
  return (await bot.db`select from settings_history`).length + (await bot.db`select from automod_rule_changes`).length;
}

test('what is exported and imported again is exported as it was, whatever was changed meanwhile', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, roles, people, guildId } = discord;
  const owner = new Setter(bot);
  await bot.set('logs', { logChannel: channels['mod-log'] });
  await bot.set('moderation', { reasons: ['spam'], letters: { ban: 'Gone: {reason}' }, decayDays: 90, brakeBans: 5 });
  await bot.set('permissions', { roles: { [roles.bot ?? '']: 3 }, people: { [people.member ?? '']: 2 } });
  await bot.set('permissions', { frozen: [people.newcomer ?? ''] });
  await bot.set('automod', { exemptChannels: [channels.general] });
  await discord.slash('automod presets', { preset: 'anti-spam' }, { as: 'owner' }).then(async ({ message }) => {
    await discord.click(message ?? '', 'automod.presets.press:1:anti-spam:add', { as: 'owner' });
  });
  await owner.order('export');
  const before = await owner.file();
  const rules = (await readBook(guildId, bot.app)).rules;
  expect(rules.length).toBeGreaterThan(3);
  expect(before).not.toContain(people.newcomer);
  await bot.set('logs', { logChannel: null, ownersChannel: channels.general });
  await bot.set('moderation', { reasons: [], letters: {}, decayDays: 1, appeal: 'Write', brakeBans: 9 });
  await bot.set('permissions', { roles: {}, people: {} });
  await bot.set('files', { shield: 'off' });
  await bot.db`delete from automod_rules where id <> ${rules[0]?.id ?? ''}`;
  await bot.db`update automod_rule_sets set version = version + 1`;
  const asked = await owner.order('import', { file: file(before) });
  expect(asked).toContain('Import these settings?');
  expect(asked).toContain(`Log channel**: not set → <#${channels['mod-log']}>`);
  expect(asked).toContain(`Owners' channel**: <#${channels.general}> → not set`);
  expect(asked).toContain('Saved reasons**: with spam');
  expect(asked).toContain('**Automod rules**: with');
  const unchanged = await changes(bot);
  expect(await owner.press('config.plan.confirm')).toContain('Saved: ');
  expect(await changes(bot)).toBeGreaterThan(unchanged);
  await owner.order('export');
  expect(await owner.file()).toBe(before);
  expect((await readBook(guildId, bot.app)).rules).toEqual(rules);
  expect((await bot.app.settings.of(guildId, 'permissions')).frozen).toEqual([people.newcomer]);
  expect(await owner.order('import', { file: file(before) })).toContain('There is nothing to change');
});

test('a file that does not fit is refused by line, in plain words, and nothing of it is used', async () => {
  await using bot = await startBot();
  const owner = new Setter(bot);
  const refused = (what: ReturnType<typeof file>) => owner.order('import', { file: what });
  const good = { general: { timeZone: 'Asia/Tokyo' } };
  expect(await refused(settings(good, { version: 7 }))).toContain('of version ˋ7ˋ'.replaceAll('ˋ', '`'));
  expect(await refused(settings(good, { colour: 'red' }))).toContain('nothing called `colour`');
  expect(await refused(settings({ ...good, weather: {} }))).toContain('no section `weather`');
  expect(await refused(settings({ ...good, logs: { logChanel: null } }))).toContain('no setting `logChanel`');
  expect(await refused(settings({ ...good, logs: [] }))).toContain('`logs` is not written as it should be');
  const wrong = await refused(
    settings({ ...good, moderation: { decayDays: 0, reasons: 'spam' }, logs: { logChannel: 5 } }),
  );
  expect(wrong).toContain('Moderation: Points count for, in days must be a whole number within its bounds');
  expect(wrong).toContain('at most 50 different reasons');
  expect(wrong).toContain('a channel of this server');
  expect(wrong).toMatch(/Line 1, column \d+/);
  expect(await refused(settings({ permissions: { frozen: [] } }))).toContain('no setting `frozen`');
  expect(await refused(settings(good, { automodRules: [{ name: 'x', when: { type: 'weather' } }] }))).toContain(
    'There is no such kind',
  );
  expect(await refused(settings(good, { automodRules: {} }))).toContain('`automodRules` is not written');
  expect(await refused(file({ rules: [] }))).toContain('no file of settings');
  expect(await refused(file('{"format":'))).toContain('ends in the middle');
  expect(await refused(file(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toContain('nested far deeper');
  expect(await refused(file('x'.repeat(5_000_000)))).toContain('may have at most');
  expect(await refused(upload('settings.json', new Uint8Array([0xff, 0xd8, 0xff, 0x00])))).toContain('no text');
  expect(await changes(bot)).toBe(0);
  expect(await bot.db`select from drafts`).toHaveLength(0);
});

test('what somebody made to do harm is refused in plain words as well, soon, and nothing of it is used', async () => {
  await using bot = await startBot();
  const owner = new Setter(bot);
  const refused = (areas: string, more = '') =>
    owner.order('import', { file: file(`{"format":"rockhopper-settings","version":1,"areas":${areas}${more}}`) });
  const good = '"general":{"timeZone":"Asia/Tokyo"}';
  const proto = await refused(
    `{${good},"__proto__":{"x":1},"logs":{"__proto__":{"logChannel":"1"}}}`,
    ',"__proto__":{}',
  );
  expect(proto).toContain('nothing called `__proto__`');
  expect(proto).toContain('no section `__proto__`');
  expect(proto).toContain('no setting `__proto__`');
  // What Postgres keeps in no text.
  for (const letters of ['a\\u0000b', 'a\\ud800b'])
    expect(await refused(`{${good},"moderation":{"reasons":["${letters}"]}}`)).toContain(
      'In `reasons` there are letters',
    );
  expect(await refused(`{${good}}`, ',"automodRules":[{"name":"a\\u0000"}]')).toContain('In `name` there are letters');
  const many = Array.from({ length: 100_000 }, (_, at) => `"k${at}":1`).join();
  const told = await refused(`{${good},"logs":{${many}}}`);
  expect(told).toContain('no setting `k0`');
  expect(told).not.toContain('`k10`');
  expect(await refused(`{${good}}`, `,${many}`)).toContain('nothing called `k0`');
  expect(await refused('null')).toContain('`areas` is not written');
  const untyped = '"logs":{"logChannel":{"a":[1]}},"permissions":{"roles":[1]},"events":{"channels":{"all":{"x":1}}}';
  const wrong = await refused(`{${good},${untyped}}`);
  for (const what of ['Log channel must be', 'Ranks of roles must be', 'Written into must be'])
    expect(wrong).toContain(what);
  expect(await owner.order('import', { file: file('{"format":"rockhopper-settings","areas":{}}') })).toContain(
    'version `-`',
  );
  expect(await owner.order('import', { file: file(`{"format":"rockhopper-settings","version":{"a":1}}`) })).toContain(
    'of version `{"a":1}`',
  );
  expect(await changes(bot)).toBe(0);
  expect(await bot.db`select from drafts`).toHaveLength(0);
  // Names that objects have by themselves are names like any other.
  const odd = '"permissions":{"commands":{"__proto__":5,"constructor":6}},"moderation":{"letters":{"constructor":"x"}}';
  expect(await refused(`{${odd}}`)).toContain('Import these settings?');
  expect(await owner.press('config.plan.confirm')).toContain('Saved: 2 changes');
  expect(await owner.order('moderation')).toContain('constructor');
  expect(await owner.order('section', { area: 'permissions' })).toContain('Ranks');
});

test('channels and roles of another server are named and left out, and the rest is taken over', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, guildId } = discord;
  const owner = new Setter(bot);
  await bot.set('logs', { logChannel: channels['mod-log'] });
  await bot.set('automod', { exemptRoles: [discord.roles.bot] });
  const areas = {
    general: { timeZone: 'Asia/Tokyo' },
    logs: { logChannel: '100000000000000007', ownersChannel: null },
    automod: { exemptRoles: ['100000000000000008'], exemptChannels: ['100000000000000009', channels.general] },
  };
  const alert = { name: 'A', when: { type: 'zalgo' }, actions: [{ do: 'alert', channel: '100000000000000006' }] };
  const more = { server: '100000000000000001', automodRules: [alert] };
  const asked = await owner.order('import', { file: settings(areas, more) });
  expect(asked).toContain('This file is of another server');
  expect(asked).toContain('Log channel: `100000000000000007`');
  expect(asked).toContain('Roles no rule looks at: `100000000000000008`');
  expect(asked).toContain('theirs is not here: A');
  await owner.press('config.plan.confirm');
  expect(await bot.app.settings.of(guildId, 'general')).toMatchObject({ timeZone: 'Asia/Tokyo' });
  expect(await bot.app.settings.of(guildId, 'logs')).toEqual({ logChannel: channels['mod-log'] });
  expect(await bot.app.settings.of(guildId, 'automod')).toMatchObject({
    exemptRoles: [discord.roles.bot],
    exemptChannels: [channels.general],
  });
  expect((await readBook(guildId, bot.app)).rules).toMatchObject([{ name: 'A', actions: [{ do: 'alert' }] }]);
});

test('a file gives nobody what is for the owner alone, and what was changed meanwhile is shown before anything is stored', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await makeManager(bot);
  const [owner, manager] = [new Setter(bot), new Setter(bot, 'moderator')];
  const rank = { permissions: { people: { [discord.people.moderator ?? '']: 10 } } };
  expect(await manager.order('import', { file: settings(rank) })).toContain('for the owner of the server alone');
  const brake = { general: { timeZone: 'Asia/Tokyo' }, moderation: { brakeBans: 0 } };
  expect(await manager.order('import', { file: settings(brake) })).toContain('for the owner of the server alone');
  expect(await changes(bot)).toBe(0);
  const two = { general: { timeZone: 'Asia/Tokyo' }, moderation: { decayDays: 7 } };
  await manager.order('import', { file: settings(two) });
  await owner.order('general', { 'time-zone': 'Europe/Berlin' });
  const again = await manager.press('config.plan.confirm');
  expect(again).toContain('Nothing was saved');
  expect(again).toContain('Time zone**: UTC → Europe/Berlin');
  expect(await bot.app.settings.of(discord.guildId, 'moderation')).toMatchObject({ decayDays: 30 });
  expect(await manager.press('config.plan.confirm')).toContain('Saved: 2 changes');
  expect(await bot.app.settings.of(discord.guildId, 'general')).toMatchObject({ timeZone: 'Asia/Tokyo' });
  const stranger = new Setter(bot, 'member');
  for (const name of ['export', 'history']) expect(await stranger.order(name)).toContain('Manage Server');
});

test('of several sections none is changed where one is of another version than it was, whoever is faster', async () => {
  await using bot = await startBot();
  const { guildId, people } = bot.discord;
  const whose = { guild: guildId, by: people.owner };
  const zone = (timeZone: string, version: number) => ({ area: 'general' as const, value: { timeZone }, version });
  const days = (version: number) => ({ area: 'moderation' as const, value: { decayDays: 7 }, version });
  await expect(changeAreas([zone('Asia/Tokyo', 0), days(5)], whose, bot.app)).rejects.toThrow(SettingsMovedError);
  expect(await bot.app.settings.of(guildId, 'general')).toMatchObject({ timeZone: 'UTC' });
  const both = await Promise.allSettled(
    ['Asia/Tokyo', 'Europe/Berlin'].map((one) => changeAreas([zone(one, 0), days(0)], whose, bot.app)),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await changes(bot)).toBe(2);
});

test('what was changed is on record, and every version can be gone back to, seen at once by another process', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, guildId } = discord;
  const owner = new Setter(bot);
  expect(await owner.order('history')).toContain('Nothing was changed');
  await owner.order('logs', { 'log-channel': channels['mod-log'] });
  await owner.order('logs', { 'log-channel': channels.random, 'owners-channel': channels.general });
  await owner.order('general', { 'time-zone': 'Europe/Berlin' });
  const all = await owner.order('history');
  expect(all).toContain('General (version 1)');
  expect(all).toContain('Time zone**: UTC → Europe/Berlin');
  expect(all).toContain(`Log channel**: <#${channels['mod-log']}> → <#${channels.random}>`);
  const own = await owner.order('history', { area: 'logs' });
  expect(own).not.toContain('Berlin');
  const asked = await owner.pick('config.history.goBack', ['1']);
  expect(asked).toContain(`Owners' channel**: <#${channels.general}> → not set`);
  await using other = await connect({ url: bot.app.config.DATABASE_URL ?? '', dataDir: 'unused', log: bot.app.log });
  using elsewhere = await openSettings({ database: other, log: bot.app.log });
  expect(await elsewhere.of(guildId, 'logs')).toMatchObject({ logChannel: channels.random });
  expect(await owner.press('config.plan.confirm')).toContain('Saved: 2 changes');
  expect(await bot.app.settings.of(guildId, 'logs')).toEqual({ logChannel: channels['mod-log'] });
  await expect.poll(() => elsewhere.of(guildId, 'logs')).toEqual({ logChannel: channels['mod-log'] });
  // A version whose channel is gone by now, and one that never was.
  await discord.rest('DELETE', `/channels/${channels.random}`, { as: 'owner' });
  await expect.poll(() => bot.app.discord.channels.cache.has(channels.random ?? '')).toBe(false);
  expect(await owner.order('rollback', { area: 'logs', version: '2' })).toContain(
    `Log channel: \`${channels.random}\``,
  );
  expect(await owner.order('rollback', { area: 'logs', version: '99' })).toContain('There is no version 99');
  expect(await owner.order('rollback', { area: 'logs', version: '0' })).toContain('→ not set');
  const offered = await discord.autocomplete('config rollback', { area: 'logs' }, 'version', { as: 'owner' });
  expect(offered.map(({ value }) => value)).toEqual(['2', '1']);
});
