import { describe, expect, test } from 'vitest';
import { offsetOf, placeAt } from '../../../src/workers/rules/read/place.ts';
import { shareBytes } from '../../../src/workers/shared-bytes.ts';
import readRules from '../../../src/workers/tasks/read-rules.ts';

const LEAST = { name: 'Least', when: { type: 'zalgo' } };

async function read(input: unknown) {
  const outcome = await readRules.run(input);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

/** What is wrong in a text, as `line:column what`. */
async function wrongIn(text: string): Promise<readonly string[]> {
  const outcome = await read({ text });
  if (outcome.ok) return [];
  return outcome.problems.map(
    ({ line, column, why }) => `${line}:${column} ${typeof why === 'string' ? why : why.code}`,
  );
}

test('a rule, a list of them and what is exported are read, with defaults and an id of their own', async () => {
  for (const text of [LEAST, [LEAST], { rules: [LEAST] }].map((one) => JSON.stringify(one))) {
    const outcome = await read({ text });
    expect(outcome).toMatchObject({ ok: true, rules: [{ ...LEAST, enabled: true, mode: 'observe', points: 0 }] });
    expect(outcome.ok && outcome.rules[0]?.id).toMatch(/^[a-z]{8}$/);
  }
});

test('files are read in UTF-8 and in UTF-16 with its mark; what is no text is said to be none', async () => {
  const text = JSON.stringify([LEAST]);
  const utf16 = new Uint8Array(new Uint16Array([0xfeff, ...[...text].map((letter) => letter.charCodeAt(0))]).buffer);
  for (const bytes of [new TextEncoder().encode(`\ufeff${text}`), utf16])
    expect(await read({ file: shareBytes(bytes) })).toMatchObject({ ok: true });
  for (const bytes of [
    [0xff, 0x00, 0x01],
    [0x5b, 0x00, 0x5d],
    [0xc3, 0x28],
  ])
    expect(await read({ file: shareBytes(new Uint8Array(bytes)) })).toMatchObject({ problems: [{ why: 'binary' }] });
});

describe('what does not fit is said with its line and column', () => {
  test.for<[string, readonly string[]]>([
    ['', ['1:1 empty']],
    ['{', ['1:2 unexpected-end']],
    ['[\n1,\n]', ['3:1 unexpected-character']],
    ['{} x', ['1:4 trailing-content']],
    ['{}', ['1:1 noRules']],
    ['"when"', ['1:1 noRules']],
    ['['.repeat(100) + ']'.repeat(100), ['1:1 nested']],
    ['[\n  {"name": "a",\n   "when": {"type": "mood"}}]', ['3:13 unknownType']],
    ['[{"name": "a", "when": {"type": "zalgo"}, "colour": 1}]', ['1:43 unknownName']],
    ['[{"when": {"type": "zalgo"}}, 7]', ['1:2 missing', '1:31 notAnObject']],
    ['{"rules": [\n{"name": "a", "when": {"all": [{"type": "lines", "over": 0}]}}]}', ['2:50 number']],
    [
      '[{"id":"abcdefgh","name":"a","when":{"type":"zalgo"}},\n{"id":"abcdefgh","name":"b","when":{"type":"zalgo"}}]',
      ['2:2 idTwice'],
    ],
  ])('%s', async ([text, expected]) => {
    expect(await wrongIn(text)).toEqual(expected);
  });

  test('of very many rules the first beyond those a server may have', async () => {
    const rules = Array.from({ length: 201 }, () => JSON.stringify(LEAST));
    expect(await wrongIn(`[\n${rules.join(',\n')}]`)).toEqual(['202:1 tooManyRules']);
  });

  test('of very many faults the first ones', async () => {
    expect(await wrongIn(JSON.stringify(Array.from({ length: 50 }, () => ({}))))).toHaveLength(10);
  });
});

test('a place is found in keys that are written with escapes, among brackets in texts, and of a key that stands twice the last', () => {
  const text = '{"a]": "}\\"{", "\\u0062": [1, {"c": 2}], "d": 1,\n "d": 2}';
  expect(placeAt(text, offsetOf(text, ['b', 1, 'c']))).toEqual({ line: 1, column: text.indexOf('"c"') + 1 });
  expect(placeAt(text, offsetOf(text, ['d']))).toEqual({ line: 2, column: 2 });
  expect(offsetOf(text, ['b', 7])).toBe(text.indexOf('"\\u0062"'));
});
