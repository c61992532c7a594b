import { expect, test, vi } from 'vitest';
import type { OptionValues } from '../../../../../sandbox/server/verbs/option-values.ts';
import { touchRules } from '../../../../../src/db/automod-rules.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { upload } from '../../files/inspected.ts';
import { Ruler, rulesIn } from './ruled.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const ZALGO = { name: 'Marks', when: { type: 'zalgo' }, actions: [{ do: 'delete' }] };

function json(value: unknown, name = 'rules.json') {
  return upload(name, typeof value === 'string' ? value : JSON.stringify(value, null, 2), 'application/json');
}

async function withRules(bot: TestBot, rules: readonly object[] = [ZALGO]): Promise<Ruler> {
  const ruler = new Ruler(bot);
  await ruler.order('import', { file: json(rules) });
  await ruler.press('automod.import.confirm');
  return ruler;
}

test('somebody new makes a rule by menus and forms, reads it in plain words, and has it observe or act', async () => {
  await using bot = await startBot();
  const ruler = new Ruler(bot);
  expect(await ruler.order('add')).toContain('What should a rule look for?');
  await ruler.pick('automod.add', 'words', 'content');
  expect(ruler.title).toBe('Look for: Words');
  const words = await ruler.fill({ terms: 'spam\n*ham, eggs', match: 'word', leet: 'yes' });
  expect(words).toContain('has one of the words `spam`, `*ham`, `eggs`, also spelt with digits and signs');
  expect(await ruler.pick('automod.add', 'zalgo', 'content')).toContain('and has letters under heaps of marks');
  expect(await ruler.press('automod.press', 'join')).toContain('or has letters under heaps of marks');
  await ruler.press('automod.press', 'group');
  await ruler.pick('automod.add', 'joined', 'place');
  const grouped = await ruler.fill({ under: '2 days' });
  expect(grouped).toContain('heaps of marks (zalgo)) and is by somebody who joined less than 2 days ago');
  await ruler.pick('automod.act', 'timeout');
  expect(await ruler.fill({ for: '1 hour' })).toContain('time its author out for 1 hour');
  await ruler.pick('automod.act', 'delete');
  await ruler.press('automod.open', 'names');
  await ruler.fill({ name: 'No *spam*', on: 'message', points: '2', note: 'by us' });
  await ruler.press('automod.open', 'limits');
  const { roles, channels } = bot.discord;
  const limits = { exceptRoles: [roles.bot ?? ''], exceptChannels: [channels.random ?? ''], rank: '5' };
  const shown = await ruler.fill({ ...limits, cooldown: '30 s', per: 'channel' });
  expect(shown).toContain('rank 5 (kicks people) and above');
  expect(shown).toContain('once in 30 seconds in a channel');
  expect(await rulesIn(bot)).toEqual([]);
  expect(await ruler.press('automod.save', 'observe')).toContain('Saved. It observes');
  expect(await rulesIn(bot)).toMatchObject([
    {
      ...{ name: 'No *spam*', enabled: true, mode: 'observe', on: ['message'], points: 2, note: 'by us' },
      when: {
        all: [
          { any: [{ type: 'words', terms: ['spam', '*ham', 'eggs'], match: 'word', leet: true }, { type: 'zalgo' }] },
          { type: 'joined', underHours: 48 },
        ],
      },
      actions: [{ do: 'timeout', for: 3_600 }, { do: 'delete' }],
      except: { roles: [roles.bot], channels: [channels.random], rank: 5 },
      cooldown: { seconds: 30, per: 'channel' },
    },
  ]);
  const list = await ruler.order('rules');
  expect(list).toContain('**No \\*spam\\*** (observes)');
});

