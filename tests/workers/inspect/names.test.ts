import { describe, expect, test } from 'vitest';
import { nameFindings, suspiciousName } from '../../../src/workers/inspect/names.ts';
import { NAMES } from '../../files/names.ts';
import { zip } from '../../files/zip.ts';
import { inspect } from './inspecting.ts';

describe('a name alone', () => {
  for (const [name, code, level] of NAMES) {
    test(`${JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)}: ${code ?? 'nothing to say'}`, () => {
      const finding = suspiciousName(name);
      expect([finding?.code, finding?.level]).toEqual([code, level]);
    });
  }

  test('what is shown of it is short and has no marks left in it', () => {
    for (const [name] of NAMES) {
      for (const value of Object.values(suspiciousName(name)?.params ?? {})) {
        expect(String(value).length).toBeLessThanOrEqual(100);
        expect(String(value)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]|\p{Cc}/u);
      }
    }
  });
});

test('half characters and zeros in names are replaced: neither the database nor Discord takes them', async () => {
  const names = ['a\u202e.\0x', '\u202egpj.\ud83dexe', `b.png${' '.repeat(20)}.\0\u0001`];
  const files = await Promise.all(names.map((name) => inspect('hello', name)));
  const archive = await inspect(zip(names.map((path) => ({ path, content: 'hello' }))), 'names.zip');
  for (const report of [...files, archive]) expect(JSON.stringify(report)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
});

describe('a name against the content', () => {
  const png = { type: 'png', mime: 'image/png' } as const;
  const pe = { type: 'pe', mime: 'application/vnd.microsoft.portable-executable' } as const;
  const text = { type: 'text', mime: 'text/plain' } as const;
  const aZip = { type: 'zip', mime: 'application/zip' } as const;
  const cases = [
    ['cat.png', 'image/png', png, []],
    ['cat.jpg', 'image/jpeg', png, ['not-what-it-says safe']],
    ['cat.png', 'image/png', pe, ['not-what-it-says dangerous']],
    ['cat.png', 'image/png', text, ['not-what-it-says careful']],
    ['cat', 'image/png', pe, ['not-as-declared dangerous']],
    ['cat', 'image/png; charset=binary', png, []],
    ['cat', '', png, []],
    ['report.docx', '', aZip, ['not-what-it-says careful']],
    ['report.zip', '', { type: 'docx', mime: 'application/x' }, []],
    ['setup.exe', '', pe, []],
    ['setup.exe', '', { type: 'unknown', mime: 'application/octet-stream' }, ['runs-by-name careful']],
    ['notes.log', 'text/plain', text, []],
    ['empty.png', 'image/png', { type: 'empty', mime: 'application/x-empty' }, []],
    ['invoice.pdf.exe', 'application/pdf', pe, ['double-extension dangerous', 'not-as-declared dangerous']],
  ] as const;
  for (const [name, declared, found, expected] of cases) {
    test(`${name}, sent as ${declared || 'nothing'}, is ${found.type}: ${expected.join(', ') || 'nothing to say'}`, () => {
      expect(nameFindings(name, declared, found).map(({ code, level }) => `${code} ${level}`)).toEqual(expected);
    });
  }
});
