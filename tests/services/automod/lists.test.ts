import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/db/connect.ts';
import { AutomodLists, type ListOrder, listName } from '../../../src/services/automod/lists.ts';
import { namedLists } from '../../../src/services/automod/named-lists.ts';
import { startWorkers, type Workers } from '../../../src/workers/offload.ts';
import { shareBytes } from '../../../src/workers/shared-bytes.ts';
import { freshDatabase } from '../../database.ts';

const GUILD = '300000000000000001';
const ANNA = '400000000000000001';
const never = new AbortController().signal;

let workers: Workers;
beforeAll(async () => {
  workers = await startWorkers({ threads: 2 });
  return () => workers.close();
});

function listsOf(database: Database): AutomodLists {
  return new AutomodLists({ database, workers, rules: { heard: () => {} } });
}

function order(more: Partial<ListOrder>): ListOrder {
  return { guild: GUILD, name: 'rude', kind: 'words', how: 'replace', by: ANNA, ...more };
}

function fileOf(text: string, name = 'words.txt') {
  return { name, bytes: shareBytes(new TextEncoder().encode(text)) };
}

async function textOf(lists: AutomodLists, name = 'rude'): Promise<string> {
  return (await lists.export(GUILD, name, never)).bytes.toString();
}

test('a list is imported, added to, cut down, exported and taken away, and each change is on record', async () => {
  await using database = await freshDatabase();
  const lists = listsOf(database);
  const made = await lists.change(order({ name: ' Rude  Words ', file: fileOf('Bad\nbad\na\n!badge\n') }), never);
  expect(made).toMatchObject({ list: { name: 'rude-words', kind: 'words', entries: 2 }, changed: 2, idle: 1, bad: 1 });
  expect(made.problems).toEqual([{ line: 3, code: 'tooShort', what: 'a' }]);
  await lists.change(order({ name: 'rude-words', how: 'add', typed: 'wor*d, bad' }), never);
  expect(await textOf(lists, 'rude-words')).toBe('Bad\n!badge\nwor*d\n');
  const cut = await lists.change(order({ name: 'rude-words', how: 'remove', typed: 'BAD, nowhere' }), never);
  expect(cut).toMatchObject({ list: { entries: 2 }, changed: 1, idle: 1 });
  await lists.remove({ guild: GUILD, name: 'rude-words', by: ANNA });
  expect(await lists.of(GUILD)).toEqual([]);
  const changes = await lists.changes(GUILD, { limit: 10 });
  expect(changes.map(({ entriesBefore, entriesAfter, by }) => [entriesBefore, entriesAfter, by])).toEqual([
    [2, null, ANNA],
    [3, 2, ANNA],
    [2, 3, ANNA],
    [null, 2, ANNA],
  ]);
});

test('a change that changes nothing is none', async () => {
  await using database = await freshDatabase();
  const lists = listsOf(database);
  await lists.change(order({ typed: 'bad' }), never);
  expect(await lists.change(order({ how: 'add', typed: 'BAD' }), never)).toMatchObject({ changed: 0, idle: 1 });
  expect(await lists.changes(GUILD, { limit: 10 })).toHaveLength(1);
});

test('what a change did is taken back, and that too', async () => {
  await using database = await freshDatabase();
  const lists = listsOf(database);
  await lists.change(order({ typed: 'one word' }), never);
  await lists.change(order({ typed: 'others, more' }), never);
  const [second, first] = await lists.changes(GUILD, { name: 'rude', limit: 2 });
  await lists.undo({ guild: GUILD, id: second?.id ?? '', by: ANNA });
  expect(await textOf(lists)).toBe('one word\n');
  await expect(lists.undo({ guild: GUILD, id: second?.id ?? '', by: ANNA })).rejects.toThrow('automod.lists.isSo');
  const [undone] = await lists.changes(GUILD, { limit: 1 });
  expect(undone).toMatchObject({ undoes: second?.id, entriesAfter: 1 });
  await lists.undo({ guild: GUILD, id: undone?.id ?? '', by: ANNA });
  expect(await textOf(lists)).toBe('others\nmore\n');
  expect(await lists.undo({ guild: GUILD, id: first?.id ?? '', by: ANNA })).toEqual({
    name: 'rude',
    entries: undefined,
  });
  expect(await lists.of(GUILD)).toEqual([]);
});