test('what is filled in wrongly is said with its field, and parts are changed, turned round and taken away', async () => {
  await using bot = await startBot();
  const ruler = new Ruler(bot);
  await ruler.order('add', { name: 'Mine' });
  await ruler.pick('automod.add', 'capitals', 'amount');
  expect(await ruler.fill({ percent: 'many', least: '10' })).toContain('Percent of capitals: write a whole number');
  await ruler.pick('automod.add', 'link', 'content');
  expect(await ruler.fill({ which: 'outside', domains: '' })).toContain('Name the sites');
  await ruler.pick('automod.add', 'link', 'content');
  expect(await ruler.fill({ which: 'outside', domains: 'https://www.Example.com/path' })).toContain('`example.com`');
  await ruler.pick('automod.pick', 'c0');
  expect(await ruler.press('automod.part', 'turn')).toContain('is not one that has a link to anywhere but');
  await ruler.pick('automod.pick', 'c0');
  await ruler.press('automod.part', 'turn');
  await ruler.pick('automod.pick', 'c0');
  await ruler.press('automod.reopen', 'c0');
  expect(await ruler.fill({ which: 'any', domains: '' })).toContain('has a link');
  await ruler.pick('automod.act', 'add-role');
  await ruler.fill({ role: [bot.discord.roles.bot ?? ''] });
  expect(await ruler.press('automod.save', 'enforce')).toMatch(/role|manage/i);
  expect(await rulesIn(bot)).toEqual([]);
  await ruler.pick('automod.pick', 'a0');
  await ruler.press('automod.part', 'remove');
  await ruler.press('automod.open', 'json');
  expect(await ruler.fill({ json: '{\n  "name": "x",\n  "when": { "type": "lines", "over": "ten" }\n}' })).toContain(
    'Line 3, column 30',
  );
  expect(await ruler.press('automod.save', 'enforce')).toContain('It acts from now on');
  expect(await rulesIn(bot)).toMatchObject([{ name: 'Mine', mode: 'enforce', when: { type: 'link', which: 'any' } }]);
  await ruler.order('add');
  expect(await ruler.press('automod.press', 'discard')).toContain('Nothing was saved');
});

test('rules that are exported are imported as they were; what is wrong is said by line, and nothing is changed', async () => {
  await using bot = await startBot();
  const ruler = await withRules(bot, [
    ZALGO,
    { name: 'B', when: { any: [{ type: 'thread' }, { not: { type: 'edited' } }] } },
  ]);
  const before = await rulesIn(bot);
  await ruler.order('export');
  const text = await (await fetch(String(ruler.files[0]?.url))).text();
  expect(await ruler.order('import', { file: json(text), how: 'replace' })).toContain('All 2 rules that are there go');
  expect(await ruler.press('automod.import.confirm')).toContain('These are the rules that are there already');
  await ruler.order('remove', { rule: 'B' });
  await ruler.order('import', { file: json(text), how: 'replace' });
  await ruler.press('automod.import.confirm');
  expect(await rulesIn(bot)).toEqual(before);
  await ruler.order('import', { file: json(text) });
  await ruler.press('automod.import.confirm');
  const twice = await rulesIn(bot);
  expect(twice.map(({ name }) => name)).toEqual(['Marks', 'B', 'Marks', 'B']);
  expect(new Set(twice.map(({ id }) => id)).size).toBe(4);
  const note = 'written by hand';
  const byHand = [{ ...ZALGO, note }, { ...ZALGO, note, name: 'C' }, ZALGO, ZALGO];
  await ruler.order('import', { file: json(byHand), how: 'replace' });
  expect(await ruler.press('automod.import.confirm')).toContain('Taken in');
  const replaced = await rulesIn(bot);
  const ids = replaced.map(({ id }) => twice.findIndex((one) => one.id === id));
  expect([...ids].sort()).toEqual([-1, -1, 0, 2]); // by its name one is the same, as long as one of that name would go
  expect(ids[1]).toBe(-1);
  const other = new Ruler(bot, 'owner');
  const bad: readonly (readonly [string | Uint8Array, string])[] = [
    ['[\n  {"name": "a",\n   "when": {"type": "zalgo"}},\n]', 'Line 4, column 1'],
    ['{"name": "a"\n "when": 1}', 'Line 2, column 2'],
    [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255]), 'This is no text'],
    ['', 'Nothing'],
    ['"rules"', 'There are no rules in it'],
    [JSON.stringify([ZALGO], null, 1).replace('zalgo', 'mood'), 'Line 5'],
  ];
  for (const [content, said] of bad) {
    const file = upload('x.json', content);
    if (file.bytes.length > 0) expect.soft(await other.order('import', { file }), said).toContain(said);
  }
  expect(await rulesIn(bot)).toEqual(replaced);
});

test('a file that is far too large is not fetched at all', async () => {
  await using bot = await startBot();
  const ruler = new Ruler(bot);
  const said = await ruler.order('import', { file: upload('huge.json', new Uint8Array(10_000_000)) });
  expect(said).toContain('The file has 10.0 MB, and may have at most 2.1 MB');
});

