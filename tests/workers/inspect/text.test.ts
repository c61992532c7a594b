import { describe, expect, test } from 'vitest';
import { factsOf, findingOf, inspect, textOf } from './inspecting.ts';

describe('JSON', () => {
  test('an object shows how much is in it, its keys and its beginning laid out', async () => {
    const report = await inspect('{"a": 1, "b": [true, null, {"c": "x\\u00e9"}], "d": -1.5e3}');
    expect(report.type).toBe('json');
    expect(factsOf(report, 'jsonObject')).toEqual([{ entries: 3, values: 8, depth: 3 }]);
    expect(report.facts.find(({ label }) => label === 'keys')?.params).toEqual({ value: 'a, b, d' });
    expect(textOf(report).split('\n').slice(0, 5)).toEqual(['{', '  "a": 1,', '  "b": [', '    true,', '    null,']);
  });

  test('an array shows its length and the keys of its first element', async () => {
    const report = await inspect('[{"id":1,"x":{"y":2}},{"id":2,"z":3}]');
    expect(factsOf(report, 'jsonArray')).toMatchObject([{ entries: 2 }]);
    expect(report.facts.find(({ label }) => label === 'keys')?.params).toEqual({ value: 'id, x' });
  });

  test.for([
    ['{"a": 1,\n "b": tru}', 'json-unexpected-character', 2, 7],
    ['{"a": 1', 'json-unexpected-end', 1, 8],
    ['{"a": "tab\there"}', 'json-bad-string', 1, 11],
    ['{"a": "\\x"}', 'json-bad-string', 1, 9],
    ['{"a": 01}', 'json-bad-number', 1, 7],
    ['{"a": 1.}', 'json-bad-number', 1, 7],
    ['{"a": 1}\n}', 'json-trailing-content', 2, 1],
    ['[1, 2,]', 'json-unexpected-character', 1, 7],
    ['{"a" 1}', 'json-unexpected-character', 1, 6],
    ['[1}', 'json-unexpected-character', 1, 3],
  ] as const)('a fault in %j has its place, and is shown there', async ([text, code, line, column]) => {
    const report = await inspect(text, 'a.json');
    expect(findingOf(report, code)).toEqual({ line, column });
    expect(textOf(report)).toContain(`>${line} | ${text.split('\n')[line - 1]?.replace('\t', '␉').slice(0, 5)}`);
  });

  test('a fault far to the right of a long line is in sight', async () => {
    const text = `{"list": [${'1, '.repeat(5_000)}oops]}`;
    expect(textOf(await inspect(text, 'a.json'))).toContain('oops');
  });

  test('a file of records tells how many there are and where one is broken', async () => {
    const good = '{"level":30,"msg":"hello"}\n'.repeat(40);
    const report = await inspect(`${good}{"level":\n${good}`, 'app.ndjson');
    expect(report.type).toBe('ndjson');
    expect(factsOf(report, 'records')).toEqual([{ records: 80 }]);
    expect(findingOf(report, 'records-broken')).toEqual({ invalid: 1, line: 41, column: 10 });
  });
});

describe('YAML and TOML', () => {
  test('YAML shows its documents, keys and depth, whatever tags it has', async () => {
    const report = await inspect('name: x\nlist:\n  - a: 1\n  - b: !Ref foo\n---\nother: 1\n', 'a.yaml');
    expect(report.type).toBe('yaml');
    expect(factsOf(report, 'yamlMapping')).toMatchObject([{ documents: 2, entries: 2 }]);
    expect(report.facts.find(({ label }) => label === 'keys')?.params).toEqual({ value: 'name, list' });
  });

  test.for([
    ['a: 1\nb: [1, 2\nc: 3\n', 'deficient indentation', 3, 1],
    ['a: 1\nb: 2\na: 3\n', 'duplicated mapping key', 3, 1],
    ['a: b: c\n', 'bad indentation of a mapping entry', 1, 5],
  ] as const)('a fault in %j has its place', async ([text, reason, line, column]) => {
    expect(findingOf(await inspect(text, 'a.yml'), 'yaml-fault')).toEqual({ reason, line, column });
  });

  test('TOML shows its keys, and where a fault is', async () => {
    const good = await inspect('a = 1\n[b]\nc = 2024-01-01\n', 'a.toml');
    expect([good.type, factsOf(good, 'toml')]).toEqual(['toml', [{ entries: 2, values: 3, depth: 2 }]]);
    expect(findingOf(await inspect('a = 1\n[b]\nc = \n', 'a.toml'), 'toml-fault')).toMatchObject({ line: 3 });
    expect((await inspect('[[b]]\nc = 1\n\n[[b]]\nc = 2\n', 'a.toml')).type).toBe('toml');
  });

  test('both are recognised without a name', async () => {
    expect((await inspect('title = "x"\n\n[owner]\nname = "y"\nborn = 1979-05-27\n')).type).toBe('toml');
    expect((await inspect('services:\n  web:\n    image: x\n    ports:\n      - "80:80"\n')).type).toBe('yaml');
  });

  test('what is longer than the parsers are given is shown and said to be unchecked', async () => {
    const report = await inspect('key: value\n'.repeat(60_000), 'a.yaml');
    expect(report.type).toBe('yaml');
    expect(findingOf(report, 'too-long-to-check')).toBeDefined();
  });
});

