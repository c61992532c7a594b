import { describe, expect, test } from 'vitest';
import inspectText, { type Inspection } from '../../../src/workers/tasks/inspect-text.ts';

/** What the task says of a file; a refusal is not expected of any. */
async function inspect(content: string | Uint8Array, name = 'file.txt', type = ''): Promise<Inspection> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const outcome = await inspectText.run({ bytes, name, type });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

describe('tables', () => {
  test('a CSV shows its columns with their types, its rows and a sample', async () => {
    const { what, lines, encoding } = await inspect(
      'name,age,height,member,joined,note\nAda,36,1.7,true,2024-05-01,\n"Alan, T",41,2,false,2024-05-02T10:00:00Z,\n',
      'people.csv',
    );
    expect(what).toMatchObject({
      kind: 'csv',
      delimiter: ',',
      rows: 2,
      columnCount: 6,
      columns: [
        { name: 'name', type: 'text' },
        { name: 'age', type: 'integer' },
        { name: 'height', type: 'number' },
        { name: 'member', type: 'boolean' },
        { name: 'joined', type: 'date' },
        { name: 'note', type: 'empty' },
      ],
    });
    expect(what).toHaveProperty('sample.1.0', 'Alan, T');
    expect({ lines, encoding }).toEqual({ lines: 3, encoding: 'utf-8' });
  });

  test.for([',', '\t', ';', '|'] as const)('a table cut by %j is one whatever its name', async (delimiter) => {
    const table = ['a', 'b', 'c'].join(delimiter);
    expect((await inspect(`${table}\n${table}\n${table}\n`)).what).toMatchObject({ kind: 'csv', delimiter, rows: 2 });
  });

  test('a table of one column needs a name that says so', async () => {
    expect((await inspect('id\n1\n2\n', 'ids.csv')).what).toMatchObject({ kind: 'csv', rows: 2, columnCount: 1 });
    expect((await inspect('id\n1\n2\n', 'ids.txt')).what).toEqual({ kind: 'text' });
  });

  test('rows of another length are counted', async () => {
    const { warnings } = await inspect(`a,b\n${'1,2\n'.repeat(60)}1,2,3\n1\n`, 'a.csv');
    expect(warnings).toContainEqual({ code: 'ragged-rows', value: 2 });
  });

  test('prose with commas is no table', async () => {
    const prose = 'Dear all,\nthis is prose, with commas, and more.\nNo table, really.\nBye\n';
    expect((await inspect(prose)).what).toEqual({ kind: 'text' });
  });
});