test('a rule is switched, changed and taken away; each change is in the history and is taken back, once', async () => {
  await using bot = await startBot();
  const ruler = await withRules(bot);
  expect(await ruler.order('enable', { rule: 'marks', on: false })).toContain('It is switched off');
  expect(await ruler.order('observe', { rule: 'marks', only: false })).toContain('It is to act, but is switched off');
  expect(await rulesIn(bot)).toMatchObject([{ enabled: false, mode: 'enforce' }]);
  await ruler.order('edit', { rule: 'marks' });
  await ruler.press('automod.open', 'names');
  await ruler.fill({ name: 'Heaps', on: 'both', points: '1' });
  const late = new Ruler(bot);
  await late.order('edit', { rule: 'marks' });
  expect(await ruler.press('automod.save', 'enforce')).toContain('It is switched off, as it was');
  expect(await rulesIn(bot)).toMatchObject([{ name: 'Heaps', enabled: false }]);
  expect(await late.press('automod.save', 'enforce')).toContain('Somebody has changed this rule since you began');
  expect(await ruler.order('remove', { rule: 'nothing' })).toContain('There is no rule “nothing”');
  expect(await ruler.order('remove', { rule: 'heaps' })).toContain('The rule “Heaps” is gone');
  expect(await rulesIn(bot)).toEqual([]);
  expect(await ruler.press('automod.undo')).toContain('“Heaps” is back');
  expect(await late.order('undo')).toContain('“Heaps” is as it was before');
  expect(await rulesIn(bot)).toMatchObject([{ name: 'Marks', mode: 'enforce' }]);
  const history = await late.order('history');
  expect(history).toContain('took back: took away “Heaps”');
  expect(history).toContain(`<@${bot.discord.people.owner}>`);
  for (let left = 3; left > 0; left--) await late.order('undo');
  expect(await rulesIn(bot)).toEqual([]);
  expect(await late.order('undo')).toContain('nothing to take back');
});

test('whoever may not manage the server is refused, also at a button, and nobody makes a rule do what they may not', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await withRules(bot);
  const member = new Ruler(bot, 'member');
  const file = json([ZALGO]);
  const one = { rule: 'marks' };
  const orders: readonly (readonly [string, OptionValues])[] = [
    ...['rules', 'add', 'presets', 'export', 'history', 'undo', 'stats', 'words list'].map(
      (name) => [name, {}] as const,
    ),
    ...['edit', 'remove', 'enable', 'observe', 'explain', 'backtest'].map((name) => [name, one] as const),
    ...[['import', { file }] as const, ['test', { text: 'x' }] as const, ['words export', { list: 'x' }] as const],
    ...[['words remove', { list: 'x' }] as const, ['words import', { list: 'x', entries: 'y' }] as const],
  ];
  for (const [name, options] of orders) expect.soft(await member.order(name, options), name).toContain('Manage Server');
  await bot.set('permissions', { people: { [discord.people.member ?? '']: 8 }, commands: { ban: 10 } });
  const banning = [{ name: 'Ban', when: { type: 'zalgo' }, actions: [{ do: 'ban' }] }];
  expect(await member.order('import', { file: json(banning) })).toMatch(/rank/i);
  const [foreign = ''] = discord.state.guild(await discord.addGuild('Elsewhere')).channels;
  const telling = (channel = '') => json([{ name: 'T', when: { type: 'zalgo' }, actions: [{ do: 'alert', channel }] }]);
  expect(await member.order('import', { file: telling(foreign) })).toContain('not one of this server');
  expect(await member.order('import', { file: telling(discord.channels['mod-log']) })).toContain('you cannot see');
  expect(await member.order('import', { file: telling(discord.channels.general) })).toContain(
    'is added to the 1 that is there',
  );
  expect(await member.order('rules')).toContain('Marks');
});