describe('encodings and what is not text', () => {
  test.for([
    ['UTF-8', new TextEncoder().encode('café \u{1f427}\n')],
    ['UTF-8', Uint8Array.of(0xef, 0xbb, 0xbf, ...new TextEncoder().encode('café\n'))],
    ['UTF-16LE', Uint8Array.of(0xff, 0xfe, ...Buffer.from('café\n', 'utf16le'))],
    ['UTF-16BE', Uint8Array.of(0xfe, 0xff, ...Buffer.from('café\n', 'utf16le').swap16())],
    ['UTF-16LE', Buffer.from('no mark at all\n', 'utf16le')],
    ['LATIN-1', Buffer.from('café au lait\n', 'latin1')],
  ] as const)('%s is read as what it is', async ([encoding, bytes]) => {
    const report = await inspect(bytes);
    expect(factsOf(report, 'text')).toMatchObject([{ encoding, lines: 1 }]);
    expect(textOf(report)).toMatch(/^(?:café|no mark)/);
  });

  test('a character cut at the end is said, the rest is read', async () => {
    const report = await inspect(new TextEncoder().encode('café').subarray(0, 4));
    expect(textOf(report)).toBe('caf');
    expect(findingOf(report, 'last-character-cut')).toBeDefined();
  });

  test('a few broken bytes in UTF-8 are shown as what they are, and counted; the rest is read', async () => {
    const report = await inspect(Buffer.concat([Buffer.from('naïve café, déjà vu\n'), Uint8Array.of(0xff, 0x0a)]));
    expect(factsOf(report, 'text')).toMatchObject([{ encoding: 'UTF-8' }]);
    expect(textOf(report)).toBe('naïve café, déjà vu\n\ufffd');
    expect(findingOf(report, 'characters-replaced')).toEqual({ count: 1 });
  });

  test('an empty file is empty, and zeros are nothing', async () => {
    expect((await inspect('')).type).toBe('empty');
    expect((await inspect(new Uint8Array(10_000_000), 'data.csv')).type).toBe('unknown');
  });

  test('text that happens to start like a picture is text', async () => {
    expect((await inspect('BM is a brand.\n')).type).toBe('text');
  });
});

describe('what a stranger may send', () => {
  test('lone surrogates do not survive, in the file nor in its name', async () => {
    const report = await inspect(Uint8Array.of(0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00), '\ud800.csv');
    expect(JSON.stringify(report)).not.toMatch(/\\ud8/);
  });

  test('a preview can neither leave its code block nor turn the text around', async () => {
    const report = await inspect('``` @everyone ````\n\u202egnp.exe\u0007\u001b[31mred\n');
    expect(textOf(report)).not.toContain('``');
    for (const char of '\u202e\u0007\u001b') expect(textOf(report)).not.toContain(char);
    expect(findingOf(report, 'control-characters')).toBeDefined();
    expect(findingOf(report, 'direction-marks')).toBeDefined();
  });

  test('a cut never splits a character', async () => {
    for (const pad of ['', 'x']) {
      const text = textOf(await inspect(pad + '\u{1f427}'.repeat(200)));
      expect(text.isWellFormed()).toBe(true);
      expect(text.endsWith('…')).toBe(true);
    }
  });

  test('of a file beyond the limit of bytes the first part is read, and that is said', async () => {
    const report = await inspect('some words and more\n'.repeat(1_000), 'a.txt', { bytesOut: 5_000 });
    expect(report.limits).toEqual([{ limit: 'bytesOut', allowed: 5_000, seen: 20_000 }]);
    expect(factsOf(report, 'text')).toMatchObject([{ lines: 250 }]);
  });

  test('out of time, what was seen until then is told', async () => {
    const report = await inspect('2024-05-01T10:00:00Z ERROR no\n'.repeat(400_000), 'a.log', { milliseconds: 60 });
    expect(report.limits).toMatchObject([{ limit: 'milliseconds' }]);
  });

  test('a name that promises something else is noticed', async () => {
    expect(findingOf(await inspect('just words', 'data.json'), 'name-promises')).toEqual({ claimed: 'JSON' });
    expect(findingOf(await inspect('a,b\n1,2\n', 'data.csv'), 'name-promises')).toBeUndefined();
  });

  test('a name of a thousand control characters is only a name', async () => {
    expect((await inspect('a,b\n1,2\n', `${'\u0007'.repeat(1_000)}.csv`)).type).toBe('csv');
  });

  test('a link of Markdown that shows another address is told with both', async () => {
    const report = await inspect(
      'see [**https://www.paypal.com/login**](https://evil.example/x "t") and [me](https://a.example)\n',
      'a.md',
    );
    expect(findingOf(report, 'link-masked')).toEqual({ shown: 'paypal.com', domain: 'evil.example' });
    const hidden = 'Free! [\u{1f381} Click: **pay\u200epal\\.com/gift**](https://evil.example/x)\n';
    expect(findingOf(await inspect(hidden, 'a.md'), 'link-masked')).toEqual({
      shown: 'paypal.com',
      domain: 'evil.example',
    });
    expect(
      findingOf(await inspect('see [paypal.com](https://www.paypal.com/x)\n', 'a.md'), 'link-masked'),
    ).toBeUndefined();
  });

  test('brackets without an end are no work', async () => {
    const report = await inspect(`${'['.repeat(500_000)}${']('.repeat(500_000)}`, 'a.md', { milliseconds: 10_000 });
    expect(report.limits).toEqual([]);
  });

  test('addresses are found and judged, each once', async () => {
    const { links, findings } = await inspect(
      'see https://example.org/a, https://example.org/a and http://аpple.com/x.\n',
    );
    expect(links).toHaveLength(2);
    expect(links).toContain('https://example.org/a');
    expect(findings.length).toBeGreaterThan(0);
  });
});