describe('JSON', () => {
  test('an object shows its keys, its depth and how much is in it', async () => {
    const { what } = await inspect('{"a": 1, "b": [true, null, {"c": "x\\u00e9"}], "d": -1.5e3}');
    expect(what).toEqual({ kind: 'json', root: 'object', keys: ['a', 'b', 'd'], entries: 3, depth: 3, values: 8 });
  });

  test('an array shows its length and the keys of its first element', async () => {
    expect((await inspect('[{"id":1,"x":{"y":2}},{"id":2,"z":3}]')).what).toMatchObject({
      root: 'array',
      entries: 2,
      keys: ['id', 'x'],
    });
  });

  test.for([
    ['{"a": 1,\n "b": tru}', 'unexpected-character', 2, 7],
    ['{"a": 1', 'unexpected-end', 1, 8],
    ['{"a": "tab\there"}', 'bad-string', 1, 11],
    ['{"a": "\\x"}', 'bad-string', 1, 9],
    ['{"a": 01}', 'bad-number', 1, 7],
    ['{"a": 1.}', 'bad-number', 1, 7],
    ['{"a": 1}\n}', 'trailing-content', 2, 1],
    ['[1, 2,]', 'unexpected-character', 1, 7],
    ['{"a" 1}', 'unexpected-character', 1, 6],
    ['[1}', 'unexpected-character', 1, 3],
    ['', 'unexpected-end', 1, 1],
  ] as const)('a fault in %j has its place', async ([text, fault, line, column]) => {
    if (text === '') return expect((await inspect(' \n ', 'a.json')).what.kind).toBe('text');
    expect((await inspect(text, 'a.json')).what).toEqual({ kind: 'broken json', fault, line, column });
  });

  test('agrees with the parser of the runtime on what is JSON', async () => {
    const texts = [
      '1',
      '-0',
      '"\\ud800"',
      '[]',
      '{}',
      '[[],{}]',
      'null',
      '1e5',
      '-',
      '+1',
      '.5',
      '1e',
      '"\\u12g4"',
      "'a'",
      '[1 2]',
      '{a:1}',
    ];
    for (const text of texts) {
      const { what } = await inspect(text, 'a.json');
      expect([text, what.kind === 'json']).toEqual([text, parses(text)]);
    }
  });

  test('a file of records tells how many there are and where one is broken', async () => {
    const good = '{"level":30,"msg":"hello"}\n'.repeat(40);
    expect((await inspect(`${good}{"level":\n${good}`, 'app.ndjson')).what).toEqual({
      kind: 'ndjson',
      records: 80,
      invalid: 1,
      keys: ['level', 'msg'],
      firstFault: { fault: 'unexpected-end', line: 41, column: 10 },
    });
  });

  test('a small one in a single line is laid out', async () => {
    expect((await inspect('{"a":{"b":1}}')).preview).toBe('{\n  "a": {\n    "b": 1\n  }\n}');
  });
});

describe('logs', () => {
  test('lines are counted by level, errors that come again are shown once', async () => {
    const lines = [
      '2024-05-01T10:00:00Z INFO started',
      '2024-05-01T10:00:01Z ERROR query 17 failed after 120 ms',
      '    at run (db.ts:10)',
      '2024-05-01T10:00:02Z warning: slow',
      '2024-05-01T10:00:03Z ERROR query 18 failed after 99 ms',
      '2024-05-01T10:00:04Z FATAL out of memory',
    ];
    expect((await inspect(`${lines.join('\n')}\n`)).what).toEqual({
      kind: 'log',
      levels: { trace: 0, debug: 0, info: 1, warn: 1, error: 2, fatal: 1 },
      unlevelled: 1,
      first: '2024-05-01T10:00:00Z',
      last: '2024-05-01T10:00:04Z',
      repeated: [{ line: 'ERROR query # failed after # ms', count: 2 }],
    });
  });

  test.for([
    'May  1 10:00:00 host app[12]: error: no\n',
    '127.0.0.1 - - [01/May/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 12\n',
    '[10:00:00] [Server thread/INFO]: Done\n',
  ])('%j is a line of a log', async (line) => {
    expect((await inspect(line.repeat(3))).what.kind).toBe('log');
  });
});