test('what a rule brings back, or gives points for, is asked of whoever presses, when they press', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const people = { [discord.people.member ?? '']: 8 };
  const banning = { name: 'Ban', when: { type: 'zalgo' }, actions: [{ do: 'ban' }] };
  const owner = await withRules(bot, [banning]);
  await owner.order('remove', { rule: 'ban' });
  await bot.set('permissions', { people });
  const member = new Ruler(bot, 'member');
  await member.order('import', { file: json([banning]) });
  await bot.set('permissions', { people, commands: { ban: 10 } });
  expect(await member.press('automod.import.confirm')).toMatch(/rank/i);
  expect(await member.order('undo')).toMatch(/rank/i);
  expect(await rulesIn(bot)).toEqual([]);
  await bot.set('moderation', { mostPoints: 3, ladder: [{ points: 50, action: 'ban' }] });
  const heavy = (points: number) => json([{ ...ZALGO, actions: [], points }]);
  expect(await member.order('import', { file: heavy(50) })).toContain('at most 3');
  expect(await member.order('import', { file: heavy(3) })).toContain('Marks');
  await bot.set('moderation', { mostPoints: 3, ladder: [{ points: 2, action: 'ban' }] });
  expect(await member.press('automod.import.confirm')).toContain(
    'reaches a step of the ladder of this server at once: ban',
  );
  expect(await member.order('import', { file: heavy(1) })).toContain('Marks');
  await bot.set('permissions', { people, commands: { purge: 10 } });
  expect(await member.order('import', { file: json([ZALGO]) })).toMatch(/rank/i);
  expect(await owner.press('automod.undo')).toContain('“Ban” is back');
  expect(await rulesIn(bot)).toMatchObject([{ name: 'Ban' }]);
});

test('a form that could not show all that a rule says does not open, and nothing of the rule is lost', async () => {
  await using bot = await startBot();
  const terms = Array.from({ length: 200 }, (_, at) => `some words that are rather long ${at}`);
  const roles: string[] = [];
  for (let made = 0; made < 26; made++) {
    const body = { name: `Exempt ${made}` };
    const role = await bot.discord.rest('POST', `/guilds/${bot.discord.guildId}/roles`, { as: 'owner', body });
    roles.push(JSON.parse(JSON.stringify(role)).id);
  }
  const domains = { type: 'link', which: 'any', domains: ['example.com'], list: 'sites' };
  const words = [terms, ['a, b']].map((some) => ({ type: 'words', terms: some, match: 'word' }));
  await new Ruler(bot).order('words import', { list: 'sites', entries: 'example.net', of: 'domains' });
  const ruler = await withRules(bot, [{ name: 'Long', when: { any: [...words, domains] }, except: { roles } }]);
  await ruler.order('edit', { rule: 'long' });
  for (const part of ['c0', 'c1']) {
    await ruler.pick('automod.pick', part);
    expect(await ruler.press('automod.reopen', part)).toContain('Change it as JSON');
  }
  expect(await ruler.press('automod.open', 'limits')).toContain('Change it as JSON');
  await ruler.pick('automod.pick', 'c2');
  await ruler.press('automod.reopen', 'c2');
  expect(await ruler.fill({ which: 'any', domains: 'example.org' })).toContain(
    'has a link to `example.org`, the list `sites`',
  );
  await ruler.press('automod.save', 'observe');
  const sites = { domains: ['example.org'], list: 'sites' };
  expect(await rulesIn(bot)).toMatchObject([{ when: { any: [...words, sites] }, except: { roles } }]);
});

test('a rule of more parts than one menu takes is changed in all of them', async () => {
  await using bot = await startBot();
  const any = Array.from({ length: 30 }, (_, at) => ({ type: 'lines', over: at + 1 }));
  const ruler = await withRules(bot, [{ name: 'Parts', when: { any }, actions: [{ do: 'delete' }, { do: 'log' }] }]);
  await ruler.order('edit', { rule: 'parts' });
  const second = `${ruler.idOf('automod.pick').slice(-12, -1)}1`;
  await ruler.pick('automod.pick', 'a1', second);
  await ruler.press('automod.part', 'remove');
  await ruler.pick('automod.pick', 'c0');
  await ruler.press('automod.part', 'remove');
  await ruler.press('automod.save', 'observe');
  const left = [{ do: 'delete' }];
  expect(await rulesIn(bot)).toMatchObject([{ when: { any: any.slice(1) }, actions: left }]);
});

