import type { Static } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { shareBytes } from '../../../src/workers/shared-bytes.ts';
import readTerms from '../../../src/workers/tasks/read-terms.ts';

async function read(input: Partial<Static<typeof readTerms.input>>) {
  const outcome = await readTerms.run({ kind: 'words', ...input });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

function file(text: string | Uint8Array, name = 'terms.txt') {
  return { name, bytes: shareBytes(typeof text === 'string' ? new TextEncoder().encode(text) : text) };
}

function utf16(text: string, order: 'le' | 'be') {
  const units = [0xfeff, ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))];
  return Uint8Array.from(units.flatMap((unit) => (order === 'le' ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])));
}

/** The list as it is kept. */
function kept(output: Awaited<ReturnType<typeof read>>): string[] {
  if (output.kind !== 'read') throw new Error(`refused: ${output.code}`);
  return new TextDecoder().decode(new Uint8Array(output.bytes).slice()).split('\n').slice(0, -1);
}

test.each([
  ['a text', file('rude\r\n# a comment\r\n#hash\n\n  two   words \nrude\nRUDE')],
  ['a text with a mark', file('\ufeffrude\n#hash\ntwo words\nrude\nrude')],
  ['UTF-16', file(utf16('rude\n#hash\ntwo words\nrude\nrude', 'le'))],
  ['UTF-16, the other way round', file(utf16('rude\n#hash\ntwo words\nrude\nrude', 'be'))],
  ['an array', file('["rude", "#hash", "two words", "rude", "RUDE"]', 'terms.json')],
  ['an array in an object', file('{"words": ["rude", "#hash", "two words", "rude", "RUDE"]}', 'x')],
  ['a table', file('Word,Severity\n"rude",1\n#hash,2\ntwo words;3\nrude\tx\nRUDE,', 'terms.csv')],
])('reads %s, each entry once', async (_, of) => {
  const output = await read({ file: of });
  expect(kept(output)).toEqual(['rude', '#hash', 'two words']);
  expect(output).toMatchObject({ entries: 3, changed: 3, idle: 2, bad: 0, problems: [] });
});

test('says of each entry that cannot be used in which line it stands and why, and takes the others', async () => {
  const long = 'y'.repeat(101);
  const output = await read({ file: file(`fine\na\n\n\u200b\n${long}\nalso fine`) });
  expect(kept(output)).toEqual(['fine', 'also fine']);
  expect(output).toMatchObject({
    changed: 2,
    bad: 3,
    problems: [
      { line: 2, code: 'tooShort', what: 'a' },
      { line: 4, code: 'empty', what: '·' },
      { line: 5, code: 'tooLong' },
    ],
  });
  const table = await read({ file: file('"good one"\n"not closed\nmore', 'a.csv') });
  expect(table).toMatchObject({ changed: 2, problems: [{ line: 2, code: 'notText' }] });
  expect(await read({ file: file('["fine", 5, null]', 'a.json') })).toMatchObject({
    changed: 1,
    problems: [
      { line: 2, code: 'notText' },
      { line: 3, code: 'notText' },
    ],
  });
});

test('shows ten of a thousand bad entries', async () => {
  const output = await read({ file: file('a\n'.repeat(1_000)) });
  expect(output).toMatchObject({ entries: 0, bad: 1_000 });
  expect(output.kind === 'read' && output.problems).toHaveLength(10);
});

test('adds to a list what somebody typed, and takes out of it', async () => {
  const base = shareBytes(new TextEncoder().encode('rude\nru*de\n!class*\n'));
  const added = await read({ base, typed: 'Rude, two words, !Class*, new' });
  expect(kept(added)).toEqual(['rude', 'ru*de', '!class*', 'two words', 'new']);
  expect(added).toMatchObject({ changed: 2, idle: 2 });
  const removed = await read({ base, remove: true, typed: 'RUDE\nclass*\n!class*' });
  expect(kept(removed)).toEqual(['ru*de']);
  expect(removed).toMatchObject({ changed: 2, idle: 1 });
});

test('reads domains as lists of them have them', async () => {
  const lines =
    '# hosts\n0.0.0.0 Bad.example.com\n||worse.net^\nhttps://no.com/x\ndiscord.com\nbücher.de\nbad.example.com';
  const output = await read({ kind: 'domains', file: file(lines) });
  expect(kept(output)).toEqual(['bad.example.com', 'worse.net', 'xn--bcher-kva.de']);
  expect(output).toMatchObject({
    idle: 1,
    problems: [
      { line: 4, code: 'notADomain', what: 'https://no.com/x' },
      { line: 5, code: 'notADomain', what: 'discord.com' },
    ],
  });
});

test.each([
  [
    'a picture',
    file(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82])),
    { code: 'binary', what: 'png' },
  ],
  ['bytes', file(Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7_919) % 256)), { code: 'binary' }],
  ['broken JSON', file('[\n  "a b",\n  "c d"\n  "e f"\n]', 'terms.json'), { code: 'badJson', line: 4, column: 3 }],
  ['JSON that is no list', file('{"a": 1}', 'terms.json'), { code: 'noArray' }],
  ['JSON nested without end', file('['.repeat(5_000_000), 'terms.json'), { code: 'badJson' }],
  ['JSON nested deep', file(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'terms.json'), { code: 'noArray' }],
  ['too many terms', file(Array.from({ length: 100_001 }, (_, at) => `w${at}`).join('\n')), { code: 'tooMany' }],
  ['one term over and over', file('rude\n'.repeat(400_001)), { code: 'tooMany' }],
  [
    'too many letters',
    file(Array.from({ length: 22_000 }, (_, at) => `${at}${'x'.repeat(90)}`).join('\n')),
    { code: 'tooManyLetters' },
  ],
])('refuses %s', async (_, of, refusal) => {
  expect(await read({ file: of })).toMatchObject({ kind: 'refused', ...refusal });
});

test('reads ten megabytes of one line, and of none', async () => {
  expect(await read({ file: file('x'.repeat(9_999_999)) })).toMatchObject({ bad: 1, problems: [{ code: 'tooLong' }] });
  expect(await read({ file: file('\n'.repeat(9_999_999)) })).toMatchObject({ entries: 0, bad: 0 });
});