test('the texts of old changes are forgotten, and whoever wants them back is told so', async () => {
  await using database = await freshDatabase();
  const lists = listsOf(database);
  for (let at = 0; at < 13; at++) await lists.change(order({ typed: `word${at}` }), never);
  const changes = await lists.changes(GUILD, { limit: 20 });
  expect(changes.map(({ undoable }) => undoable)).toEqual([...Array(10).fill(true), false, false, true]);
  await expect(lists.undo({ guild: GUILD, id: changes[10]?.id ?? '', by: ANNA })).rejects.toThrow('cannotUndo');
  const [{ kept } = {}] = await database.db`select count(*)::int as kept from automod_list_versions`;
  expect(kept).toBe(11);
});

test.each([
  ['a name that is none', order({ name: 'no/slash', typed: 'bad' }), 'automod.lists.badName'],
  ['nothing', order({ typed: ' , ' }), 'automod.lists.nothing'],
  ['nothing that can be looked for', order({ typed: 'a, *' }), 'automod.lists.allBad'],
  ['a file that is no text', order({ file: fileOf('\u0000\u0001\u0002\u0000') }), 'automod.lists.refused'],
  [
    'entries to be taken out of no list',
    order({ how: 'remove', name: 'none', typed: 'bad' }),
    'automod.lists.noSuchList',
  ],
  ['domains for a list of words', order({ how: 'add', kind: 'domains', typed: 'bad.com' }), 'automod.lists.isOf.words'],
])('refuses %s, and leaves the list alone', async (_, asked, problem) => {
  await using database = await freshDatabase();
  const lists = listsOf(database);
  await lists.change(order({ typed: 'there' }), never);
  await expect(lists.change(asked, never)).rejects.toThrow(problem);
  expect(await textOf(lists)).toBe('there\n');
});

test('bounds what all lists of a server take together', async () => {
  await using database = await freshDatabase();
  const lists = listsOf(database);
  const many = Array.from({ length: 60_000 }, (_, at) => `w${at}`).join('\n');
  await lists.change(order({ file: fileOf(many) }), never);
  await expect(lists.change(order({ name: 'more', file: fileOf(many) }), never)).rejects.toThrow('tooMany.words');
  await lists.change(order({ file: fileOf(many.slice(0, 300_000)) }), never);
  for (let at = 1; at < 20; at++) await lists.change(order({ name: `list-${at}`, typed: 'bad' }), never);
  await expect(lists.change(order({ name: 'one-more', typed: 'bad' }), never)).rejects.toThrow('tooManyLists');
  await lists.change(order({ guild: '300000000000000002', typed: 'bad' }), never);
});

test('two who add to a list at the same time both do', async () => {
  await using database = await freshDatabase();
  const lists = listsOf(database);
  await lists.change(order({ typed: 'first' }), never);
  await Promise.all(['second', 'third'].map((typed) => lists.change(order({ how: 'add', typed }), never)));
  expect((await textOf(lists)).split('\n').sort()).toEqual(['', 'first', 'second', 'third']);
});

test('rules get the lists that they name, and a list that rules name stays', async () => {
  await using database = await freshDatabase();
  const lists = listsOf(database);
  for (const name of ['rude', 'other']) await lists.change(order({ name, typed: `${name} word` }), never);
  const rule = { name: 'No "list":"other"', when: { type: 'words', list: 'rude', match: 'word' } };
  const [named, ...more] = await namedLists(database.db, GUILD, [JSON.stringify(rule)], never);
  expect([named?.name, Buffer.from(named?.bytes ?? new SharedArrayBuffer()).toString(), more]).toEqual([
    'rude',
    'rude word\n',
    [],
  ]);
  await database.db`insert into automod_rules (guild_id, id, place, rule) values (${GUILD}, 'abcdefgh', 0, ${JSON.stringify(rule)}::text::json)`;
  await expect(lists.remove({ guild: GUILD, name: 'rude', by: ANNA })).rejects.toThrow('automod.lists.inUse');
  await lists.remove({ guild: GUILD, name: 'other', by: ANNA });
  expect((await lists.of(GUILD)).map(({ name }) => name)).toEqual(['rude']);
});

test('a name is small letters of any script, digits, hyphens and underscores', () => {
  expect(listName('  Schlimme Wörter ')).toBe('schlimme-wörter');
  expect(listName('ＡＢＣ_1')).toBe('abc_1');
  for (const bad of ['', '-a', 'a"b', 'a'.repeat(33), '<@1>']) expect(() => listName(bad)).toThrow('badName');
});