test('nothing that is entered wrongly spoils what was entered before, and no rule is taken for another of its name', async () => {
  await using bot = await startBot();
  const ruler = await withRules(bot, [
    { ...ZALGO, name: 'Twice' },
    { ...ZALGO, name: 'Twice' },
    { ...ZALGO, name: 'Third' },
  ]);
  expect(await ruler.order('enable', { rule: 'twice', on: false })).toContain('Several rules have that in their names');
  const [first, second] = await rulesIn(bot);
  expect(await ruler.order('enable', { rule: first?.id ?? '', on: false })).toContain('It is switched off');
  expect(await ruler.order('observe', { rule: first?.id ?? '', only: false })).toContain(
    'It is to act, but is switched off',
  );
  await ruler.order('remove', { rule: first?.id ?? '' });
  const editor = new Ruler(bot);
  await editor.order('edit', { rule: second?.id ?? '' });
  await editor.press('automod.open', 'names');
  expect(await editor.fill({ name: '   ', on: 'both', points: '1' })).toContain('Name is missing');
  await editor.pick('automod.add', 'link', 'content');
  const unfit = await editor.fill({ which: 'any', domains: 'no domain' });
  expect(unfit).toContain('nothing was changed. `when › all › 1 › domains › 0`: Write a domain');
  await editor.press('automod.open', 'limits');
  const nobody = { exceptRoles: [], exceptChannels: [], rank: '0', per: 'member' };
  expect(await editor.fill(nobody)).toContain('write a whole number from 1 to 10');
  await editor.pick('automod.add', 'words', 'content');
  expect(await editor.fill({ terms: 'fish', list: 'My List', match: 'word', leet: 'no' })).toContain('`my-list`');
  await editor.order('words import', { list: 'my list', entries: 'shark' });
  expect(await editor.order('words history', { list: 'other' })).toContain('Nobody has changed a list of that name');
  await editor.order('add', { name: 'Called so', json: json({ ...ZALGO, name: 'Not so' }) });
  await editor.press('automod.save', 'observe');
  expect(await ruler.press('automod.undo')).toContain('“Twice” is back'); // whatever has become of others since
  expect((await rulesIn(bot)).map(({ id, name }) => (name === 'Twice' ? id : name))).toEqual([
    ...[first?.id, second?.id],
    ...['Third', 'Called so'],
  ]);
  expect(await ruler.order('history')).toContain(': took away “Twice” (taken back)\n');
});

test('however long rules are, each of a page is in the list', async () => {
  await using bot = await startBot();
  const any = Array.from({ length: 20 }, (_, at) => ({
    type: 'words',
    terms: [`${at} ${'fish '.repeat(18)}`],
    match: 'word',
  }));
  const ruler = await withRules(
    bot,
    Array.from({ length: 9 }, (_, at) => ({ name: `${at} ${'A long name '.repeat(4)}`, when: { any } })),
  );
  const list = await ruler.order('rules');
  for (let at = 0; at < 8; at++) expect.soft(list).toContain(`- **${at} A long name`);
  expect(await ruler.press('automod.rules.page', ':1:1')).toContain('**8 A long');
});

test('rules that name what is gone are shown as broken, with how to mend them', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const role = '123456789012345678';
  const ruler = await withRules(bot, [
    { name: 'R', when: { type: 'role', any: [role] } },
    { name: 'C', when: { all: [{ type: 'zalgo' }, { type: 'channel', any: [discord.channels.random] }] } },
  ]);
  await discord.rest('DELETE', `/channels/${discord.channels.random}`, { as: 'owner' });
  const list = await ruler.order('rules');
  expect(list.match(/\*\*broken\*\*/g)).toHaveLength(2);
  const [rule] = await rulesIn(bot);
  const shown = await ruler.pick('automod.rules.look', rule?.id ?? '');
  expect(shown).toContain(`a role that is gone (${role})`);
  expect(shown).toContain('Mend it with `/automod edit`');
});