describe('encodings and what is not text', () => {
  test.for([
    ['utf-8', new TextEncoder().encode('caf\u00e9 \u{1f427}\n')],
    ['utf-8', Uint8Array.of(0xef, 0xbb, 0xbf, ...new TextEncoder().encode('caf\u00e9\n'))],
    ['utf-16le', Uint8Array.of(0xff, 0xfe, ...Buffer.from('caf\u00e9\n', 'utf16le'))],
    ['utf-16be', Uint8Array.of(0xfe, 0xff, ...Buffer.from('caf\u00e9\n', 'utf16le').swap16())],
    ['utf-16le', Buffer.from('no mark at all\n', 'utf16le')],
    ['latin-1', Buffer.from('caf\u00e9 au lait\n', 'latin1')],
  ] as const)('%s is read as what it is', async ([encoding, bytes]) => {
    const found = await inspect(bytes);
    expect([found.encoding, found.preview.slice(0, 2)]).toEqual([
      encoding,
      found.preview.startsWith('no') ? 'no' : 'ca',
    ]);
    expect(found.preview).not.toContain('\ufffd');
  });

  test('a character cut at the end is said, the rest is read', async () => {
    const { preview, warnings } = await inspect(new TextEncoder().encode('caf\u00e9').subarray(0, 4));
    expect([preview, warnings]).toEqual(['caf', [{ code: 'last-character-cut' }]]);
  });

  test.for([
    [
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
        'base64',
      ),
      'image/png',
    ],
    [Buffer.from('%PDF-1.7\n1 0 obj\n'), 'application/pdf'],
    [
      Buffer.from('UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAABAAAAYVBLBQYAAAAAAQABAC8AAAAfAAAAAAA=', 'base64'),
      'application/zip',
    ],
    [crypto.getRandomValues(new Uint8Array(30_000)).fill(0, 0, 8), undefined],
    [new Uint8Array(10_000_000), undefined],
  ] as const)('bytes that are no text are named by what they start with', async ([bytes, mime]) => {
    expect((await inspect(bytes, 'data.csv')).what).toMatchObject({ kind: 'binary', ...(mime && { mime }) });
  });

  test('text that happens to start like a picture is text', async () => {
    expect((await inspect('BM is a brand.\n')).what).toEqual({ kind: 'text' });
  });

  test('an empty file is empty', async () => {
    expect(await inspect('')).toEqual({
      what: { kind: 'empty' },
      bytes: 0,
      lines: 0,
      longestLine: 0,
      preview: '',
      warnings: [],
    });
  });
});

describe('what a stranger may send', () => {
  test.for([
    ['an array nested a million deep', '['.repeat(1_000_000) + ']'.repeat(1_000_000), 'json'],
    ['objects nested a million deep, never closed', '{"a":'.repeat(1_000_000), 'broken json'],
    ['a table of one endless line', 'a,b,c,'.repeat(3_500_000), 'text'],
    ['a table of quotes', '"'.repeat(10_000_000), 'text'],
    ['a quote that is never closed', '"abc\n'.repeat(1_000_000), 'csv'],
    ['nothing but line ends', '\n'.repeat(10_000_000), 'text'],
    ['nothing but spaces', ' '.repeat(10_000_000), 'text'],
    ['one endless number', '1'.repeat(10_000_000), 'text'],
    ['an open brace a line', '{\n'.repeat(5_000_000), 'csv'],
  ] as const)('%s gets a verdict', async ([_, text, kind]) => {
    const { what, preview } = await inspect(text, 'file.csv');
    expect(what.kind).toBe(kind);
    expect(preview.length).toBeLessThan(2_000);
  });

  test('lone surrogates do not survive, in the file nor in its name', async () => {
    const { preview } = await inspect(Uint8Array.of(0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00), '\ud800.csv');
    expect(preview.isWellFormed()).toBe(true);
  });

  test('a preview can neither leave its code block nor turn the text around', async () => {
    const { preview, warnings } = await inspect('``` @everyone ````\n\u202egnp.exe\u0007\u001b[31mred\n');
    expect(preview).not.toContain('``');
    for (const char of '\u202e\u0007\u001b') expect(preview).not.toContain(char);
    expect(warnings).toContainEqual({ code: 'control-characters' });
  });

  test('a cut never splits a character', async () => {
    for (const pad of ['', 'x']) {
      const { preview } = await inspect(pad + '\u{1f427}'.repeat(200));
      expect(preview.isWellFormed()).toBe(true);
      expect(preview.endsWith('…')).toBe(true);
    }
  });

  test('of a file beyond the budget the first part is read, and that is said', async () => {
    const { warnings, bytes } = await inspect('some words and more\n'.repeat(1_300_000));
    expect(bytes).toBe(26_000_000);
    expect(warnings).toContainEqual({ code: 'only-part-read', value: 25_000_000 });
  });

  test('a name that promises something else is noticed', async () => {
    expect((await inspect('just words', 'data.json')).warnings).toContainEqual({ code: 'not-what-its-name-says' });
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