test('what is gone, or a thread that is archived, stays exempt through forms until it is taken away', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const [role, thread] = ['123456789012345678', '223456789012345678'];
  const random = discord.channels.random ?? '';
  const except = { roles: [role], channels: [thread, random] };
  const when = { all: [{ type: 'channel', any: [thread, random] }, { not: { type: 'role', any: [role] } }] };
  const ruler = await withRules(bot, [{ ...ZALGO, when, except }]);
  const list = await ruler.order('rules');
  expect(list).toContain('a thread that is archived (223456789012345678)');
  await ruler.order('edit', { rule: 'marks' });
  await ruler.press('automod.open', 'limits');
  const filled = await ruler.fill({ exceptRoles: [], exceptChannels: [random], rank: '3', per: 'member' });
  expect(filled).toContain('a role that is gone (123456789012345678)');
  await ruler.pick('automod.pick', 'c0');
  await ruler.press('automod.reopen', 'c0');
  await ruler.fill({ channels: [random] });
  await ruler.press('automod.save', 'observe');
  const [kept] = await rulesIn(bot);
  expect(kept?.except).toMatchObject({ roles: [role], channels: [random, thread] });
  expect(kept?.when).toMatchObject({ all: [{ type: 'channel', any: [random, thread] }, when.all[1]] });
  await ruler.order('edit', { rule: 'marks' });
  const tidy = await ruler.press('automod.press', 'tidy');
  expect(tidy).not.toContain('thread that is archived');
  expect(tidy).toContain('a role that is gone'); // the condition would be about nothing
  await ruler.press('automod.save', 'observe');
  const [left] = await rulesIn(bot);
  expect(left?.except).toMatchObject({ roles: [], channels: [random] });
  expect(left?.when).toMatchObject({ all: [{ type: 'channel', any: [random] }, when.all[1]] });
});

test('a rule that could not be used is not saved; one that breaks later is shown and told of, once, and the others hold', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('logs', { logChannel: discord.channels['mod-log'] });
  const listed = { name: 'Slurs', when: { type: 'words', list: 'slurs', match: 'word' }, actions: [{ do: 'delete' }] };
  const ruler = new Ruler(bot);
  const refused = await ruler.order('import', { file: json([ZALGO, listed]) });
  expect(refused).toContain('The rule “Slurs” could not be used, and nothing was saved.');
  expect(refused).toContain('There is no list named `slurs`');
  await ruler.order('add', { json: json([listed]) });
  expect(await ruler.press('automod.save', 'observe')).toContain('There is no list named `slurs`');
  expect(await rulesIn(bot)).toEqual([]);
  await ruler.order('words import', { list: 'slurs', entries: 'oaf' });
  const made = new Ruler(bot);
  await made.order('import', { file: json([ZALGO, listed]) });
  expect(await made.press('automod.import.confirm')).toContain('Taken in');
  expect(await ruler.press('automod.words.undo')).toContain('looks for `slurs`'); // it is needed

  const guild = discord.guildId;
  const version = await bot.app.database.begin(async (tx, notify) => {
    await tx`delete from automod_lists where guild_id = ${guild}`;
    return await touchRules({ tx, notify }, guild);
  });
  bot.app.rules.heard(`${guild} ${version}`);
  const log = discord.channels['mod-log'] ?? '';
  const told = () => JSON.stringify(discord.state.messages.idsOf(log).map((id) => discord.state.messages.get(id)));
  await expect.poll(told).toContain('A rule does not work any more');
  expect(told()).toContain('**Slurs**: `when › list`: There is no list named `slurs`');
  expect(await ruler.order('rules')).toContain('**Slurs** (observes, **broken**)');
  const [, rule] = await rulesIn(bot);
  expect(await ruler.pick('automod.rules.look', rule?.id ?? '')).toContain('There is no list named `slurs`');
  await ruler.order('enable', { rule: 'marks', on: false });
  await bot.app.rules.settled(guild);
  await ruler.order('words import', { list: 'slurs', entries: 'oaf' });
  await bot.app.rules.settled(guild);
  expect(await ruler.order('rules')).not.toContain('**broken**');
  expect(told().match(/does not work any more/g)).toHaveLength(1);
});

test('presets are looked at before, added by one press, and taken away as a whole', async () => {
  await using bot = await startBot();
  const ruler = new Ruler(bot);
  expect(await ruler.order('presets')).toContain('Family-friendly');
  for (const name of ['anti-raid', 'anti-scam', 'anti-spam', 'coding-community', 'family-friendly']) {
    const looked = await new Ruler(bot, 'owner').order('presets', { preset: name });
    expect.soft(looked, name).toMatch(/Add these rules|→/);
  }
  const preview = await ruler.pick('automod.presets.look', 'anti-scam');
  expect(preview).toContain('imitates a well-known site');
  expect(preview).toContain('There is no channel for alerts yet');
  expect(await rulesIn(bot)).toEqual([]);
  expect(await ruler.press('automod.presets.press', 'add')).toContain('works from now on, with 6 rules');
  expect(await rulesIn(bot)).toHaveLength(6);
  await ruler.order('presets', { preset: 'coding-community' });
  await ruler.press('automod.presets.press', 'add');
  expect(await rulesIn(bot)).toHaveLength(11);
  await ruler.order('presets', { preset: 'anti-scam' });
  expect(await ruler.press('automod.presets.press', 'remove')).toContain('is gone, with all its rules');
  expect((await rulesIn(bot)).map(({ id }) => id.slice(0, 4))).toEqual(['code', 'code', 'code', 'code', 'code']);
});

test('a preset acts on the next message after one press, and what it did is counted', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const ruler = new Ruler(bot);
  expect(await ruler.order('stats')).toContain('No message has been looked at yet');
  await ruler.order('presets', { preset: 'anti-spam' });
  await ruler.press('automod.presets.press', 'add');
  const loud = await discord.message({
    as: 'member',
    content: 'SOMEBODY HAS EATEN ALL OF MY FISH, AND I WANT IT BACK!',
  });
  const calm = await discord.message({ as: 'member', content: 'It was me, I am sorry.' });
  await expect.poll(() => discord.state.messages.get(loud.id)).toBeUndefined();
  expect(discord.state.messages.get(calm.id)).toBeDefined();
  const { app } = bot;
  const stats = async () => {
    await app.ruleStats.flush();
    return await ruler.order('stats', { days: 1 });
  };
  const acted = await stats();
  expect(acted).toMatch(/\d messages? looked at; hits: 1; only observed: 0/);
  expect(acted).toContain('**Spam: capitals** (enforced): 1 hit, 0 observed');
  expect(acted).not.toContain('no time');

  await ruler.order('observe', { rule: 'Spam: capitals', only: true });
  await app.rules.settled(discord.guildId);
  await discord.message({ as: 'newcomer', content: 'NOW SOMEBODY HAS EATEN ALL OF MY BREAD AS WELL!' });
  await expect.poll(stats).toContain('**Spam: capitals** (observes): 1 hit, 1 observed');
  expect(await ruler.order('explain', { rule: 'Spam: capitals' })).toContain('hits: 1; only observed: 1');

  const compiled = await app.rules.of(discord.guildId);
  const at = compiled?.rules.findIndex(({ name }) => name === 'Spam: capitals') ?? 0;
  const day = app.now().toISOString().slice(0, 10);
  for (const skipped of [[at], [at], []])
    app.ruleStats.judged(discord.guildId, day, { rules: compiled?.rules ?? [] }, { hits: [], skipped });
  expect(await stats()).toContain('In 2 messages there was no time');
  expect(await stats()).toContain('Left out were: Spam: capitals (2)');
  expect(await app.metrics.rulesSkipped.total({})).toBe(2);
});

test('rules and lists are offered by name while somebody types, to those who may use them', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const ruler = await withRules(bot);
  await ruler.order('words import', { list: 'moods', entries: 'cross' });
  const offered = (name: string, option: string, typed: string, as: string) =>
    discord.autocomplete(`automod ${name}`, { [option]: typed }, option, { as, unchecked: true });
  const [rule] = await rulesIn(bot);
  expect(await offered('edit', 'rule', 'mar', 'owner')).toEqual([{ name: 'Marks (observes)', value: rule?.id }]);
  expect(await offered('edit', 'rule', 'nothing', 'owner')).toEqual([]);
  expect(await offered('edit', 'rule', '', 'member')).toEqual([]);
  expect(await offered('words export', 'list', 'mo', 'owner')).toEqual([{ name: 'moods (1)', value: 'moods' }]);
});

test('a pattern is explained when it is saved, and one that cannot be used is not', async () => {
  await using bot = await startBot();
  const ruler = new Ruler(bot);
  await ruler.order('add', { name: 'Pattern' });
  await ruler.pick('automod.add', 'pattern', 'content');
  await ruler.fill({ source: '(?=fish)', case: 'yes', of: 'canonical' });
  expect(await ruler.press('automod.save', 'observe')).toContain('Look-ahead cannot be used');
  await ruler.pick('automod.pick', 'c0');
  await ruler.press('automod.reopen', 'c0');
  await ruler.fill({ source: 'free\\s+fish', case: 'yes', of: 'canonical' });
  const saved = await ruler.press('automod.save', 'observe');
  expect(saved).toContain('Saved. It observes');
  expect(saved).toContain('The pattern');
  expect(await rulesIn(bot)).toMatchObject([{ when: { type: 'pattern', source: 'free\\s+fish' } }]);
});
